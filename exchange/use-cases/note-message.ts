import { normaliseAgencyCode } from '#shared/domain/agency-code.ts';
import type { EdxmlRouting } from '#shared/edxml/read-edxml.ts';
import { isCorrection } from '#shared/domain/delivery.ts';
import { eventsOfStatus } from '#shared/domain/delivery-events.ts';
import type { Stores } from '../storage/database.ts';
import type { AddedEvent } from '../storage/delivery-event-store.ts';

const RECALL = 1;
const STATUS_TAKE_BACK = '13';

/**
 * What an accepted message says of documents that were delivered before: a status of the way of one at its recipient, a
 * recall of a sender. Of a document that the agency neither sent nor received it says nothing.
 * @param senderCode agency of the authenticated workstation
 */
export async function noteMessage(
  { events }: Pick<Stores, 'events'>,
  routing: EdxmlRouting,
  { id, senderCode, at }: { readonly id: string; readonly senderCode: string; readonly at: Date },
): Promise<readonly AddedEvent[]> {
  const { documentId } = routing;
  const [to = ''] = routing.to.map(normaliseAgencyCode);
  const stated = { at, statedBy: senderCode, params: { messageId: id } };
  if (routing.kind === 'document') {
    if (routing.businessType !== RECALL) return [];
    const named = new Set(routing.to.map(normaliseAgencyCode));
    const recalled = (await events.ofDocument(senderCode, documentId)).filter(({ recipientCode }) =>
      named.has(recipientCode),
    );
    return events.append(recalled.map((delivery) => ({ ...delivery, ...stated, event: 'recalled' as const })));
  }
  if (routing.statusCode === STATUS_TAKE_BACK) {
    const asked = (await events.ofDocument(senderCode, documentId)).filter(({ recipientCode }) => recipientCode === to);
    return events.append(asked.map((delivery) => ({ ...delivery, ...stated, event: 'recalled' as const })));
  }
  const proven = eventsOfStatus(routing.statusCode);
  const last = proven.at(-1);
  if (last === undefined) return [];
  const { statusCode, description } = routing;
  const spoken = { senderCode: to, documentId, recipientCode: senderCode };
  if (isCorrection(statusCode, description)) {
    const finished = await events.finished(spoken);
    const params = { messageId: id, statusCode, reason: description };
    if (finished !== null) return events.append([{ ...finished, ...stated, event: 'reopened', key: id, params }]);
  }
  const delivery = await events.reported(spoken, last);
  if (delivery === null) return [];
  // Events are kept once: what is finished again after it was taken back is told apart by its message.
  const wasReopened =
    last === 'finished' && (await events.of(delivery.messageId, delivery.recipientCode, 'reopened')).length > 0;
  const keyOf = (event: (typeof proven)[number]): string => (event === 'finished' && wasReopened ? id : '');
  return events.append(
    proven.map((event) => ({
      ...delivery,
      ...stated,
      event,
      key: keyOf(event),
      params: { messageId: id, statusCode },
    })),
  );
}
