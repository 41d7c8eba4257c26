import type {
  DocumentIdentity,
  EarlierArrival,
  ElectronicTwin,
  IncomingRecord,
  IncomingWrites,
  RegisteredTwin,
} from '#core/incoming/incoming-store.ts';
import type { IncomingRow, ReceivedMessage } from '#shared/contract/incoming.ts';
import { listedFieldsOf } from '#shared/domain/document-fields.ts';
import { incomingBoxRules, type IncomingBox, type IncomingState } from '#shared/domain/incoming-state.ts';
import { codeVariants } from '#shared/domain/notation.ts';
import type { ReceptionWarning } from '#shared/domain/reception-warnings.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { readingReport, verificationReport } from './document-reports.ts';
import { documentTable, listSelect, type DocumentParts, type DocumentRow } from './documents.ts';

type Row = DocumentRow<IncomingState> &
  Pick<IncomingRecord, 'expressAt' | 'arrivedAt' | 'paperSenderCode'> & {
    readonly opened: number;
    readonly messageId: string | null;
  };

const ownColumns = {
  arrivedAt: 'arrived_at',
  expressAt: 'express_at',
  opened: 'opened',
  verdict: 'verdict',
  paperSenderCode: 'paper_sender_code',
};

/** The same sender, number and date as a document's; numbers are written in more than one way. */
const isSame = `d.direction = 'incoming' AND d.id <> @id AND d.code_text IN (SELECT value FROM json_each(@codes))
  AND d.date IS @date AND (coalesce(m.sender_code, d.paper_sender_code) = @senderCode OR d.agency_name = @agencyName)`;

const listColumns = listSelect(listedFieldsOf('incoming'), {
  id: 'd.id',
  revision: 'd.revision',
  state: 'd.state',
  arrivalNumber: 'n.number',
  expressAt: 'd.express_at',
  arrivedAt: 'd.arrived_at',
  opened: 'd.opened',
  verdict: 'd.verdict',
});

