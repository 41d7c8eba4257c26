import { outgoingMachine } from '#shared/domain/outgoing-state.ts';
import type { IssueWay } from '#shared/domain/other-recipient.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import { asTarget, load, stateAfter } from '../documents/document-record.ts';
import { withPaper } from '../paper/paper-rules.ts';
import { newOutboxRow } from '../sync/outbox-row.ts';
import { fieldsToIssue } from './issue-hours.ts';
import { linesOnPaper, noKeys, readLetter, requireDecided } from './last-look.ts';
import { storeMessage } from './letter-message.ts';
import { stepTo } from './step-to.ts';

type SendCommands = Pick<CoreHandlers, 'outgoing.send' | 'outgoing.issue' | 'outgoing.retrySending'>;

/** Of a recipient on paper, as the contract has it. */
const MAX_NAME = 200;

/** Hands a sealed document to the outbox. Whether there is a connection does not matter here. */
export function sendCommands(ctx: CoreContext): SendCommands {
  return {
    'outgoing.send': async (input, _caller, transact) => {
      const stored = load(ctx.registers.outgoing, input);
      stateAfter(outgoingMachine, stored, 'queue');
      const record = { ...stored, fields: fieldsToIssue(ctx, stored.fields) };
      const deliveries = ctx.registers.outgoing.deliveries(record.id);
      if (deliveries.length === 0) throw new CodedError('NO_RECIPIENTS');
      const letter = await readLetter(ctx, record);
      requireDecided(ctx, letter, noKeys);
      const onPaper = linesOnPaper(ctx, letter);
      const file = await storeMessage(ctx, record, deliveries);
      return transact(
        (tx) => {
          const answer = stepTo(
            tx,
            input,
            'queue',
            'queued',
            { recipients: deliveries.length },
            { fields: record.fields },
          );
          for (const { agencyCode, paperNeeded } of withPaper(tx.stores, record, deliveries)) {
            tx.stores.outgoing.advanceDelivery(record.id, agencyCode, { state: 'queued', at: tx.at, reason: null });
            tx.stores.outgoing.setPaper(record.id, agencyCode, { paperNeeded });
          }
          addOnPaper(tx, record.id, onPaper);
          tx.stores.outbox.add(
            newOutboxRow({
              messageId: ctx.ids.next(),
              documentId: record.id,
              statusCode: null,
              file,
              urgency: record.fields.urgency,
              at: tx.at,
            }),
          );
          return answer;
        },
        { fault: 'after-queue-commit' },
      );
    },
    'outgoing.issue': async (input, _caller, transact) => {
      const stored = load(ctx.registers.outgoing, input);
      stateAfter(outgoingMachine, stored, 'issue');
      const how: IssueWay = stored.state === 'sealed' ? 'signed' : 'by-hand';
      if (how === 'by-hand' && !input.byHand)
        throw new CodedError('WRONG_STATE', { state: stored.state, step: 'issue' });
      const record = { ...stored, fields: fieldsToIssue(ctx, stored.fields) };
      const { outgoing } = ctx.registers;
      if (outgoing.deliveries(record.id).length > 0) throw new CodedError('GOES_OVER_EXCHANGE');
      if (outgoing.otherRecipients(record.id).length === 0) throw new CodedError('NO_RECIPIENTS');
      const letter = await readLetter(ctx, record);
      requireDecided(ctx, letter, noKeys);
      const onPaper = linesOnPaper(ctx, letter);
      return transact((tx) => {
        addOnPaper(tx, record.id, onPaper);
        const recipients = tx.stores.outgoing.otherRecipients(record.id).length;
        return stepTo(tx, input, 'issue', 'issued', { how, recipients }, { fields: record.fields, sentAt: tx.at });
      });
    },
    'outgoing.retrySending': (input, _caller, transact) => {
      const answer = transact(({ stores, at }) => {
        const record = load(stores.outgoing, input);
        for (const row of stores.outbox.of(record.id)) {
          if (row.state !== 'done')
            stores.outbox.update({ ...row, state: 'waiting', nextAttemptAt: at, errorCode: null });
        }
        return asTarget(record);
      });
      ctx.retrySync();
      return answer;
    },
  };
}

/** Lines of "Kính gửi" and "Nơi nhận" that get paper are recipients to post to, from now on. */
function addOnPaper({ stores }: Transaction, id: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  const before = stores.outgoing.otherRecipients(id);
  const added = lines
    .map((line) => ({ kind: 'paper' as const, name: line.slice(0, MAX_NAME) }))
    .filter(({ name }) => !before.some((each) => each.kind === 'paper' && each.name === name));
  stores.outgoing.setOtherTargets(id, [...before, ...added]);
}
