import type { GivenOutcome } from '#shared/contract/handling.ts';
import type { HandlingStep } from '#shared/domain/handling.ts';
import type { Caller } from '#shared/domain/roles.ts';
import { normalizeText } from '#shared/domain/vietnamese-text.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import { asTarget } from '../documents/document-record.ts';
import type { IncomingRecord } from '../incoming/incoming-store.ts';
import type { ReadStores } from '../ports/stores.ts';
import { type Handled, keepStep, loadHandled, prepareStepStatus, requireStep } from './handled-document.ts';
import type { StatusMessage } from '../incoming/report-status.ts';
import { relateAnswer } from './answer-relation.ts';
import { say } from './say.ts';
import type { Outcome } from './handling-store.ts';

const finishing: HandlingStep = { step: 'finish' };

/** Ends the work on a document, with the letter that answers it, or the reason why none does. */
export function finishCommand(ctx: CoreContext): Pick<CoreHandlers, 'incoming.complete'> {
  return {
    'incoming.complete': async (input, caller, transact) => {
      const before = loadHandled(ctx.registers, input);
      requireStep(before, finishing);
      const status = await prepareStepStatus(ctx, before, finishing);
      return transact((tx) => {
        const { stores } = tx;
        const handled = loadHandled(stores, input);
        requireStep(handled, finishing);
        const outcome = outcomeOf(stores, input.outcome);
        const record = endHandling(tx, handled, status, outcome, caller);
        switch (outcome.kind) {
          case 'letter':
          case 'by-hand':
            relateAnswer(tx, ctx, record, outcome);
            tx.record('incoming', record.id, 'answered', { codeText: outcome.codeText ?? '' });
            break;
          case 'no-answer':
            say(tx, record.id, caller, 'outcome', outcome.reason ?? '');
            tx.record('incoming', record.id, 'no-answer-needed', { reason: outcome.reason ?? '' });
            break;
          case 'unsaid':
            tx.record('incoming', record.id, 'completed', {});
        }
        return asTarget(record);
      });
    },
  };
}

/** Nobody has it any more, and nobody waits for a day to come. The document must be in the book. */
export function endHandling(
  tx: Transaction,
  handled: Handled,
  status: StatusMessage | null,
  outcome: Outcome,
  caller: Caller,
): IncomingRecord {
  const { stores, at } = tx;
  for (const { id } of handled.open) stores.handling.close(id, 'finished', caller.personId, at);
  stores.handling.takeBack(handled.record.id);
  return keepStep(tx, handled, finishing, status, { finishedAt: at, outcome });
}

function outcomeOf({ outgoing }: Pick<ReadStores, 'outgoing'>, given: GivenOutcome | undefined): Outcome {
  const nothing = { answerId: null, codeText: null, date: null, reason: null };
  switch (given?.kind) {
    case undefined:
      return { ...nothing, kind: 'unsaid' };
    case 'letter': {
      const letter = outgoing.find(given.answerId);
      // A draft may still get another number, or none.
      if (letter === null || letter.numbered === null || letter.state === 'cancelled')
        throw new CodedError('NO_SUCH_ANSWER');
      return { ...nothing, kind: 'letter', answerId: letter.id, codeText: letter.codeText, date: letter.fields.date };
    }
    case 'by-hand':
      return { ...nothing, kind: 'by-hand', codeText: normalizeText(given.codeText), date: given.date };
    case 'no-answer':
      return { ...nothing, kind: 'no-answer', reason: normalizeText(given.reason) };
  }
}
