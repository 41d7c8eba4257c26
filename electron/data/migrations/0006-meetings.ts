import type { Migration } from './migrations.ts';

/** The meeting that an invitation (giấy mời) asks to. */
export const meetings: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
ALTER TABLE document ADD COLUMN meeting_at TEXT;
ALTER TABLE document ADD COLUMN meeting_ends_at TEXT;
ALTER TABLE document ADD COLUMN meeting_place TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN meeting_chair TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN meeting_link TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN meeting_papers TEXT NOT NULL DEFAULT '';
`;
