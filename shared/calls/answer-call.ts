import type { z } from 'zod';
import { specOf, type CallName } from '../contract/contract.ts';
import { isDeclaredError, type Answer, type CallSpec } from '../contract/define.ts';
import { isTooLarge } from '../contract/message-size.ts';
import { ownerOf, type Owner } from '../contract/owners.ts';
import type { Role } from '../domain/roles.ts';
import { isCodedError, type ErrorParams } from '../errors/coded-error.ts';

/** The answers of earlier commands. */
export interface CommandMemory {
  /** @throws CodedError INVALID_INPUT when the id was another command's */
  find(commandId: string, name: CallName): { readonly value: unknown } | null;
  /** Called with the answer of each command that succeeded. */
  keep(commandId: string, name: CallName, value: unknown): void;
}

export interface AnswererParts {
  readonly owner: Owner;
  /** Runs the handler of a call with input that its schema has checked. */
  run(name: CallName, input: unknown): unknown;
  /** What the person who is signed in may do; null when nobody is. */
  roles(): readonly Role[] | null;
  readonly memory: CommandMemory;
  newCorrelationId(): string;
  /** An expected refusal; parameters hold no document text. */
  refused(details: { name: string; code: string; correlationId: string }): void;
  /** A bug: an error without a code, or with one that the contract does not declare. */
  failed(error: unknown, details: { name: string; correlationId: string; undeclared?: string }): void;
}

export type Answerer = (name: string, input: unknown) => Promise<Answer<unknown>>;

/**
 * Answers the calls of one process: known name, right owner, size, schema, role, then the handler; a command once per
 * `commandId`. Never rejects: an expected failure is its code, anything else UNEXPECTED with a correlation id, whose
 * details stay in the log.
 */
export function createAnswerer(parts: AnswererParts): Answerer {
  const running = new Map<string, Promise<Answer<unknown>>>();

  const refuse = (name: string, code: string, params: ErrorParams = {}, retryable = false): Answer<unknown> => {
    const correlationId = parts.newCorrelationId();
    parts.refused({ name, code, correlationId });
    return { ok: false, code, params, retryable, correlationId };
  };

  const settle = async (name: CallName, spec: CallSpec, work: () => unknown): Promise<Answer<unknown>> => {
    try {
      // Who asks is read from the register, which may fail like any other work.
      if (!spec.signedOut) {
        const roles = parts.roles();
        if (roles === null) return refuse(name, 'SIGNED_OUT');
        if (spec.may !== null && !spec.may.some((role) => roles.includes(role))) {
          return refuse(name, 'NOT_ALLOWED', { may: spec.may.join(', ') });
        }
      }
      return { ok: true, value: await work() };
    } catch (error) {
      if (isCodedError(error) && isDeclaredError(spec, error.code)) {
        return refuse(name, error.code, error.params, error.retryable);
      }
      const correlationId = parts.newCorrelationId();
      const undeclared = isCodedError(error) ? { undeclared: error.code } : {};
      parts.failed(error, { name, correlationId, ...undeclared });
      return { ok: false, code: 'UNEXPECTED', params: {}, retryable: false, correlationId };
    }
  };

  const answerCommand = (name: CallName, spec: CallSpec, commandId: string, input: unknown) => {
    // A screen that asks again while the first is still at work waits for the same answer.
    const key = `${name} ${commandId}`;
    const already = running.get(key);
    if (already !== undefined) return already;
    const answer = settle(name, spec, async () => {
      const remembered = parts.memory.find(commandId, name);
      if (remembered !== null) return remembered.value;
      const value = await parts.run(name, input);
      parts.memory.keep(commandId, name, value);
      return value;
    });
    running.set(key, answer);
    void answer.finally(() => running.delete(key));
    return answer;
  };

  return async (name, input) => {
    const spec = ownerOf(name) === parts.owner ? specOf(name) : null;
    if (spec === null) return refuse(name.slice(0, 60), 'UNKNOWN_CALL', { name: name.slice(0, 60) });
    if (isTooLarge(input)) return refuse(name, 'PAYLOAD_TOO_LARGE');
    const parsed = spec.input.safeParse(input);
    if (!parsed.success) return refuse(name, 'INVALID_INPUT', { where: whereOf(parsed.error) });
    const call = name as CallName;
    if (spec.kind === 'query') return settle(call, spec, () => parts.run(call, parsed.data));
    return answerCommand(call, spec, (parsed.data as { commandId: string }).commandId, parsed.data);
  };
}

function whereOf(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? '' : `${issue.path.join('.')} (${issue.code})`;
}
