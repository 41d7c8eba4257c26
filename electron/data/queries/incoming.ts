import type { AttachmentRecord, IncomingRecord, ListRequest, WriteStores } from '#core/ports/stores.ts';
import type { IncomingBox, IncomingRow } from '#shared/contract/incoming.ts';
import type { Sqlite } from '../connection/open-database.ts';
import type { SearchIndex } from './search.ts';

/** "Due" looks this far ahead. */
const DUE_SOON_MS = 2 * 24 * 3600 * 1000;

const boxes: Readonly<Record<IncomingBox, string>> = {
  'to-register': "state = 'arrived'",
  express: "state IN ('arrived', 'registered') AND express = 1",
  'in-progress': "state = 'registered'",
  due: "state IN ('arrived', 'registered') AND due_at >= @now AND due_at < @soon",
  overdue: "state IN ('arrived', 'registered') AND due_at < @now",
  done: "state IN ('done', 'returned')",
};

type JsonColumn = 'fields' | 'fieldSources' | 'regions' | 'warnings' | 'verification';
type RecordRow = Omit<IncomingRecord, JsonColumn | 'opened'> & Record<JsonColumn, string> & { opened: number };

const recordColumns = `id, revision, state, message_id AS messageId, sender_code AS senderCode,
  sender_name AS senderName, document_id AS documentId, edxml_file_id AS edxmlFileId, fields,
  field_sources AS fieldSources, regions, warnings, coalesce(verification, 'null') AS verification, verdict,
  express_at AS expressAt, opened, arrived_at AS arrivedAt, changed_at AS changedAt, registered_at AS registeredAt,
  return_reason AS returnReason, year, arrival_number AS arrivalNumber`;

type ListRow = Omit<IncomingRow, 'opened'> & { opened: number };

const listColumns = `id, revision, state, arrival_number AS arrivalNumber, code_text AS codeText,
  agency_name AS agencyName, abstract, urgency, express_at AS expressAt, arrived_at AS arrivedAt, due_at AS dueAt,
  paper, opened, verdict`;

export function incomingQueries(sqlite: Sqlite, search: SearchIndex): WriteStores['incoming'] {
  const record = (where: string) =>
    sqlite.prepare<unknown[], RecordRow>(`SELECT ${recordColumns} FROM incoming WHERE ${where}`);
  const find = record('id = ?');
  const findByMessage = record('message_id = ?');
  const findByDocument = record('sender_code = ? AND document_id = ? ORDER BY rowid DESC LIMIT 1');
  const insert = sqlite.prepare(
    `INSERT INTO incoming (id, revision, state, message_id, sender_code, sender_name, document_id, edxml_file_id, fields,
       field_sources, regions, warnings, verification, verdict, express_at, opened, arrived_at, changed_at,
       registered_at, return_reason, book_id, year, arrival_number)
     VALUES (@id, @revision, @state, @messageId, @senderCode, @senderName, @documentId, @edxmlFileId, @fields,
       @fieldSources, @regions, @warnings, @verification, @verdict, @expressAt, @opened, @arrivedAt, @changedAt,
       @registeredAt, @returnReason, @bookId, @year, @arrivalNumber)`,
  );
  const update = sqlite.prepare(
    `UPDATE incoming SET revision = @revision, state = @state, fields = @fields, opened = @opened,
       changed_at = @changedAt, registered_at = @registeredAt, return_reason = @returnReason, book_id = @bookId,
       year = @year, arrival_number = @arrivalNumber
     WHERE id = @id AND revision = @revision - 1`,
  );
  const markOpened = sqlite.prepare('UPDATE incoming SET opened = 1 WHERE id = ? AND opened = 0');
  const addAttachment = sqlite.prepare('INSERT INTO attachment VALUES (?, ?, ?, ?, ?, ?)');
  const attachments = sqlite.prepare<[string], AttachmentRecord>(
    `SELECT file_id AS fileId, name, size, page_count AS pageCount FROM attachment WHERE incoming_id = ? ORDER BY position`,
  );
  const duplicates = sqlite.prepare<
    unknown[],
    { id: string; arrivalNumber: number; codeText: string; date: string | null }
  >(
    `SELECT id, arrival_number AS arrivalNumber, code_text AS codeText, date FROM incoming
     WHERE arrival_number IS NOT NULL AND id <> @id AND code_text = @codeText AND date IS @date
       AND (sender_code = @senderCode OR agency_name = @agencyName)
     ORDER BY registered_at LIMIT 10`,
  );

  const index = (r: IncomingRecord) =>
    search.put('incoming', r.id, r.fields.codeText, [
      r.fields.documentType,
      r.fields.abstract,
      r.fields.agencyName,
      r.fields.signerName,
      r.fields.forwardTo,
    ]);

  return {
    find: (id) => toRecord(find.get(id)),
    findByMessage: (messageId) => toRecord(findByMessage.get(messageId)),
    findByDocument: (senderCode, documentId) => toRecord(findByDocument.get(senderCode, documentId)),
    list: (request) => list(sqlite, search, request),
    counts: (now) => countAll(sqlite, now),
    attachments: (id) => attachments.all(id),
    duplicates: (r) =>
      duplicates.all({
        id: r.id,
        codeText: r.fields.codeText,
        date: r.fields.date,
        senderCode: r.senderCode,
        agencyName: r.fields.agencyName,
      }),
    insert: (r, files) => {
      insert.run(toParams(r));
      files.forEach((file, at) => addAttachment.run(r.id, at, file.fileId, file.name, file.size, file.pageCount));
      index(r);
    },
    update: (r) => {
      if (update.run(toParams(r)).changes !== 1) throw new Error(`incoming ${r.id} is not at ${r.revision - 1}`);
      index(r);
    },
    markOpened: (id) => markOpened.run(id).changes === 1,
  };
}

