import type { WatchPosition } from '#core/ports/exchange.ts';
import type { WatchedRecord, WatchWrites } from '#core/watching/watching-stores.ts';
import { nextCallAt, seenAt, watchedDeliverySchema } from '#shared/domain/watched-delivery.ts';
import type { Sqlite } from '../connection/sqlite.ts';

interface Row {
  readonly documentId: string | null;
  readonly takenAt: string;
  readonly version: number;
  readonly body: string;
}

const VERSION = 1;

/** Of `watched_delivery w`: a call waits, and no record of one is on its way or newer than what was last read. */
export const callWaits = `w.call_since IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM statement s WHERE s.document_id = w.document_id AND s.message_id = w.message_id
    AND s.recipient_code = w.recipient_code AND s.event = 'call-recorded'
    AND (s.state = 'waiting' OR (s.state = 'done' AND s.settled_at >= w.taken_at)))`;

/** Of `watched_delivery w`: a recipient asks for a longer time, and no answer is on its way. */
export const extensionWaits = `w.extension_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM statement s WHERE s.document_id = w.document_id AND s.event = 'extension-answered'
    AND s.state IN ('waiting', 'done') AND s.body ->> '$.question' = w.extension_id)`;

export function watchQueries(sqlite: Sqlite): WatchWrites {
  const position = sqlite.prepare<[string, string], WatchPosition>(
    'SELECT epoch, position FROM watch_position WHERE exchange_id = ? AND agency_code = ? AND current = 1',
  );
  const leave = sqlite.prepare('UPDATE watch_position SET current = 0 WHERE exchange_id = ? AND agency_code = ?');
  const moveTo = sqlite.prepare(
    `INSERT INTO watch_position VALUES (@exchangeId, @agencyCode, @epoch, @position, 1)
     ON CONFLICT (exchange_id, agency_code, epoch) DO UPDATE SET position = excluded.position, current = 1`,
  );
  const select = 'SELECT document_id AS documentId, taken_at AS takenAt, version, body FROM watched_delivery w';
  const find = sqlite.prepare<[string, string], Row>(`${select} WHERE message_id = ? AND recipient_code = ?`);
  const of = sqlite.prepare<[string], Row>(`${select} WHERE document_id = ? ORDER BY recipient_code, taken_at`);
  const callsWaiting = sqlite
    .prepare(
      `SELECT count(DISTINCT document_id) FROM watched_delivery w
       WHERE document_id IS NOT NULL AND ${callWaits}`,
    )
    .pluck();
  const extensionsWaiting = sqlite
    .prepare(
      `SELECT count(DISTINCT document_id) FROM watched_delivery w
       WHERE document_id IS NOT NULL AND ${extensionWaits}`,
    )
    .pluck();
  const completedSince = sqlite
    .prepare<[string, number], string>(
      `SELECT document_id FROM watched_delivery w WHERE document_id IS NOT NULL AND opened_at >= ?
         AND NOT EXISTS (SELECT 1 FROM watched_delivery x WHERE x.document_id = w.document_id AND x.waiting = 1)
       GROUP BY document_id ORDER BY max(opened_at) DESC LIMIT ?`,
    )
    .pluck();
  const unknownOf = sqlite
    .prepare<[string], string>(
      `SELECT DISTINCT body ->> '$.documentId' FROM watched_delivery WHERE sender_code = ? AND document_id IS NULL`,
    )
    .pluck();
  const put = sqlite.prepare(
    `INSERT INTO watched_delivery VALUES (@messageId, @recipient, @sender, @documentId, @urgency, @expressAt, @openedAt,
       @waiting, @callSince, @callFrom, ${VERSION}, @body, @takenAt, @extensionId)
     ON CONFLICT (message_id, recipient_code) DO UPDATE SET sender_code = excluded.sender_code,
       document_id = excluded.document_id, urgency = excluded.urgency, express_at = excluded.express_at,
       opened_at = excluded.opened_at, waiting = excluded.waiting, call_since = excluded.call_since,
       call_from = excluded.call_from, version = excluded.version, body = excluded.body, taken_at = excluded.taken_at,
       extension_id = excluded.extension_id`,
  );
  return {
    position: ({ exchangeId, agencyCode }) => position.get(exchangeId, agencyCode) ?? null,
    find: (messageId, recipient) => toRecord(find.get(messageId, recipient)),
    of: (documentId) =>
      of
        .all(documentId)
        .map(toRecord)
        .filter((record) => record !== null),
    callsWaiting: () => callsWaiting.get() as number,
    extensionsWaiting: () => extensionsWaiting.get() as number,
    unknownOf: (senderCode) => unknownOf.all(senderCode),
    completedSince: (at, limit) => completedSince.all(at, limit),
    put: ({ delivery, documentId, takenAt }) => {
      const { messageId, recipient, sender, urgency, expressAt, call, extension } = delivery;
      const opened = seenAt(delivery);
      put.run({
        messageId,
        recipient,
        sender,
        documentId,
        urgency,
        expressAt: comparable(expressAt),
        openedAt: comparable(opened),
        waiting: opened === null ? 1 : 0,
        callSince: opened === null ? comparable(call?.since ?? null) : null,
        callFrom: opened === null ? comparable(nextCallAt(delivery)) : null,
        body: JSON.stringify(delivery),
        takenAt,
        extensionId: extension?.granted === null ? extension.id : null,
      });
    },
    moveTo: ({ exchangeId, agencyCode }, { epoch, position: reached }) => {
      leave.run(exchangeId, agencyCode);
      moveTo.run({ exchangeId, agencyCode, epoch, position: reached });
    },
  };
}

/** Columns are compared as texts, and others may write an instant with fewer digits. */
const comparable = (instant: string | null): string | null =>
  instant === null ? null : new Date(instant).toISOString();

function toRecord(row: Row | undefined): WatchedRecord | null {
  if (row === undefined) return null;
  const { documentId, takenAt, version, body } = row;
  if (version !== VERSION) {
    throw new Error(`a watched delivery has form ${version}, and this program reads ${VERSION}`);
  }
  return { documentId, takenAt, delivery: watchedDeliverySchema.parse(JSON.parse(body)) };
}
