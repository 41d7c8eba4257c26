import { laneOf } from '#shared/domain/lane.ts';
import { STATUS_PRIORITY } from '#shared/domain/outbox.ts';
import { type Urgency, urgencyRank } from '#shared/domain/urgency.ts';
import type { StoredBytes } from '../ports/file-store.ts';
import type { OutboxRecord } from './sync-stores.ts';

type NewRow = Pick<OutboxRecord, 'messageId' | 'documentId' | 'statusCode'> & {
  readonly file: StoredBytes;
  /** Of the document; a status has none of its own. */
  readonly urgency: Urgency | null;
  readonly at: string;
};

/** A message that waits for its first attempt. */
export function newOutboxRow({ file, urgency, at, ...row }: NewRow): OutboxRecord {
  return {
    ...row,
    kind: urgency === null ? 'status' : 'document',
    fileId: file.fileId,
    lane: laneOf(urgency ?? 'normal', file.size),
    priority: urgency === null ? STATUS_PRIORITY : urgencyRank(urgency),
    state: 'waiting',
    attempts: 0,
    nextAttemptAt: at,
    errorCode: null,
    proof: null,
    takenBy: null,
    createdAt: at,
  };
}
