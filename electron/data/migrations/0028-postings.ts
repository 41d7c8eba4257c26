import type { Migration } from './migrations.ts';

/** How paper went, and what became of that to recipients of which the exchange tells nothing. */
export const postings: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
-- Null where nobody said it.
ALTER TABLE delivery ADD COLUMN paper_way TEXT CHECK (paper_way IN ('post', 'courier', 'by-hand'));
ALTER TABLE other_recipient ADD COLUMN way TEXT CHECK (way IN ('post', 'courier', 'by-hand'));
ALTER TABLE other_recipient ADD COLUMN result TEXT CHECK (result IN ('delivered', 'returned'));
-- Day of the receipt (giấy báo nhận), or on which it came back.
ALTER TABLE other_recipient ADD COLUMN result_on TEXT;
ALTER TABLE other_recipient ADD COLUMN result_note TEXT NOT NULL DEFAULT '';
`;
