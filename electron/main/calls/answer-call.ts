import { z } from 'zod';
import { createAnswerer, type CommandMemory } from '#shared/calls/answer-call.ts';
import type { MainHandlers, OwnedBy } from '#shared/contract/contract.ts';
import { MAX_MESSAGE_CHARS, type Answer } from '#shared/contract/define.ts';
import { isTooLarge } from '#shared/contract/message-size.ts';
import { errorFields } from '../diagnostics/error-fields.ts';
import type { Role } from '#shared/domain/roles.ts';
import type { Log } from '../diagnostics/log.ts';
import { isOwnScreen, type CallerFrame } from '../security/app-origin.ts';

const callSchema = z.strictObject({ name: z.string(), input: z.unknown() });

/** As many commands are remembered as a screen could repeat after a hiccup. */
const REMEMBERED_COMMANDS = 200;

export interface CallAnswerer {
  (caller: CallerFrame | null, message: unknown): Promise<Answer<unknown>>;
}

/**
 * Answers the screen's calls that main owns (rules of every call in shared/calls), if it is a page of ours that asks.
 * Whatever arrives gets an answer: a stranger UNKNOWN_CALL, an oversized or malformed message its code.
 */
export function createCallAnswerer(
  handlers: MainHandlers,
  /** Of whoever is signed in, as core said last; null for nobody. */
  roles: () => readonly Role[] | null,
  newCorrelationId: () => string,
  log: Log,
): CallAnswerer {
  const answer = createAnswerer({
    owner: 'main',
    run: (name, input) => {
      // The schema of this very name has checked the input; TypeScript cannot follow that through the index.
      const handler = handlers[name as OwnedBy<'main'>] as (checked: unknown) => unknown;
      return handler(input);
    },
    roles,
    memory: rememberCommands(),
    newCorrelationId,
    refused: (details) => log.warn('call-refused', details),
    failed: (error, details) => log.error('call-failed', { ...details, ...errorFields(error) }),
  });

  const refuse = (code: 'UNKNOWN_CALL' | 'PAYLOAD_TOO_LARGE' | 'INVALID_INPUT', reason: string): Answer<unknown> => {
    const correlationId = newCorrelationId();
    log.warn('call-refused', { code, correlationId });
    return { ok: false, code, params: { reason }, retryable: false, correlationId };
  };

  return async (caller, message) => {
    if (!isOwnScreen(caller)) return refuse('UNKNOWN_CALL', 'sender');
    if (isTooLarge(message)) return refuse('PAYLOAD_TOO_LARGE', String(MAX_MESSAGE_CHARS));
    const call = callSchema.safeParse(message);
    if (!call.success) return refuse('INVALID_INPUT', 'message');
    return answer(call.data.name, call.data.input);
  };
}

/** Only for as long as the application runs: what main does leaves nothing half done. */
function rememberCommands(): CommandMemory {
  const values = new Map<string, unknown>();
  return {
    find: (commandId, name) => {
      const key = `${name} ${commandId}`;
      return values.has(key) ? { value: values.get(key) } : null;
    },
    keep: (commandId, name, value) => {
      values.set(`${name} ${commandId}`, value);
      const [oldest] = values.keys();
      if (values.size > REMEMBERED_COMMANDS && oldest !== undefined) values.delete(oldest);
    },
  };
}
