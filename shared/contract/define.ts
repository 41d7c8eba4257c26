import { z } from 'zod';
import type { Role } from '../domain/roles.ts';
import type { ErrorParams } from '../errors/coded-error.ts';
import { formNameSchema } from './form-name.ts';
import type { Topic } from './topics.ts';

/** A query only reads; a command changes something and is remembered by its `commandId`, so repeating it is harmless. */
export type Kind = 'query' | 'command';

export interface CallSpec {
  readonly kind: Kind;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Codes that the call may answer besides the common ones. Any other is a bug, and answered as UNEXPECTED. */
  readonly errors: readonly string[];
  /** What the answer shows: when one of these changes, a screen asks again. */
  readonly reads: readonly Topic[];
  /** Who may call; null is everybody who is signed in. */
  readonly may: readonly Role[] | null;
  /**
   * What of input and answer stands in the audit trail; null for a command that leaves none beside the history of its
   * document.
   */
  readonly audit: readonly string[] | null;
  /** Whether also a screen that nobody is signed in at may ask. */
  readonly signedOut: boolean;
}

/** Every code list that a call combines. */
type Errors<Err extends string> = { readonly errors?: readonly Err[] };

export function query<In extends z.ZodRawShape, Out extends z.ZodType, Err extends string = never>(
  spec: {
    readonly reads: readonly Topic[];
    readonly input: In;
    readonly output: Out;
    /** Left out where everybody may ask. */
    readonly may?: readonly Role[];
    readonly signedOut?: true;
  } & Errors<Err>,
) {
  return {
    kind: 'query' as const,
    input: z.strictObject(spec.input),
    output: spec.output,
    errors: spec.errors ?? ([] as const),
    reads: spec.reads,
    may: spec.may ?? null,
    audit: null,
    signedOut: spec.signedOut ?? false,
  };
}

/**
 * Every command carries the caller's `commandId` (UUID): the same id always gets the same answer. `endsForm` is the
 * unfinished form that it saves: core no longer keeps that once the command has been done.
 */
export function command<
  In extends z.ZodRawShape,
  Out extends z.ZodType,
  Err extends string = never,
  Noted extends string = never,
>(
  spec: {
    readonly may: readonly Role[] | 'everybody';
    readonly signedOut?: true;
    /** Names of members of input or answer. No PIN, password or letter may be among them. */
    readonly audit?: readonly Noted[];
    readonly input: In;
    readonly output: Out;
  } & Errors<Err>,
) {
  return {
    kind: 'command' as const,
    input: z.strictObject({ ...spec.input, commandId: z.uuid(), endsForm: formNameSchema.optional() }),
    output: spec.output,
    errors: spec.errors ?? ([] as const),
    reads: [] as const,
    may: spec.may === 'everybody' ? null : spec.may,
    // The type says whether it is audited, so that words are wanted of each act.
    audit: (spec.audit ?? null) as [Noted] extends [never] ? null : readonly Noted[],
    signedOut: spec.signedOut ?? false,
  };
}

/** What any call may answer besides its own codes. */
export const commonErrorCodes = [
  'UNEXPECTED',
  'INVALID_INPUT',
  'UNKNOWN_CALL',
  'PAYLOAD_TOO_LARGE',
  'CORE_UNAVAILABLE',
  'SIGNED_OUT',
  'NOT_ALLOWED',
  'LIMITED_DOCUMENT',
  'NOT_FOUND',
  'STALE_REVISION',
  'WRONG_STATE',
  'DISK_FULL',
  'FILE_HELD',
] as const;
export type CommonErrorCode = (typeof commonErrorCodes)[number];

export function isDeclaredError(spec: CallSpec, code: string): boolean {
  return spec.errors.includes(code) || commonErrorCodes.some((common) => common === code);
}

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
