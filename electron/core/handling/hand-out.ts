import type { Forwarded } from '#shared/contract/incoming.ts';
import { assigneesOf, type ForwardStep, forwardStep } from '#shared/domain/forward.ts';
import type { IncomingFields } from '#shared/domain/document-fields.ts';
import type { Assignee, HandlingStep } from '#shared/domain/handling.ts';
import type { Caller } from '#shared/domain/roles.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import type { IncomingRecord } from '../incoming/incoming-store.ts';
import type { StatusMessage } from '../incoming/report-status.ts';
import type { ReadStores } from '../ports/stores.ts';
import { type Handled, keepStep, loadHandled, requireStep } from './handled-document.ts';
import { say } from './say.ts';

interface Given {
  readonly assignees: readonly Assignee[];
  readonly dueAt: string | null;
  readonly note: string;
  readonly status: StatusMessage | null;
}

/** Submits a document to a leader for an opinion. @throws CodedError NOT_A_LEADER, WRONG_STATE */
export function submitTo(
  tx: Transaction,
  handled: Handled,
  leaderId: string,
  note: string,
  caller: Caller,
): IncomingRecord {
  const leader = requireLeader(tx.stores, leaderId);
  const step: HandlingStep = { step: 'submit', leaderId };
  requireStep(handled, step);
  const record = keepStep(tx, handled, step, null, { askedAt: tx.at });
  if (note !== '') say(tx, record.id, caller, 'submission', note);
  tx.record('incoming', record.id, 'submitted', { leader: leader.name });
  return record;
}

/** Gives a document to all who have it from now on. @throws CodedError NOBODY_SUCH, WRONG_STATE, ONE_LEAD, ASSIGNED_TWICE */
export function assignTo(
  tx: Transaction,
  handled: Handled,
  { assignees, dueAt, note, status }: Given,
  caller: Caller,
): IncomingRecord {
  const step: HandlingStep = { step: 'assign', assignees };
  const names = assignees.map((one) => ({ ...one, name: requireAssignee(tx.stores, one) }));
  requireStep(handled, step);
  for (const { id } of handled.open) tx.stores.handling.close(id, 'replaced', caller.personId, tx.at);
  for (const { part, kind, id } of assignees) {
    tx.stores.handling.assign({
      documentId: handled.record.id,
      part,
      kind,
      assigneeId: id,
      dueAt: part === 'inform' ? null : dueAt,
      note,
      assignedBy: caller.personId,
      assignedAt: tx.at,
    });
  }
  const record = keepStep(tx, handled, step, status);
  if (note !== '') say(tx, record.id, caller, 'assignment', note);
  const named = (part: Assignee['part']) =>
    names
      .filter((one) => one.part === part)
      .map(({ name }) => name)
      .join(', ');
  tx.record('incoming', record.id, 'assigned', {
    lead: named('lead'),
    support: named('support'),
    inform: named('inform'),
    due: dueAt ?? '',
  });
  return record;
}

/** What "Chuyển tới" means; null where it names nobody of the office. */
export function forwardOf(
  { handling }: Pick<ReadStores, 'handling'>,
  { forwardTo: text, agencyName }: Pick<IncomingFields, 'forwardTo' | 'agencyName'>,
  at: string,
): ForwardStep | null {
  // Most letters are handed out later: who is there need not be looked up for them.
  return text.trim() === '' ? null : forwardStep(text, handling.choices(agencyName, at));
}

/** What "Chuyển tới" of the register form says, in the transaction that gives the number; `status` is the 04 of an assignment. */
export function forwardTo(
  tx: Transaction,
  record: IncomingRecord,
  step: ForwardStep,
  status: StatusMessage | null,
  caller: Caller,
): IncomingRecord {
  const handled = loadHandled(tx.stores, record);
  if (step.step === 'submit') return submitTo(tx, handled, step.leader.id, '', caller);
  const { dueAt } = record.fields;
  // A deadline that is past already binds nobody.
  const due = dueAt !== null && dueAt > tx.at ? dueAt : null;
  return assignTo(tx, handled, { assignees: assigneesOf(step), dueAt: due, note: '', status }, caller);
}

/** Who has it now, for whoever registered it; null when the field named nobody of the office. */
export function forwardedOf(step: ForwardStep | null): Forwarded | null {
  if (step === null) return null;
  const names = step.step === 'submit' ? [step.leader.name] : step.assignees.map(({ name }) => name);
  return { step: step.step, names };
}

export function requireLeader({ handling }: Pick<ReadStores, 'handling'>, personId: string): { readonly name: string } {
  const leader = handling.assignee('person', personId);
  if (leader === null || handling.voiceOf(personId) === 'officer') throw new CodedError('NOT_A_LEADER');
  return leader;
}

export function requireAssignee({ handling }: Pick<ReadStores, 'handling'>, { kind, id }: Assignee): string {
  const found = handling.assignee(kind, id);
  if (found === null) throw new CodedError('NOBODY_SUCH');
  return found.name;
}
