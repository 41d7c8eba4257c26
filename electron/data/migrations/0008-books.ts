import { copyTypes } from '#shared/domain/document-types.ts';
import type { Migration } from './migrations.ts';

/** Books that a clerk makes and closes, numbers kept for a document to come, and the book of copies. */
export const books: Migration = (sqlite) => {
  sqlite.exec(schema);
  const addBook = sqlite.prepare('INSERT INTO book (id, direction, name, position) VALUES (?, ?, ?, ?)');
  const addType = sqlite.prepare('INSERT INTO book_type (book_id, document_type) VALUES (?, ?)');
  addBook.run('copies', 'outgoing', 'Sổ đăng ký bản sao', 1);
  for (const { name } of copyTypes) addType.run('copies', name);
};

const schema = `
ALTER TABLE book ADD COLUMN active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));
-- A year that is over: its last number stays the last one.
ALTER TABLE book_year ADD COLUMN closed_at TEXT;
-- For whom a number was kept, and by whom. It stays when the number is given or will not be.
ALTER TABLE book_number ADD COLUMN reserved_for TEXT;
ALTER TABLE book_number ADD COLUMN reserved_by TEXT REFERENCES person (id);
ALTER TABLE book_number ADD COLUMN reserved_at TEXT;
CREATE INDEX book_number_reserved ON book_number (book_id, year) WHERE state = 'reserved';
`;
