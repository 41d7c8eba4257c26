import type {
  DocumentIdentity,
  EarlierArrival,
  ElectronicTwin,
  IncomingRecord,
  IncomingWrites,
  MailRecord,
  RecallRequest,
  RegisteredTwin,
} from '#core/incoming/incoming-store.ts';
import type { ForwardChoice, IncomingRow, LaneLetter, ReceivedMessage } from '#shared/contract/incoming.ts';
import { listedFieldsOf } from '#shared/domain/document-fields.ts';
import { incomingBoxRules, type IncomingBox, type IncomingState } from '#shared/domain/incoming-state.ts';
import { comparableCode } from '#shared/domain/notation.ts';
import { vietnameseOrder } from '#shared/domain/vietnamese-order.ts';
import type { ReceptionWarning } from '#shared/domain/reception-warnings.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { isLimited } from './access.ts';
import { readingReport, verificationReport } from './document-reports.ts';
import { documentTable, listSelect, type DocumentParts, type DocumentRow } from './documents.ts';

type Row = DocumentRow<IncomingState> &
  Pick<IncomingRecord, 'expressAt' | 'arrivedAt' | 'paperSenderCode' | 'source'> & {
    readonly opened: number;
    readonly messageId: string | null;
  };

const ownColumns = {
  arrivedAt: 'arrived_at',
  expressAt: 'express_at',
  opened: 'opened',
  verdict: 'verdict',
  paperSenderCode: 'paper_sender_code',
  source: 'source',
};

/** What the register lane counts. */
const laneRules = { waiting: incomingBoxRules['to-register'] };

/** The same sender, number and date as a document's; by what the number means, for it is written in many ways. */
const isSame = `d.direction = 'incoming' AND d.id <> @id AND d.code_key = @codeKey
  AND d.date IS @date AND (coalesce(m.sender_code, d.paper_sender_code) = @senderCode OR d.agency_name = @agencyName)`;

/** What is offered in forms comes from documents that everybody may see. */
const isForAll = 'd.id NOT IN (SELECT l.document_id FROM limited_document l)';

