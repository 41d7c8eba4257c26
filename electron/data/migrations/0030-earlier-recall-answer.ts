import type { Migration } from './migrations.ts';

/** What the sender was told first, where another answer to its recall waits: it stands again when that one is taken back. */
export const earlierRecallAnswer: Migration = (sqlite) => {
  sqlite.exec("ALTER TABLE recall_request ADD COLUMN earlier_reason TEXT NOT NULL DEFAULT ''");
};
