import type { Migration } from './migrations.ts';

/** What lists and books of a million documents need to be read from an index alone. */
export const listsOfYears: Migration = (sqlite) => {
  sqlite.exec(schema);
};

/**
 * The day that a book says of a number: that of an outgoing document's own date; of an incoming one's dấu ĐẾN, which paper may
 * have got before it was entered; of its entry otherwise.
 */
const dayOf = (number: string): string => `coalesce(
    (SELECT CASE WHEN d.direction = 'outgoing' THEN nullif(d.date, '')
       WHEN d.source IN ('scan', 'e-mail', 'paper') THEN date(d.arrived_at, '+7 hours') END
     FROM document d WHERE d.id = ${number}.document_id),
    date(${number}.at, '+7 hours'))`;

const entered = `
  UPDATE book_number SET day = ${dayOf('new')},
    document_seq = (SELECT d.seq FROM document d WHERE d.id = new.document_id)
  WHERE book_id = new.book_id AND year = new.year AND number = new.number AND suffix = new.suffix;`;

const schema = `
ALTER TABLE book_number ADD COLUMN day TEXT NOT NULL DEFAULT '';
-- That of the document: found in the order in which documents came, not in that of their ids.
ALTER TABLE book_number ADD COLUMN document_seq INTEGER;
UPDATE book_number SET day = ${dayOf('book_number')},
  document_seq = (SELECT d.seq FROM document d WHERE d.id = book_number.document_id);
CREATE INDEX book_number_day ON book_number (book_id, year, day, number, suffix);
CREATE INDEX book_number_document ON book_number (document_seq, book_id, year, number, suffix)
  WHERE document_seq IS NOT NULL;
CREATE INDEX book_number_void ON book_number (book_id, year) WHERE state = 'void';

CREATE TRIGGER book_number_entered AFTER INSERT ON book_number BEGIN ${entered}
END;
CREATE TRIGGER book_number_used AFTER UPDATE OF document_id, at ON book_number BEGIN ${entered}
END;
CREATE TRIGGER document_day_changed AFTER UPDATE OF date, arrived_at ON document
  WHEN old.date IS NOT new.date OR old.arrived_at IS NOT new.arrived_at BEGIN
  UPDATE book_number SET day = ${dayOf('book_number')} WHERE document_id = new.id;
END;

ALTER TABLE delivery ADD COLUMN document_seq INTEGER;
UPDATE delivery SET document_seq = (SELECT d.seq FROM document d WHERE d.id = delivery.document_id);
CREATE TRIGGER delivery_added AFTER INSERT ON delivery BEGIN
  UPDATE delivery SET document_seq = (SELECT d.seq FROM document d WHERE d.id = new.document_id)
  WHERE document_id = new.document_id AND agency_code = new.agency_code;
END;
DROP INDEX delivery_recipient;
CREATE INDEX delivery_recipient ON delivery (agency_code, document_seq);

-- What is open, with all that it is sorted and filtered by; what is finished has indexes of its own.
DROP INDEX incoming_box;
CREATE INDEX incoming_box ON document (state, express DESC, arrived_at DESC, seq DESC, document_type, urgency,
    agency_order, signer_order, code_order, due_at, source)
  WHERE direction = 'incoming' AND (state = 'arrived' OR state = 'registered');
CREATE INDEX incoming_paper ON document (arrived_at)
  WHERE direction = 'incoming' AND paper = 'expected' AND state IN ('arrived', 'registered');
-- The latest change comes long after the arrival of what is looked for by its day.
DROP INDEX incoming_changed;
CREATE INDEX incoming_changed ON document (changed_at DESC, seq DESC, arrived_at, state)
  WHERE direction = 'incoming' AND state IN ('done', 'returned');
`;
