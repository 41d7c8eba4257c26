import type { DeliveryProgress, ListRequest, OutgoingRecord, WriteStores } from '#core/ports/stores.ts';
import type { Delivery, OutgoingBox, OutgoingRow } from '#shared/contract/outgoing.ts';
import { deliveryStates, type DeliveryState } from '#shared/domain/outgoing-state.ts';
import type { Sqlite } from '../connection/open-database.ts';
import type { SearchIndex } from './search.ts';

const boxes: Readonly<Record<OutgoingBox, string>> = {
  drafts: "state = 'draft'",
  'to-sign': "state IN ('approved', 'numbered', 'signed')",
  'to-send': "state IN ('sealed', 'queued')",
  sent: "state = 'sent'",
  returned: `state = 'sent' AND EXISTS (SELECT 1 FROM delivery d WHERE d.document_id = outgoing.id
    AND d.state IN ('refused', 'unknown-recipient'))`,
};

const timeColumn: Partial<Record<DeliveryState, string>> = {
  delivered: 'delivered_at',
  arrived: 'arrived_at',
  accepted: 'accepted_at',
  refused: 'refused_at',
  completed: 'completed_at',
};

interface RecordRow extends Omit<OutgoingRecord, 'fields' | 'placement' | 'verification'> {
  fields: string;
  placement: string;
  verification: string | null;
}

const recordColumns = `id, revision, state, fields, placement, file_id AS fileId, file_name AS fileName,
  file_size AS fileSize, page_count AS pageCount, original_file_id AS originalFileId, verification, book_id AS bookId,
  year, number, code_text AS codeText, created_at AS createdAt, changed_at AS changedAt, numbered_at AS numberedAt,
  sent_at AS sentAt, cancel_reason AS cancelReason`;

interface ListRow extends Omit<OutgoingRow, 'recipients' | 'numbered'> {
  numbered: number;
  total: number;
  arrived: number;
  accepted: number;
  refused: number;
  blocked: number;
}

const listColumns = `id, revision, state, code_text AS codeText, number IS NOT NULL AS numbered,
  document_type AS documentType, abstract, urgency, due_at AS dueAt, changed_at AS changedAt,
  (SELECT count(*) FROM delivery d WHERE d.document_id = outgoing.id) AS total,
  (SELECT count(*) FROM delivery d WHERE d.document_id = outgoing.id AND d.arrived_at IS NOT NULL) AS arrived,
  (SELECT count(*) FROM delivery d WHERE d.document_id = outgoing.id AND d.accepted_at IS NOT NULL) AS accepted,
  (SELECT count(*) FROM delivery d WHERE d.document_id = outgoing.id AND d.state = 'refused') AS refused,
  (SELECT count(*) FROM delivery d WHERE d.document_id = outgoing.id AND d.state = 'unknown-recipient') AS blocked`;

export function outgoingQueries(sqlite: Sqlite, search: SearchIndex): WriteStores['outgoing'] {
  const find = sqlite.prepare<[string], RecordRow>(`SELECT ${recordColumns} FROM outgoing WHERE id = ?`);
  const findByCode = sqlite.prepare<[string, string], RecordRow>(
    `SELECT ${recordColumns} FROM outgoing WHERE code_text = ? AND date = ? AND number IS NOT NULL`,
  );
  const insert = sqlite.prepare(
    `INSERT INTO outgoing (id, revision, state, fields, placement, file_id, file_name, file_size, page_count,
       original_file_id, verification, book_id, year, number, code_text, created_at, changed_at, numbered_at, sent_at,
       cancel_reason)
     VALUES (@id, @revision, @state, @fields, @placement, @fileId, @fileName, @fileSize, @pageCount, @originalFileId,
       @verification, @bookId, @year, @number, @codeText, @createdAt, @changedAt, @numberedAt, @sentAt, @cancelReason)`,
  );
  const update = sqlite.prepare(
    `UPDATE outgoing SET revision = @revision, state = @state, fields = @fields, placement = @placement,
       file_id = @fileId, file_name = @fileName, file_size = @fileSize, page_count = @pageCount,
       verification = @verification, book_id = @bookId, year = @year, number = @number, code_text = @codeText,
       changed_at = @changedAt, numbered_at = @numberedAt, sent_at = @sentAt, cancel_reason = @cancelReason
     WHERE id = @id AND revision = @revision - 1`,
  );
  const deliveries = sqlite.prepare<[string], Delivery>(
    `SELECT agency_code AS agencyCode, agency_name AS agencyName, state, delivered_at AS deliveredAt,
       arrived_at AS arrivedAt, accepted_at AS acceptedAt, refused_at AS refusedAt, reason
     FROM delivery WHERE document_id = ? ORDER BY position`,
  );
  const deliveryState = sqlite
    .prepare<[string, string]>('SELECT state FROM delivery WHERE document_id = ? AND agency_code = ?')
    .pluck();
  const dropTargets = sqlite.prepare('DELETE FROM delivery WHERE document_id = ?');
  const addTarget = sqlite.prepare(
    `INSERT INTO delivery (document_id, agency_code, agency_name, position, state) VALUES (?, ?, ?, ?, 'planned')`,
  );
  const counts = sqlite.prepare<[], Record<OutgoingBox, number>>(
    `SELECT ${Object.entries(boxes)
      .map(([box, where]) => `(SELECT count(*) FROM outgoing WHERE ${where}) AS "${box}"`)
      .join(', ')}`,
  );

  const index = (record: OutgoingRecord) =>
    search.put('outgoing', record.id, record.codeText, [
      record.fields.documentType,
      record.fields.abstract,
      record.fields.agencyName,
      record.fields.signerName,
      ...record.fields.addressees,
    ]);

  const store: WriteStores['outgoing'] = {
    find: (id) => toRecord(find.get(id)),
    findByCode: (codeText, date) => toRecord(findByCode.get(codeText, date)),
    list: (request) => list(sqlite, search, request),
    counts: () => ({ ...(counts.get() as Record<OutgoingBox, number>) }),
    deliveries: (id) => deliveries.all(id),
    insert: (record, targets) => {
      insert.run(toParams(record));
      store.setTargets(record.id, targets);
      index(record);
    },
    update: (record) => {
      if (update.run(toParams(record)).changes !== 1)
        throw new Error(`outgoing ${record.id} is not at ${record.revision - 1}`);
      index(record);
    },
    setTargets: (id, targets) => {
      dropTargets.run(id);
      targets.forEach((target, at) => addTarget.run(id, target.agencyCode, target.agencyName, at));
    },
    advanceDelivery: (id, agencyCode, progress) => {
      const state = deliveryState.get(id, agencyCode) as DeliveryState | undefined;
      if (state === undefined) return false;
      advance(sqlite, id, agencyCode, state, progress);
      return true;
    },
  };
  return store;
}

