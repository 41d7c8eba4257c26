import type { InboxItem } from '#core/ports/exchange.ts';
import type { InboxPosition, InboxWrites, ListedMessage } from '#core/sync/sync-stores.ts';
import { laneOf } from '#shared/domain/lane.ts';
import { STATUS_PRIORITY } from '#shared/domain/outbox.ts';
import { urgencyRank } from '#shared/domain/urgency.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { notAtWork } from './sql-text.ts';

const columns = `seq, kind, message_id AS messageId, sender_code AS "from", size, sha256, accepted_at AS acceptedAt,
  urgency, begun, attempts, next_attempt_at AS nextAttemptAt, error_code AS errorCode`;

const priorityOf = ({ kind, urgency }: InboxItem): number =>
  kind === 'status' ? STATUS_PRIORITY : urgencyRank(urgency);

export function inboxQueries(sqlite: Sqlite): InboxWrites {
  const position = sqlite.prepare<[string, string], InboxPosition>(
    `SELECT epoch, seq, message_id AS messageId FROM inbox_position
     WHERE exchange_id = ? AND agency_code = ? AND current = 1`,
  );
  const leave = sqlite.prepare('UPDATE inbox_position SET current = 0 WHERE exchange_id = ? AND agency_code = ?');
  const moveTo = sqlite.prepare(
    `INSERT INTO inbox_position VALUES (@exchangeId, @agencyCode, @epoch, @seq, @messageId, 1)
     ON CONFLICT (exchange_id, agency_code, epoch)
     DO UPDATE SET seq = excluded.seq, message_id = excluded.message_id, current = 1`,
  );
  const due = sqlite.prepare<{ lane: string; now: string; latest: string; atWork: string }, ListedMessage>(
    `SELECT ${columns} FROM inbox_item
     WHERE lane = @lane AND (attempts = 0 OR next_attempt_at <= @now OR next_attempt_at > @latest)
       AND ${notAtWork}
     ORDER BY priority DESC, seq LIMIT 1`,
  );
  const nextAttemptAt = sqlite
    .prepare(`SELECT min(next_attempt_at) FROM inbox_item WHERE lane = @lane AND ${notAtWork}`)
    .pluck();
  const count = sqlite.prepare('SELECT count(*) FROM inbox_item').pluck();
  const takenSha256 = sqlite
    .prepare("SELECT file_id FROM file_reference WHERE holder = 'message' AND holder_id = ?")
    .pluck();
  const add = sqlite.prepare(
    `INSERT INTO inbox_item (message_id, seq, kind, sender_code, size, sha256, accepted_at, urgency, priority, lane,
       next_attempt_at)
     VALUES (@messageId, @seq, @kind, @from, @size, @sha256, @acceptedAt, @urgency, @priority, @lane, @at)
     ON CONFLICT (message_id) DO NOTHING`,
  );
  const update = sqlite.prepare(
    `UPDATE inbox_item SET begun = @begun, attempts = @attempts, next_attempt_at = @nextAttemptAt,
       error_code = @errorCode WHERE message_id = @messageId`,
  );
  const remove = sqlite.prepare('DELETE FROM inbox_item WHERE message_id = ?');
  const lineIsBack = sqlite.prepare("UPDATE inbox_item SET next_attempt_at = ? WHERE error_code = 'offline'");
  return {
    position: ({ exchangeId, agencyCode }) => position.get(exchangeId, agencyCode) ?? null,
    moveTo: ({ exchangeId, agencyCode, epoch }, { seq, messageId }) => {
      leave.run(exchangeId, agencyCode);
      moveTo.run({ exchangeId, agencyCode, epoch, seq, messageId });
    },
    due: (lane, now, latest, atWork = []) =>
      due.get({ lane, now: now.toISOString(), latest: latest.toISOString(), atWork: JSON.stringify(atWork) }) ?? null,
    nextAttemptAt: (lane, atWork = []) =>
      (nextAttemptAt.get({ lane, atWork: JSON.stringify(atWork) }) as string | null | undefined) ?? null,
    count: () => count.get() as number,
    takenSha256: (messageId) => (takenSha256.get(messageId) as string | undefined) ?? null,
    add: (item, at) => void add.run({ ...item, priority: priorityOf(item), lane: laneOf(item.urgency, item.size), at }),
    update: ({ messageId, begun, attempts, nextAttemptAt: next, errorCode }) =>
      void update.run({ messageId, begun, attempts, nextAttemptAt: next, errorCode }),
    remove: (messageId) => void remove.run(messageId),
    lineIsBack: (at) => void lineIsBack.run(at),
  };
}
