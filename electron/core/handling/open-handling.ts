import type { HandlingStep } from '#shared/domain/handling.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import type { Target } from '../documents/document-record.ts';
import type { IncomingRecord } from '../incoming/incoming-store.ts';
import type { StatusMessage } from '../incoming/report-status.ts';
import { forgetAnswer } from './answer-relation.ts';
import { type Handled, keepStep, loadHandled } from './handled-document.ts';

/**
 * The work on a finished document goes on where it was.
 * @param told the sender has been told that it is finished; `status` tells that it is not
 */
export function openHandling(
  tx: Transaction,
  target: Target,
  told: boolean,
  status: StatusMessage | null,
): IncomingRecord {
  tx.stores.handling.openFinished(target.id);
  const again = withoutLeft(tx, loadHandled(tx.stores, target));
  const step: HandlingStep = { step: 'reopen', told };
  const record = keepStep(tx, again, step, status, { finishedAt: null, outcome: null });
  forgetAnswer(tx, record.id);
  return record;
}

/** Nobody waits for the word of a leader who has left meanwhile. */
function withoutLeft({ stores }: Transaction, handled: Handled): Handled {
  const { askedLeader } = handled.handling;
  if (askedLeader === null || stores.handling.assignee('person', askedLeader) !== null) return handled;
  return { ...handled, handling: { ...handled.handling, askedLeader: null } };
}
