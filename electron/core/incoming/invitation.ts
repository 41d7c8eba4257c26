import type { IncomingDetail, InvitationReply } from '#shared/contract/incoming.ts';
import { isInvitation } from '#shared/domain/meeting.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import { find } from '../documents/document-record.ts';
import { messagesOf, queueStatement } from '../watching/queue-statement.ts';
import { calendarOf } from './calendar.ts';
import type { IncomingRecord } from './incoming-store.ts';

type InvitationCalls = Pick<CoreHandlers, 'incoming.answerInvitation' | 'incoming.calendar'>;

/** What an office that is invited to a meeting does about it. */
export function invitationCalls(ctx: CoreContext): InvitationCalls {
  return {
    'incoming.calendar': ({ id }) => calendarOf(find(ctx.registers.incoming, id), ctx.clock.now()),
    'incoming.answerInvitation': ({ id, reply }, caller, transact) =>
      transact((tx) => {
        const record = find(tx.stores.incoming, id);
        const messages = messagesOf(tx, record);
        if (messages.length === 0 || !isInvitation(record.fields.documentType) || record.state === 'returned') {
          throw new CodedError('NOT_INVITED');
        }
        const said = saidBy(reply);
        const at = laterThanAnswers(tx, id);
        for (const messageId of messages) {
          queueStatement({ stores: tx.stores, at }, ctx, id, {
            event: 'invitation-answered',
            messageId,
            person: caller.name,
            ...said,
          });
        }
        const { answer, attendee, note } = said;
        tx.record('incoming', id, 'invitation-answered', { answer, attendee, note });
        return { id };
      }),
  };
}

/** The exchange takes the latest answer for the last, so none may be as old as one before it, wherever the clock was set. */
function laterThanAnswers({ stores, at }: Pick<Transaction, 'stores' | 'at'>, id: string): string {
  const earlier = stores.statements
    .of(id)
    .filter(({ statement }) => statement.event === 'invitation-answered')
    .map(({ statement }) => Date.parse(statement.at) + 1);
  return new Date(Math.max(Date.parse(at), ...earlier)).toISOString();
}

function saidBy(reply: InvitationReply) {
  const nobody = { attendee: '', title: '', phone: '', note: '' };
  switch (reply.answer) {
    case 'yes':
      return { ...nobody, answer: reply.answer };
    case 'no':
      return { ...nobody, answer: reply.answer, note: reply.reason };
    case 'substitute':
      return { ...nobody, ...reply };
  }
}

/** The last answer that was given here; what another workstation of the office said before is known to the exchange. */
export function replyOf(
  { registers }: CoreContext,
  { id, received }: IncomingRecord,
  watch: IncomingDetail['watch'],
): IncomingDetail['reply'] {
  const made = registers.statements
    .of(id)
    .findLast(
      ({ statement }) => statement.messageId === received?.messageId && statement.event === 'invitation-answered',
    );
  if (made?.statement.event === 'invitation-answered') {
    const { answer, attendee, title, phone, note, at } = made.statement;
    return { answer, attendee, title, phone, note, at, state: made.state, errorCode: made.errorCode };
  }
  const known = watch?.invitation ?? null;
  return known === null ? null : { ...known, state: 'done', errorCode: null };
}