/** Statuses may arrive late or twice: the time of each is kept once, and the state never goes back. */
function advance(
  sqlite: Sqlite,
  id: string,
  agencyCode: string,
  from: DeliveryState,
  progress: DeliveryProgress,
): void {
  const forward = deliveryStates.indexOf(progress.state) > deliveryStates.indexOf(from);
  const column = timeColumn[progress.state];
  const sets = [
    forward ? 'state = @state, reason = @reason' : 'state = state',
    column === undefined ? null : `${column} = coalesce(${column}, @at)`,
    // A recipient that accepted must have got it, and one that completed must have accepted, whatever status was lost.
    ['accepted', 'refused', 'completed'].includes(progress.state) ? 'arrived_at = coalesce(arrived_at, @at)' : null,
    progress.state === 'completed' ? 'accepted_at = coalesce(accepted_at, @at)' : null,
  ].filter((part) => part !== null);
  sqlite
    .prepare(`UPDATE delivery SET ${sets.join(', ')} WHERE document_id = @id AND agency_code = @agencyCode`)
    .run({ id, agencyCode, state: progress.state, reason: progress.reason, at: progress.at });
}

function list(sqlite: Sqlite, search: SearchIndex, request: ListRequest<OutgoingBox>) {
  const found = search.condition(request.text);
  const where = `${boxes[request.box]}${found === null ? '' : ` AND id ${found.sql}`}`;
  const params = found?.params ?? [];
  const rows = sqlite
    .prepare<unknown[], ListRow>(
      `SELECT ${listColumns} FROM outgoing WHERE ${where} ORDER BY express DESC, changed_at DESC, id LIMIT ? OFFSET ?`,
    )
    .all(...params, request.limit, request.offset);
  const total = sqlite
    .prepare(`SELECT count(*) FROM outgoing WHERE ${where}`)
    .pluck()
    .get(...params) as number;
  return { rows: rows.map(toRow), total };
}

function toRow(row: ListRow): OutgoingRow {
  const { total, arrived, accepted, refused, blocked, numbered, ...rest } = row;
  return { ...rest, numbered: numbered === 1, recipients: { total, arrived, accepted, refused, blocked } };
}

function toRecord(row: RecordRow | undefined): OutgoingRecord | null {
  if (row === undefined) return null;
  return {
    ...row,
    fields: JSON.parse(row.fields) as OutgoingRecord['fields'],
    placement: JSON.parse(row.placement) as OutgoingRecord['placement'],
    verification: row.verification === null ? null : (JSON.parse(row.verification) as OutgoingRecord['verification']),
  };
}

function toParams(record: OutgoingRecord): Record<string, unknown> {
  return {
    ...record,
    fields: JSON.stringify(record.fields),
    placement: JSON.stringify(record.placement),
    verification: record.verification === null ? null : JSON.stringify(record.verification),
  };
}
