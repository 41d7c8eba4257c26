import type { Database } from '../storage/database.ts';
import type { MessageFiles } from '../storage/message-files.ts';

const PAGE = 500;
const MOST_NAMED = 100;

export interface FileCheck {
  readonly messages: number;
  /** When the newest message was accepted; null when there is none. After a restore: the point it goes back to. */
  readonly newestAcceptedAt: string | null;
  readonly lost: number;
  /** The first of them. */
  readonly lostIds: readonly string[];
}

/**
 * Whether the file of every message is there, and notes those that are not as lost: their senders are asked for them.
 * @param deep reads every file and compares its hash, instead of its size alone
 */
export async function checkFiles(
  { messages }: Pick<Database, 'messages'>,
  files: Pick<MessageFiles, 'isWhole'>,
  deep: boolean,
): Promise<FileCheck> {
  let count = 0;
  let newest: Date | null = null;
  const lostIds: string[] = [];
  for (let after: string | null = null; ;) {
    const page = await messages.page(after, PAGE);
    for (const { id, file, acceptedAt } of page) {
      count += 1;
      if (newest === null || acceptedAt > newest) newest = acceptedAt;
      if (await files.isWhole(file, deep)) continue;
      lostIds.push(id);
      await messages.markLost(id);
    }
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  const newestAcceptedAt = newest === null ? null : newest.toISOString();
  return { messages: count, newestAcceptedAt, lost: lostIds.length, lostIds: lostIds.slice(0, MOST_NAMED) };
}