const listColumns = listSelect(listedFieldsOf('incoming'), {
  id: 'd.id',
  revision: 'd.revision',
  state: 'd.state',
  arrivalNumber: 'n.number',
  expressAt: 'd.express_at',
  arrivedAt: 'd.arrived_at',
  source: 'd.source',
  opened: 'd.opened',
  verdict: 'd.verdict',
  limited: isLimited,
  recall: `coalesce(
    (SELECT coalesce(r.answer, 'asked') FROM recall_request r WHERE r.document_id = d.id),
    (SELECT iif(r.answer IS NULL, 'asks', 'answered') FROM recall_request r WHERE r.asked_by = d.id))`,
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
  type RecallRow = Omit<RecallRequest, 'settledRequest'> & { readonly settledRequest: number };
  const selectRecall = `SELECT document_id AS documentId, asked_by AS askedBy, asked_at AS askedAt, reason, answer,
    answered_at AS answeredAt, answer_reason AS answerReason, ended_from AS endedFrom,
    settled_request AS settledRequest, earlier_reason AS earlierReason FROM recall_request`;
  const recallOf = sqlite.prepare<[string], RecallRow>(`${selectRecall} WHERE document_id = ?`);
  const recallAskedBy = sqlite.prepare<[string], RecallRow>(`${selectRecall} WHERE asked_by = ?`);
  const putRecall = sqlite.prepare(
    `INSERT OR REPLACE INTO recall_request (document_id, asked_by, asked_at, reason, answer, answered_at, answer_reason,
       ended_from, settled_request, earlier_reason)
     VALUES (@documentId, @askedBy, @askedAt, @reason, @answer, @answeredAt, @answerReason, @endedFrom, @settledRequest,
       @earlierReason)`,
  );
  const toRecall = (row: RecallRow | undefined): RecallRequest | null =>
    row === undefined ? null : { ...row, settledRequest: row.settledRequest === 1 };
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
  type TwinRow = Omit<RegisteredTwin, 'onPaper' | 'sameFile'> & { readonly onPaper: number };
  const duplicates = sqlite.prepare<unknown[], TwinRow>(
    `SELECT d.id, n.number AS arrivalNumber, d.code_text AS codeText, d.date, m.document_id IS NULL AS onPaper
     FROM document d JOIN book_number n ON n.document_id = d.id LEFT JOIN received_message m ON m.document_id = d.id
     WHERE ${isSame} ORDER BY n.at LIMIT 10`,
  );
  // By the page alone: forms and appendices are sent with many letters.
  const sameFile = sqlite.prepare<{ readonly id: string }, TwinRow>(
    `SELECT d.id, n.number AS arrivalNumber, d.code_text AS codeText, d.date, m.document_id IS NULL AS onPaper
     FROM attachment own
       JOIN file_reference r ON r.file_id = own.file_id AND r.holder = 'attachment' AND r.holder_id <> @id
       JOIN attachment other ON other.document_id = r.holder_id AND other.file_id = own.file_id
         AND other.role IN ('main', 'paper-scan')
       JOIN document d ON d.id = r.holder_id
       LEFT JOIN book_number n ON n.document_id = d.id LEFT JOIN received_message m ON m.document_id = d.id
     WHERE own.document_id = @id AND own.role = 'main' AND d.direction = 'incoming' AND d.state <> 'returned'
     ORDER BY n.at IS NULL, n.at, d.seq LIMIT 10`,
  );
  const mails = sqlite.prepare<[string], MailRecord>(
    `SELECT file_id AS fileId, format, sender_name AS senderName, sender_address AS senderAddress, subject, sent_at AS sentAt
     FROM mail_arrival WHERE document_id = ? ORDER BY sent_at, file_id`,
  );
  const addMail =
    sqlite.prepare(`INSERT INTO mail_arrival (document_id, file_id, format, sender_name, sender_address, subject, sent_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const setArrival = sqlite.prepare("UPDATE document SET arrived_at = ? WHERE id = ? AND direction = 'incoming'");
  const referMails = (id: string): void =>
    references.replace(
      'mail',
      id,
      mails.all(id).map(({ fileId }) => fileId),
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
  const lane = sqlite.prepare<[string, number], Omit<LaneLetter, 'limited'> & { readonly limited: number }>(
    `SELECT d.id, d.code_text AS codeText, d.agency_name AS agencyName, d.urgency, d.express_at AS expressAt,
       d.arrived_at AS arrivedAt, d.source, ${isLimited} AS limited
     FROM document d WHERE d.direction = 'incoming' AND d.state = 'arrived'
       AND d.id NOT IN (SELECT p.document_id FROM put_aside p WHERE p.until > ?)
     ORDER BY d.express DESC, d.arrived_at DESC, d.id LIMIT ?`,
  );
  // The newest few thousand say enough, and are read from one index however large the register is.
  const forwardChoices = sqlite.prepare<[string, number], ForwardChoice>(
    `SELECT text, count(*) AS times FROM
       (SELECT d.forward_to AS text, d.arrived_at AS at FROM document d INDEXED BY incoming_forwarded
        WHERE d.direction = 'incoming' AND d.forward_to <> '' AND d.arrived_at >= ? AND ${isForAll} ORDER BY d.arrived_at DESC LIMIT 3000)
     GROUP BY text ORDER BY times DESC, max(at) DESC LIMIT ?`,
  );
  const lastForwards = sqlite
    .prepare<[string, string], string>(
      `SELECT d.forward_to FROM document d INDEXED BY incoming_agency
       WHERE d.direction = 'incoming' AND d.state <> 'arrived' AND d.agency_order = ? AND d.arrived_at >= ?
         AND ${isForAll}
       ORDER BY d.arrived_at DESC, d.seq DESC LIMIT 200`,
    )
    .pluck();
  const identityParameters = ({ codeText, ...rest }: DocumentIdentity) => ({
    ...rest,
    codeKey: comparableCode(codeText),
  });
  const joining = [
    `UPDATE received_message SET document_id = @toId WHERE document_id = @fromId`,
    // What the message brings as well is its own. The rest comes after the files of the message, as scans.
    `DELETE FROM attachment WHERE document_id = @toId
       AND file_id IN (SELECT file_id FROM attachment WHERE document_id = @fromId)`,
    `UPDATE attachment SET position = position + 1000, role = 'paper-scan' WHERE document_id = @toId`,
    `UPDATE attachment SET document_id = @toId WHERE document_id = @fromId`,
    `UPDATE OR REPLACE document_report SET document_id = @toId WHERE document_id = @fromId`,
    `UPDATE document_warning SET document_id = @toId WHERE document_id = @fromId`,
    `UPDATE history SET document_id = @toId WHERE document_id = @fromId`,
    `UPDATE outbox SET document_id = @toId WHERE document_id = @fromId`,
    `UPDATE statement SET document_id = @toId WHERE document_id = @fromId`,
    `UPDATE OR REPLACE file_reference SET holder_id = @toId WHERE holder_id = @fromId`,
    `UPDATE OR IGNORE relation SET document_id = @toId WHERE document_id = @fromId`,
    `UPDATE OR IGNORE relation SET other_id = @toId WHERE other_id = @fromId AND document_id <> @toId`,
    `DELETE FROM relation WHERE document_id = @fromId OR other_id = @fromId`,
    // Two recalls of one document: that of the joined one is asked of what it is now.
    `UPDATE OR REPLACE recall_request SET document_id = @toId WHERE document_id = @fromId`,
    `UPDATE recall_request SET asked_by = NULL WHERE asked_by = @fromId`,
    `INSERT OR IGNORE INTO limited_document SELECT @toId, person_id, at FROM limited_document WHERE document_id = @fromId`,
    `UPDATE limited_reader SET document_id = @toId WHERE document_id = @fromId`,
    `DELETE FROM limited_document WHERE document_id = @fromId`,
    `DELETE FROM put_aside WHERE document_id = @fromId`,
    `DELETE FROM search_words WHERE rowid = (SELECT seq FROM document WHERE id = @fromId)`,
    `DELETE FROM search_code WHERE rowid = (SELECT seq FROM document WHERE id = @fromId)`,
    `DELETE FROM document WHERE id = @fromId`,
  ].map((sql) => sqlite.prepare(sql));

  const attaching = [
    `UPDATE OR IGNORE mail_arrival SET document_id = @toId WHERE document_id = @fromId`,
    `DELETE FROM mail_arrival WHERE document_id = @fromId`,
    `DELETE FROM attachment WHERE document_id = @fromId`,
    `UPDATE OR IGNORE document_report SET document_id = @toId WHERE document_id = @fromId`,
    `DELETE FROM document_report WHERE document_id = @fromId`,
    `DELETE FROM document_warning WHERE document_id = @fromId`,
    `UPDATE history SET document_id = @toId WHERE document_id = @fromId`,
    `DELETE FROM file_reference WHERE holder_id = @fromId`,
    `INSERT OR IGNORE INTO limited_document SELECT @toId, person_id, at FROM limited_document WHERE document_id = @fromId`,
    `UPDATE limited_reader SET document_id = @toId WHERE document_id = @fromId`,
    `DELETE FROM limited_document WHERE document_id = @fromId`,
    `DELETE FROM put_aside WHERE document_id = @fromId`,
    `DELETE FROM search_words WHERE rowid = (SELECT seq FROM document WHERE id = @fromId)`,
    `DELETE FROM search_code WHERE rowid = (SELECT seq FROM document WHERE id = @fromId)`,
    `DELETE FROM document WHERE id = @fromId`,
  ].map((sql) => sqlite.prepare(sql));

  const toRecord = (row: Row | undefined): IncomingRecord | null => {
    if (row === undefined) return null;
    return {
      ...table.sharedOf(row),
      received: receivedOf(row),
      source: row.source,
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
    recallOf: (documentId) => toRecall(recallOf.get(documentId)),
    recallAskedBy: (id) => toRecall(recallAskedBy.get(id)),
    putRecall: (request) => void putRecall.run({ ...request, settledRequest: request.settledRequest ? 1 : 0 }),
    list: (request) => {
      const page = table.list<
        IncomingBox,
        Omit<IncomingRow, 'opened' | 'limited'> & { opened: number; limited: number }
      >({ rules: incomingBoxRules, select: listColumns, newestBy: 'arrived_at' }, request);
      return {
        ...page,
        rows: page.rows.map((row) => ({ ...row, opened: row.opened === 1, limited: row.limited === 1 })),
      };
    },
    counts: (now, me) => table.counts(incomingBoxRules, now, me),
    listValues: (hidden) => table.values(hidden),
    lane: (now, limit) => ({
      letters: lane.all(now.toISOString(), limit).map((letter) => ({ ...letter, limited: letter.limited === 1 })),
      total: table.counts(laneRules, now).waiting,
    }),
    forwardChoices: (since, limit) => forwardChoices.all(since, limit),
    lastForward: (agencyName, since) => {
      const forwards = lastForwards.all(vietnameseOrder(agencyName), since);
      const text = forwards.find((each) => each !== '');
      return text === undefined ? null : { text, times: forwards.filter((each) => each === text).length };
    },
    attachments: (id) => attachments.of(id),
    duplicates: (identity) => {
      const byFile = sameFile.all({ id: identity.id });
      const sameFiles = new Set(byFile.map(({ id }) => id));
      const named = duplicates.all(identityParameters(identity));
      const known = new Set(named.map(({ id }) => id));
      return [...named, ...byFile.filter(({ id }) => !known.has(id))].map((twin) => ({
        ...twin,
        onPaper: twin.onPaper === 1,
        sameFile: sameFiles.has(twin.id),
      }));
    },
    mails: (id) => mails.all(id),
    setFiles: (id, files) => attachments.replace(id, files),
    addMail: (id, { fileId, format, senderName, senderAddress, subject, sentAt }) => {
      addMail.run(id, fileId, format, senderName, senderAddress, subject, sentAt);
      referMails(id);
    },
    setArrival: (id, arrivedAt) => void setArrival.run(arrivedAt, id),
    attach: (fromId, toId) => {
      for (const statement of attaching) statement.run({ fromId, toId });
      referMails(toId);
    },
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
