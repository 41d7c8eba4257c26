import type { Migration } from './migrations.ts';

/** Letters of this office that the exchange knows and the register does not: they say how far its numbers had got. */
export const unknownLetters: Migration = (sqlite) => {
  sqlite.exec('CREATE INDEX watched_unknown ON watched_delivery (sender_code) WHERE document_id IS NULL');
};
