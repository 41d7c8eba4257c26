import type { FieldValues } from '#shared/domain/document-fields.ts';
import type { MendedFrom } from '#shared/contract/common.ts';
import type { Direction } from '#shared/domain/direction.ts';
import type { StateMachine } from '#shared/domain/state-machine.ts';
import { CodedError } from '#shared/errors/coded-error.ts';

/** What documents of both directions have. */
export interface DocumentRecord<D extends Direction, State extends string> {
  readonly id: string;
  readonly revision: number;
  readonly state: State;
  /** The book that gives, or gave, its number. */
  readonly bookId: string;
  readonly fields: FieldValues<D>;
  /** Its number in the book; given by `books.take`, in the same transaction as the state that shows it. */
  readonly numbered: {
    readonly year: number;
    readonly number: number;
    /** The letter of a số phụ; empty for the number itself. */
    readonly suffix: string;
    readonly at: string;
  } | null;
  /** Why it was returned or cancelled. */
  readonly reason: string | null;
  readonly createdAt: string;
  readonly changedAt: string;
}

export const attachmentRoles = ['main', 'appendix', 'paper-scan'] as const;
export type AttachmentRole = (typeof attachmentRoles)[number];

/** A file of a document. At most one is `main`: the document itself. */
export interface AttachmentRecord {
  readonly role: AttachmentRole;
  readonly fileId: string;
  readonly name: string;
  readonly size: number;
  readonly pageCount: number | null;
  /** Of a PDF that goes with a letter of this office, once it was looked through. */
  readonly signing?: AttachmentSigning;
}

/** What becomes of an attachment when its letter is sealed: the agency signs it (NĐ 30/2020 Phụ lục I, III.1d). */
export interface AttachmentSigning {
  /** The file that was imported, when another was made of it that can be signed. */
  readonly mended: MendedFrom | null;
  /** Why it cannot be signed, the code of the refusal; null when it can. */
  readonly obstacle: string | null;
  /** As it was before the agency signed it; null while it has not. */
  readonly unsigned: { readonly fileId: string; readonly size: number } | null;
}

/** The document that a command is about, as its caller saw it. */
export interface Target {
  readonly id: string;
  readonly revision: number;
}

interface Revised<State extends string> extends Target {
  readonly state: State;
}

/** @throws CodedError NOT_FOUND */
export function find<R>(store: { find(id: string): R | null }, id: string): R {
  const record = store.find(id);
  if (record === null) throw new CodedError('NOT_FOUND', { id });
  return record;
}

/** @throws CodedError NOT_FOUND, STALE_REVISION (someone changed it since the caller read it) */
export function load<R extends Target>(store: { find(id: string): R | null }, target: Target): R {
  const record = find(store, target.id);
  if (record.revision !== target.revision) throw new CodedError('STALE_REVISION', { id: target.id });
  return record;
}

/** The state after `step`. @throws CodedError WRONG_STATE */
export function stateAfter<State extends string, Step extends string>(
  machine: StateMachine<State, Step>,
  record: { readonly state: State },
  step: Step,
): State {
  const next = machine.next(record.state, step);
  if (next === null) throw new CodedError('WRONG_STATE', { state: record.state, step });
  return next;
}

/** The record one revision on, in the state after `step`, with `changes`. @throws CodedError WRONG_STATE */
export function advance<
  State extends string,
  Step extends string,
  R extends Revised<State> & { readonly changedAt: string },
>(machine: StateMachine<State, Step>, record: R, step: Step, at: string, changes: Partial<R> = {}): R {
  return {
    ...record,
    ...changes,
    state: stateAfter<State, Step>(machine, record, step),
    revision: record.revision + 1,
    changedAt: at,
  };
}

/** What a command answers about the document it changed. */
export function asTarget<State extends string>(record: Revised<State>): { id: string; revision: number; state: State } {
  return { id: record.id, revision: record.revision, state: record.state };
}
