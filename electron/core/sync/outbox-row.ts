import type { OutboxRecord } from './sync-stores.ts';

type NewRow = Pick<OutboxRecord, 'messageId' | 'kind' | 'documentId' | 'statusCode' | 'fileId' | 'priority'> & {
  readonly at: string;
};

/** A message that waits for its first attempt. */
export function newOutboxRow({ at, ...row }: NewRow): OutboxRecord {
  return { ...row, state: 'waiting', attempts: 0, nextAttemptAt: at, errorCode: null, createdAt: at };
}
