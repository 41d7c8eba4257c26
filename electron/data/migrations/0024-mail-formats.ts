import type { Migration } from './migrations.ts';

/** How the e-mails that brought documents were saved; until now all were MIME. */
export const mailFormats: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
ALTER TABLE mail_arrival ADD COLUMN format TEXT NOT NULL DEFAULT 'eml' CHECK (format IN ('eml', 'msg', 'tnef'));
`;
