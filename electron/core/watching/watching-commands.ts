import { seenAt } from '#shared/domain/watched-delivery.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import { provenAgency } from '../directory/proven-name.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { find } from '../documents/document-record.ts';
import type { ReadStores } from '../ports/stores.ts';
import { queueStatement } from './queue-statement.ts';
import type { WatchedRecord } from './watching-stores.ts';

type WatchingCommands = Pick<CoreHandlers, 'outgoing.recordCall' | 'outgoing.remind'>;

/** What the sender's clerk does about a letter that a recipient has not opened. */
export function watchingCommands(ctx: CoreContext): WatchingCommands {
  return {
    'outgoing.recordCall': ({ id, recipient, phone, spokeTo, outcome, note }, caller, transact) =>
      transact((tx) => {
        find(tx.stores.outgoing, id);
        const watched = latestOf(tx.stores, id, recipient);
        if (watched === null) throw new CodedError('NOT_FOUND');
        const { messageId } = watched.delivery;
        const person = caller.name;
        queueStatement(tx, ctx, id, {
          event: 'call-recorded',
          messageId,
          recipient,
          person,
          phone,
          spokeTo,
          outcome,
          note,
        });
        tx.record('outgoing', id, 'called', { agency: provenAgency(ctx, recipient).name, outcome, spokeTo });
        return { id };
      }),
    'outgoing.remind': ({ id, recipients }, caller, transact) =>
      transact((tx) => {
        find(tx.stores.outgoing, id);
        const waiting = [...new Set(recipients)]
          .map((recipient) => latestOf(tx.stores, id, recipient))
          // Whoever opened it meanwhile is not told again.
          .filter((watched) => watched !== null && seenAt(watched.delivery) === null);
        for (const watched of waiting) {
          if (watched === null) continue;
          const { messageId, recipient } = watched.delivery;
          queueStatement(tx, ctx, id, { event: 'reminder-asked', messageId, recipient, person: caller.name });
        }
        const names = waiting.map((watched) => provenAgency(ctx, watched?.delivery.recipient ?? '').name);
        if (names.length > 0) tx.record('outgoing', id, 'reminded', { agencies: names.join(', ') });
        return { id, reminded: names.length };
      }),
  };
}

/** A letter may have gone to a recipient in more than one message. */
export function latestOf(
  stores: Pick<ReadStores, 'watch'>,
  documentId: string,
  recipient: string,
): WatchedRecord | null {
  const records = stores.watch.of(documentId).filter(({ delivery }) => delivery.recipient === recipient);
  return records.toSorted((a, b) => a.delivery.availableAt.localeCompare(b.delivery.availableAt)).at(-1) ?? null;
}
