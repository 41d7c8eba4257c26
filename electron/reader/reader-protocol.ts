import type { ForeignReader, SignableAs } from '#core/ports/foreign-reader.ts';
import type { ErrorParams } from '#shared/errors/coded-error.ts';

/** Requests to the process that reads foreign files; `id` pairs them with replies. Only core writes them. */
export type ReaderRequest = { readonly id: number } & (
  | { readonly what: 'message' | 'envelope' | 'mail' | 'page'; readonly fileId: string }
  | { readonly what: 'signable'; readonly fileId: string; readonly as: SignableAs }
  | { readonly what: 'verify'; readonly fileId: string; readonly at: string }
  | { readonly what: 'revision'; readonly fileId: string; readonly index: number }
);

/** What each request is answered with. */
export interface ReaderValues {
  readonly message: Answered<'readMessage'>;
  readonly envelope: Answered<'readEnvelope'>;
  readonly mail: Answered<'readMail'>;
  readonly verify: Answered<'verify'>;
  readonly page: Answered<'readPage'>;
  readonly signable: Answered<'makeSignable'>;
  readonly revision: Answered<'signedRevision'>;
}
type Answered<Name extends keyof ForeignReader> = Awaited<ReturnType<ForeignReader[Name]>>;

export type ReaderReply =
  | { readonly id: number; readonly ok: true; readonly value: ReaderValues[keyof ReaderValues] }
  /** `code` is null for a bug, which `detail` describes. */
  | {
      readonly id: number;
      readonly ok: false;
      readonly code: string | null;
      readonly params: ErrorParams;
      readonly detail: string;
    };
