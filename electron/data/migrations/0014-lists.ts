import { comparableCode } from '#shared/domain/notation.ts';
import { codeOrder, vietnameseOrder } from '#shared/domain/vietnamese-order.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { Migration } from './migrations.ts';

/**
 * What lists of years of documents need: the order of the Vietnamese alphabet as columns, an index for each way of
 * sorting and filtering, and how many documents are in each state without counting them.
 */
export const lists: Migration = (sqlite) => {
  sqlite.exec(columns);
  fillOrders(sqlite);
  sqlite.exec(indexes);
};

const columns = `
-- As shared/domain/vietnamese-order.ts makes them; SQLite knows no order but that of bytes.
ALTER TABLE document ADD COLUMN agency_order TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN signer_order TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN code_order TEXT NOT NULL DEFAULT '';
CREATE TABLE document_count (
  direction TEXT NOT NULL,
  state TEXT NOT NULL,
  total INTEGER NOT NULL,
  PRIMARY KEY (direction, state)
) STRICT, WITHOUT ROWID;
`;

/** Each distinct text once, then one pass over the documents. */
function fillOrders(sqlite: Sqlite): void {
  sqlite.exec('CREATE TEMP TABLE text_order (text TEXT PRIMARY KEY, name_order TEXT, code_order TEXT) WITHOUT ROWID');
  const add = sqlite.prepare('INSERT INTO text_order VALUES (?, ?, ?)');
  const texts = sqlite
    .prepare<[], string>(
      'SELECT agency_name FROM document UNION SELECT signer_name FROM document UNION SELECT code_text FROM document',
    )
    .pluck()
    .all();
  for (const text of texts) add.run(text, vietnameseOrder(text), codeOrder(comparableCode(text)));
  sqlite.exec(`
    UPDATE document SET
      agency_order = (SELECT name_order FROM text_order WHERE text = agency_name),
      signer_order = (SELECT name_order FROM text_order WHERE text = signer_name),
      code_order = (SELECT code_order FROM text_order WHERE text = code_text);
    DROP TABLE text_order;
  `);
}

const incomingSorted = (name: string, column: string) =>
  `CREATE INDEX incoming_${name} ON document (${column}, arrived_at DESC, seq DESC, state)
     WHERE direction = 'incoming' AND state <> 'arrived';`;
const sentSorted = (name: string, column: string) =>
  `CREATE INDEX sent_${name} ON document (${column}, changed_at DESC, seq DESC)
     WHERE direction = 'outgoing' AND state = 'sent';`;

const indexes = `
INSERT INTO document_count SELECT direction, state, count(*) FROM document GROUP BY direction, state;
CREATE TRIGGER document_counted AFTER INSERT ON document BEGIN
  INSERT INTO document_count VALUES (new.direction, new.state, 1)
  ON CONFLICT (direction, state) DO UPDATE SET total = total + 1;
END;
CREATE TRIGGER document_moved AFTER UPDATE OF state ON document WHEN old.state <> new.state BEGIN
  UPDATE document_count SET total = total - 1 WHERE direction = old.direction AND state = old.state;
  INSERT INTO document_count VALUES (new.direction, new.state, 1)
  ON CONFLICT (direction, state) DO UPDATE SET total = total + 1;
END;
CREATE TRIGGER document_gone AFTER DELETE ON document BEGIN
  UPDATE document_count SET total = total - 1 WHERE direction = old.direction AND state = old.state;
END;

-- What waits to be registered is few and sorted as it is asked for; only what stays is kept in each order.
CREATE INDEX incoming_at ON document (arrived_at DESC, seq DESC, state)
  WHERE direction = 'incoming' AND state <> 'arrived';
${incomingSorted('agency', 'agency_order')}
${incomingSorted('signer', 'signer_order')}
${incomingSorted('type', 'document_type')}
${incomingSorted('urgency', 'urgency')}
${incomingSorted('code', 'code_order')}
${incomingSorted('deadline', "coalesce(due_at, '~')")}
DROP INDEX incoming_finished;
CREATE INDEX incoming_changed ON document (changed_at DESC, seq DESC)
  WHERE direction = 'incoming' AND state IN ('done', 'returned');
CREATE INDEX incoming_express ON document (arrived_at DESC, seq DESC)
  WHERE direction = 'incoming' AND express = 1 AND state IN ('arrived', 'registered');
CREATE INDEX incoming_due ON document (due_at)
  WHERE direction = 'incoming' AND due_at IS NOT NULL AND state IN ('arrived', 'registered');
CREATE INDEX incoming_forwarded ON document (arrived_at DESC, forward_to)
  WHERE direction = 'incoming' AND forward_to <> '';

CREATE INDEX sent_at ON document (changed_at DESC, seq DESC) WHERE direction = 'outgoing' AND state = 'sent';
${sentSorted('signer', 'signer_order')}
${sentSorted('type', 'document_type')}
${sentSorted('urgency', 'urgency')}
${sentSorted('code', 'code_order')}
${sentSorted('deadline', "coalesce(due_at, '~')")}
CREATE INDEX delivery_recipient ON delivery (agency_code, document_id);
CREATE INDEX delivery_posted ON delivery (paper_posted_on, document_id) WHERE paper_posted_on IS NOT NULL;
CREATE INDEX book_number_suffix ON book_number (book_id, year) WHERE suffix <> '';
CREATE INDEX delivery_not_taken ON delivery (document_id) WHERE state IN ('refused', 'unknown-recipient');
`;
