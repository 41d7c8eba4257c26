import type { Migration } from './migrations.ts';

/** How the e-mails that brought documents were saved, until now as MIME, and how many pages documents have. */
export const mailFormatsAndPages: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
ALTER TABLE mail_arrival ADD COLUMN format TEXT NOT NULL DEFAULT 'eml' CHECK (format IN ('eml', 'msg', 'tnef'));

ALTER TABLE document ADD COLUMN page_amount INTEGER CHECK (page_amount >= 1);
-- What was counted in the file; 0 is a file that could not be read.
UPDATE document SET page_amount = nullif((
  SELECT page_count FROM attachment WHERE document_id = document.id AND role = 'main'), 0);
`;
