import { z } from 'zod';

/** The process that answers a call. */
export type Owner = 'core' | 'main';

/** A query only reads; a command changes something and is remembered by its `commandId`, so repeating it is harmless. */
export type Kind = 'query' | 'command';

export interface CallSpec {
  readonly kind: Kind;
  readonly owner: Owner;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly errors: readonly string[];
}

interface Shape<Own extends Owner, In extends z.ZodRawShape, Out extends z.ZodType, Err extends string> {
  readonly owner: Own;
  readonly input: In;
  readonly output: Out;
  readonly errors?: readonly Err[];
}

export function query<Own extends Owner, In extends z.ZodRawShape, Out extends z.ZodType, Err extends string = never>(
  spec: Shape<Own, In, Out, Err>,
) {
  return {
    kind: 'query' as const,
    owner: spec.owner,
    input: z.strictObject(spec.input),
    output: spec.output,
    errors: spec.errors ?? ([] as const),
  };
}

/** Every command carries the caller's `commandId` (UUID): the same id always gets the same answer. */
export function command<Own extends Owner, In extends z.ZodRawShape, Out extends z.ZodType, Err extends string = never>(
  spec: Shape<Own, In, Out, Err>,
) {
  return {
    kind: 'command' as const,
    owner: spec.owner,
    input: z.strictObject({ ...spec.input, commandId: z.uuid() }),
    output: spec.output,
    errors: spec.errors ?? ([] as const),
  };
}

/** What any call may answer besides its own codes. */
export const commonErrorCodes = [
  'UNEXPECTED',
  'INVALID_INPUT',
  'UNKNOWN_CALL',
  'PAYLOAD_TOO_LARGE',
  'CORE_UNAVAILABLE',
  'NOT_FOUND',
  'STALE_REVISION',
  'WRONG_STATE',
  'DISK_FULL',
] as const;
export type CommonErrorCode = (typeof commonErrorCodes)[number];

export type ErrorParams = Readonly<Record<string, string | number>>;

/** Every answer that crosses a process boundary. */
export type Answer<Value, Code extends string = string> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      readonly code: Code | CommonErrorCode;
      readonly params: ErrorParams;
      readonly retryable: boolean;
      readonly correlationId: string;
    };

/** A message may hold at most this many characters of JSON; documents never travel here. */
export const MAX_MESSAGE_CHARS = 1_000_000;
