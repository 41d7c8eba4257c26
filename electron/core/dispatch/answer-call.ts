import type { z } from 'zod';
import { contract, type CallName, type Handlers, type OwnedBy } from '#shared/contract/contract.ts';
import type { Answer, CallSpec, ErrorParams } from '#shared/contract/define.ts';
import { isTooLarge } from '#shared/contract/message-size.ts';
import { callOwners } from '#shared/contract/names.ts';
import type { CoreContext } from '../core-context.ts';

type CoreCall = OwnedBy<'core'>;

/** Answers one call from a screen: known name, valid input, handler, and never an exception. */
export function createCallAnswerer(ctx: CoreContext, handlers: Handlers<'core'>) {
  const running = new Map<string, Promise<Answer<unknown>>>();

  const handle = async (name: CoreCall, input: unknown): Promise<unknown> => {
    const handler = handlers[name] as (input: unknown) => unknown;
    return await handler(input);
  };

  const answerCommand = (name: CoreCall, commandId: string, input: unknown): Promise<Answer<unknown>> => {
    // A screen that asks again while the first is still at work waits for the same answer.
    const key = `${name} ${commandId}`;
    const already = running.get(key);
    if (already !== undefined) return already;
    const answer = settle(ctx, name, async () => {
      const remembered = ctx.registers.commands.result(commandId, name);
      return remembered === null ? await handle(name, input) : remembered.value;
    });
    running.set(key, answer);
    void answer.finally(() => running.delete(key));
    return answer;
  };

  return async (name: string, input: unknown): Promise<Answer<unknown>> => {
    if (!isCoreCall(name)) return refuse(ctx, 'UNKNOWN_CALL', { name: name.slice(0, 60) });
    if (isTooLarge(input)) return refuse(ctx, 'PAYLOAD_TOO_LARGE', {});
    const spec = specOf(name);
    const parsed = spec.input.safeParse(input);
    if (!parsed.success) return refuse(ctx, 'INVALID_INPUT', { where: whereOf(parsed.error) });
    if (spec.kind === 'query') return settle(ctx, name, () => handle(name, parsed.data));
    return answerCommand(name, (parsed.data as { commandId: string }).commandId, parsed.data);
  };
}

function isCoreCall(name: string): name is CoreCall {
  return Object.hasOwn(callOwners, name) && callOwners[name as CallName] === 'core';
}

function specOf(name: CallName): CallSpec {
  const [feature = '', call = ''] = name.split('.');
  return (contract as unknown as Record<string, Record<string, CallSpec>>)[feature]?.[call] as CallSpec;
}

async function settle(ctx: CoreContext, name: CallName, work: () => Promise<unknown>): Promise<Answer<unknown>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    const expected = expectedFailure(error);
    const correlationId = ctx.ids.next();
    if (expected === null) {
      ctx.log.error('call-failed', error, { name, correlationId });
      return { ok: false, code: 'UNEXPECTED', params: {}, retryable: false, correlationId };
    }
    ctx.log.info('call-refused', { name, code: expected.code, correlationId });
    return { ok: false, ...expected, correlationId };
  }
}

/**
 * An error that carries a code and parameters is an expected failure, whichever area defined its class; anything else
 * is a bug. Node's own errors have a code but no parameters.
 */
export function expectedFailure(error: unknown): { code: string; params: ErrorParams; retryable: boolean } | null {
  if (!(error instanceof Error) || !('code' in error) || !('params' in error)) return null;
  const { code, params } = error;
  if (typeof code !== 'string' || typeof params !== 'object' || params === null) return null;
  const retryable = 'retryable' in error && error.retryable === true;
  return { code, params: params as ErrorParams, retryable };
}

function refuse(ctx: CoreContext, code: string, params: ErrorParams): Answer<unknown> {
  const correlationId = ctx.ids.next();
  ctx.log.warn('call-invalid', { code, correlationId, ...params });
  return { ok: false, code, params, retryable: false, correlationId };
}

function whereOf(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? '' : `${issue.path.join('.')} (${issue.code})`;
}
