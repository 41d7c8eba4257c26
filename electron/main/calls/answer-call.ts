import { z } from 'zod';
import { contract, type CallName, type Handlers, type OwnedBy } from '#shared/contract/contract.ts';
import {
  commonErrorCodes,
  MAX_MESSAGE_CHARS,
  type Answer,
  type CallSpec,
  type ErrorParams,
} from '#shared/contract/define.ts';
import { isTooLarge } from '#shared/contract/message-size.ts';
import { callOwners } from '#shared/contract/names.ts';
import { errorFields } from '../diagnostics/error-fields.ts';
import type { Log } from '../diagnostics/log.ts';
import { isOwnScreen, type CallerFrame } from '../security/app-origin.ts';
import { ShellError } from '../shell-error.ts';

const callSchema = z.strictObject({ name: z.string().max(60), input: z.unknown() });

/** As many commands are remembered as a screen could repeat after a hiccup. */
const REMEMBERED_COMMANDS = 200;

export interface CallAnswerer {
  (caller: CallerFrame | null, message: unknown): Promise<Answer<unknown>>;
}

/**
 * Answers the screen's calls that main owns. Whatever arrives gets an answer: a stranger UNKNOWN_CALL, an oversized or
 * malformed message its code, a bug UNEXPECTED with a correlation id whose details stay in the log.
 */
export function createCallAnswerer(handlers: Handlers<'main'>, newCorrelationId: () => string, log: Log): CallAnswerer {
  const remembered = new Map<string, Promise<Answer<unknown>>>();

  function refuse(code: string, params: ErrorParams = {}, retryable = false): Answer<unknown> {
    const correlationId = newCorrelationId();
    log.warn('call-refused', { code, correlationId });
    return { ok: false, code, params, retryable, correlationId };
  }

  async function run(name: OwnedBy<'main'>, input: unknown): Promise<Answer<unknown>> {
    const spec = specOf(name);
    try {
      // The schema of this very name has checked the input; TypeScript cannot follow that through the index.
      const handler = handlers[name] as (checked: unknown) => unknown;
      return { ok: true, value: await handler(input) };
    } catch (error) {
      if (error instanceof ShellError && isDeclared(spec, error.code)) {
        return refuse(error.code, error.params, error.retryable);
      }
      const correlationId = newCorrelationId();
      log.error('call-failed', { call: name, correlationId, ...errorFields(error) });
      return { ok: false, code: 'UNEXPECTED', params: {}, retryable: false, correlationId };
    }
  }

  function runOnce(name: OwnedBy<'main'>, commandId: string, input: unknown): Promise<Answer<unknown>> {
    const key = `${name} ${commandId}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const answer = run(name, input).then((given) => {
      // A failed command has done nothing, so asking again may well succeed.
      if (!given.ok) remembered.delete(key);
      return given;
    });
    remembered.set(key, answer);
    for (const oldest of remembered.keys()) {
      if (remembered.size <= REMEMBERED_COMMANDS) break;
      remembered.delete(oldest);
    }
    return answer;
  }

  return async (caller, message) => {
    if (!isOwnScreen(caller)) return refuse('UNKNOWN_CALL', { reason: 'sender' });
    if (isTooLarge(message)) return refuse('PAYLOAD_TOO_LARGE', { limit: MAX_MESSAGE_CHARS });
    const call = callSchema.safeParse(message);
    if (!call.success) return refuse('INVALID_INPUT', { reason: 'message' });
    const { name, input } = call.data;
    if (!isMainCall(name)) return refuse('UNKNOWN_CALL', { reason: 'name' });
    const checked = specOf(name).input.safeParse(input);
    if (!checked.success) return refuse('INVALID_INPUT', { field: checked.error.issues[0]?.path.join('.') ?? '' });
    const commandId = commandIdOf(name, checked.data);
    return commandId === null ? run(name, checked.data) : runOnce(name, commandId, checked.data);
  };
}

function isMainCall(name: string): name is OwnedBy<'main'> {
  return Object.hasOwn(callOwners, name) && callOwners[name as CallName] === 'main';
}

function specOf(name: OwnedBy<'main'>): CallSpec {
  const [feature, call] = name.split('.') as [keyof typeof contract, string];
  const spec = (contract[feature] as Readonly<Record<string, CallSpec>>)[call];
  if (spec === undefined) throw new Error(`${name} is named but not declared`);
  return spec;
}

function isDeclared(spec: CallSpec, code: string): boolean {
  return spec.errors.includes(code) || commonErrorCodes.some((common) => common === code);
}

function commandIdOf(name: OwnedBy<'main'>, input: unknown): string | null {
  if (specOf(name).kind !== 'command') return null;
  return z.object({ commandId: z.string() }).parse(input).commandId;
}
