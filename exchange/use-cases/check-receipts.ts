import type { Database } from '../storage/database.ts';

export interface ReceiptCheck {
  readonly epoch: string;
  /** Messages that were accepted once and are not here. */
  readonly missing: string[];
}

/**
 * Which of an agency's messages are not here although they were accepted. `provenEpoch` is that of a receipt which this
 * exchange signed for one of them: when it is the running one, the data are older than the receipt, and the numbers that
 * were given since are another sequence from now on.
 */
export async function checkReceipts(
  database: Database,
  senderCode: string,
  messageIds: readonly string[],
  proven: { readonly messageId: string; readonly epoch: string } | null,
): Promise<ReceiptCheck> {
  const missing = await database.messages.missingOf(senderCode, messageIds);
  const isOlder = proven !== null && missing.includes(proven.messageId);
  const epoch = isOlder
    ? await database.transaction(({ inbox }) => inbox.beginEpoch(proven.epoch))
    : await database.inbox.epoch();
  return { epoch, missing };
}