export function incomingQueries(sqlite: Sqlite, parts: DocumentParts): IncomingWrites {
  const { reports, attachments, references } = parts;
  const table = documentTable(sqlite, parts.search, 'incoming', ownColumns);
  const select = (where: string) =>
    sqlite.prepare<unknown[], Row>(
      `SELECT ${table.select}, m.message_id AS messageId, m.sender_code AS senderCode, m.sender_name AS senderName,
         m.sender_document_id AS documentId, m.edxml_file_id AS edxmlFileId
       FROM ${table.from} LEFT JOIN received_message m ON m.document_id = d.id
       WHERE d.direction = 'incoming' AND ${where}`,
    );
  const find = select('d.id = ?');
  const findByMessage = select('d.id = (SELECT document_id FROM received_message WHERE message_id = ?)');
  const arrivalsOf = sqlite.prepare<[string, string], EarlierArrival>(
    `SELECT d.id, d.state, m.edxml_file_id AS edxmlFileId FROM received_message m JOIN document d ON d.id = m.document_id
     WHERE m.sender_code = ? AND m.sender_document_id = ? ORDER BY d.seq DESC`,
  );
  const addMessage = sqlite.prepare('INSERT INTO received_message VALUES (?, ?, ?, ?, ?, ?)');
  const addWarning = sqlite.prepare('INSERT INTO document_warning VALUES (?, ?, ?)');
  const warnings = sqlite
    .prepare<[string], ReceptionWarning>('SELECT code FROM document_warning WHERE document_id = ? ORDER BY position')
    .pluck();
  const markOpened = sqlite.prepare(
    "UPDATE document SET opened = 1 WHERE id = ? AND direction = 'incoming' AND opened = 0",
  );
  const expectPaper = sqlite.prepare(
    "UPDATE document SET paper = 'expected' WHERE id = ? AND direction = 'incoming' AND paper = 'none'",
  );
  const duplicates = sqlite.prepare<unknown[], Omit<RegisteredTwin, 'onPaper'> & { readonly onPaper: number }>(
    `SELECT d.id, n.number AS arrivalNumber, d.code_text AS codeText, d.date, m.document_id IS NULL AS onPaper
     FROM document d JOIN book_number n ON n.document_id = d.id LEFT JOIN received_message m ON m.document_id = d.id
     WHERE ${isSame} ORDER BY n.at LIMIT 10`,
  );
  const electronicTwins = sqlite.prepare<unknown[], ElectronicTwin>(
    `SELECT d.id, d.revision, d.state, n.number AS arrivalNumber, d.code_text AS codeText, d.date, d.paper
     FROM document d JOIN received_message m ON m.document_id = d.id LEFT JOIN book_number n ON n.document_id = d.id
     WHERE ${isSame} AND d.state <> 'returned' ORDER BY d.seq LIMIT 10`,
  );
  const paperTwins = sqlite
    .prepare<unknown[], string>(
      `SELECT d.id FROM document d LEFT JOIN received_message m ON m.document_id = d.id
       WHERE ${isSame} AND m.document_id IS NULL ORDER BY d.seq LIMIT 10`,
    )
    .pluck();
  const identityParameters = ({ codeText, ...rest }: DocumentIdentity) => ({
    ...rest,
    codes: JSON.stringify(codeVariants(codeText)),
  });
  const joining = [
    `UPDATE received_message SET document_id = @toId WHERE document_id = @fromId`,
    // A scan that the paper document has comes after the files of the message.
    `UPDATE attachment SET position = position + 1000 WHERE document_id = @toId`,
    `UPDATE attachment SET document_id = @toId WHERE document_id = @fromId`,
    `UPDATE OR REPLACE document_report SET document_id = @toId WHERE document_id = @fromId`,
    `UPDATE document_warning SET document_id = @toId WHERE document_id = @fromId`,
    `UPDATE history SET document_id = @toId WHERE document_id = @fromId`,
    `UPDATE outbox SET document_id = @toId WHERE document_id = @fromId`,
    `UPDATE statement SET document_id = @toId WHERE document_id = @fromId`,
    `UPDATE OR REPLACE file_reference SET holder_id = @toId WHERE holder_id = @fromId`,
    `DELETE FROM search_words WHERE rowid = (SELECT seq FROM document WHERE id = @fromId)`,
    `DELETE FROM search_code WHERE rowid = (SELECT seq FROM document WHERE id = @fromId)`,
    `DELETE FROM document WHERE id = @fromId`,
  ].map((sql) => sqlite.prepare(sql));

  const toRecord = (row: Row | undefined): IncomingRecord | null => {
    if (row === undefined) return null;
    return {
      ...table.sharedOf(row),
      received: receivedOf(row),
      paperSenderCode: row.paperSenderCode,
      reading: reports.get(readingReport, row.id) ?? { sources: {}, regions: {} },
      warnings: warnings.all(row.id),
      verification: reports.get(verificationReport, row.id),
      expressAt: row.expressAt,
      opened: row.opened === 1,
      arrivedAt: row.arrivedAt,
    };
  };
  const ownOf = (record: IncomingRecord) => ({ ...record, verdict: record.verification?.verdict ?? null });

  return {
    find: (id) => toRecord(find.get(id)),
    findByMessage: (messageId) => toRecord(findByMessage.get(messageId)),
    arrivalsOf: (senderCode, documentId) => arrivalsOf.all(senderCode, documentId),
    list: (request) => {
      const page = table.list<IncomingBox, Omit<IncomingRow, 'opened'> & { opened: number }>(
        { rules: incomingBoxRules, select: listColumns, newestBy: 'arrived_at' },
        request,
      );
      return { ...page, rows: page.rows.map((row) => ({ ...row, opened: row.opened === 1 })) };
    },
    counts: (now) => table.counts(incomingBoxRules, now),
    attachments: (id) => attachments.of(id),
    duplicates: (identity) =>
      duplicates.all(identityParameters(identity)).map((twin) => ({ ...twin, onPaper: twin.onPaper === 1 })),
    electronicTwins: (identity) => electronicTwins.all(identityParameters(identity)),
    paperTwins: (identity) => paperTwins.all(identityParameters(identity)),
    join: (fromId, toId) => {
      for (const statement of joining) statement.run({ fromId, toId });
    },
    insert: (record, files) => {
      table.insert(ownOf(record), record.fields);
      const { received } = record;
      if (received !== null) {
        const { messageId, senderCode, senderName, documentId, edxmlFileId } = received;
        addMessage.run(record.id, messageId, senderCode, senderName, documentId, edxmlFileId);
        references.replace('received-message', record.id, [edxmlFileId]);
      }
      reports.set(readingReport, record.id, record.reading);
      if (record.verification !== null) reports.set(verificationReport, record.id, record.verification);
      for (const [at, code] of record.warnings.entries()) addWarning.run(record.id, at, code);
      attachments.replace(record.id, files);
    },
    update: (record) => table.update(ownOf(record), record.fields),
    markOpened: (id) => markOpened.run(id).changes === 1,
    expectPaper: (id) => void expectPaper.run(id),
  };
}

function receivedOf(row: Row): ReceivedMessage | null {
  if (row.messageId === null) return null;
  const { messageId, senderCode, senderName, documentId, edxmlFileId } = row as Row & ReceivedMessage;
  return { messageId, senderCode, senderName, documentId, edxmlFileId };
}