const moments = (now: Date) => ({ now: now.toISOString(), soon: new Date(now.getTime() + DUE_SOON_MS).toISOString() });

function list(sqlite: Sqlite, search: SearchIndex, request: ListRequest<IncomingBox>) {
  const found = search.condition(request.text);
  const where = `${boxes[request.box]}${found === null ? '' : ` AND id ${found.sql}`}`;
  const positional = found?.params ?? [];
  const named = usesTime(request.box) ? [moments(request.now)] : [];
  // Left to itself the planner takes the index of states and sorts everything that was ever done.
  const from = request.box === 'done' && found === null ? 'incoming INDEXED BY incoming_finished' : 'incoming';
  const order = request.box === 'done' ? 'changed_at DESC, id' : 'express DESC, arrived_at DESC, id';
  const rows = sqlite
    .prepare<unknown[], ListRow>(`SELECT ${listColumns} FROM ${from} WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`)
    .all(...positional, request.limit, request.offset, ...named);
  const total = sqlite
    .prepare(`SELECT count(*) FROM incoming WHERE ${where}`)
    .pluck()
    .get(...positional, ...named) as number;
  return { rows: rows.map((row) => ({ ...row, opened: row.opened === 1 })), total };
}

const usesTime = (box: IncomingBox) => box === 'due' || box === 'overdue';

function countAll(sqlite: Sqlite, now: Date): Record<IncomingBox, number> {
  const sql = Object.entries(boxes)
    .map(([box, where]) => `(SELECT count(*) FROM incoming WHERE ${where}) AS "${box}"`)
    .join(', ');
  return { ...(sqlite.prepare(`SELECT ${sql}`).get(moments(now)) as Record<IncomingBox, number>) };
}

function toRecord(row: RecordRow | undefined): IncomingRecord | null {
  if (row === undefined) return null;
  return {
    ...row,
    opened: row.opened === 1,
    fields: JSON.parse(row.fields) as IncomingRecord['fields'],
    fieldSources: JSON.parse(row.fieldSources) as IncomingRecord['fieldSources'],
    regions: JSON.parse(row.regions) as IncomingRecord['regions'],
    warnings: JSON.parse(row.warnings) as string[],
    verification: JSON.parse(row.verification) as IncomingRecord['verification'],
  };
}

function toParams(record: IncomingRecord): Record<string, unknown> {
  return {
    ...record,
    opened: record.opened ? 1 : 0,
    fields: JSON.stringify(record.fields),
    fieldSources: JSON.stringify(record.fieldSources),
    regions: JSON.stringify(record.regions),
    warnings: JSON.stringify(record.warnings),
    verification: record.verification === null ? null : JSON.stringify(record.verification),
    bookId: record.arrivalNumber === null ? null : 'incoming',
  };
}
