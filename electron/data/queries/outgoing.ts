import type { OutgoingRecord, OutgoingWrites } from '#core/outgoing/outgoing-store.ts';
import type { WatchCounts } from '#core/watching/watching-stores.ts';
import type { OutgoingRow } from '#shared/contract/outgoing.ts';
import type { RecipientCounts } from '#shared/domain/delivery.ts';
import { listedFieldsOf } from '#shared/domain/document-fields.ts';
import type { DueRule } from '#shared/domain/due-rule.ts';
import { outgoingBoxRules, type OutgoingBox, type OutgoingState } from '#shared/domain/outgoing-state.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { isLimited } from './access.ts';
import { deliveryQueries, recipientCountColumns } from './deliveries.ts';
import { pageReport, placementReport, verificationReport } from './document-reports.ts';
import { callWaits, extensionWaits } from './watched.ts';
import { type MendedColumns, mendedColumns, mendedFrom, toMendedColumns } from './mended-from.ts';
import { otherRecipientQueries } from './other-recipients.ts';
import { replacedFileQueries } from './replaced-files.ts';
import { documentTable, listSelect, type DocumentParts, type DocumentRow } from './documents.ts';

type Row = DocumentRow<OutgoingState> &
  Pick<OutgoingRecord, Exclude<keyof typeof ownColumns, keyof MendedColumns>> &
  MendedColumns;

const ownColumns = {
  codeText: 'code_text',
  originalFileId: 'original_file_id',
  ...mendedColumns,
  sentAt: 'sent_at',
  sentBackReason: 'sent_back_reason',
  sentBackBy: 'sent_back_by',
  madeFrom: 'made_from',
};

const listColumns = listSelect(listedFieldsOf('outgoing'), {
  id: 'd.id',
  revision: 'd.revision',
  state: 'd.state',
  codeText: 'd.code_text',
  numbered: 'n.number IS NOT NULL',
  changedAt: 'd.changed_at',
  expressAt: 'd.express_at',
  sentAt: 'd.sent_at',
  // As the index of what is to be posted says it (`isPaperToPost`).
  paperToPost: `(SELECT count(*) FROM delivery x WHERE x.document_id = d.id AND x.paper_needed = 1
    AND x.paper_posted_on IS NULL AND x.paper_received_at IS NULL)
    + iif(d.state NOT IN ('queued', 'sent'), 0, (SELECT count(*) FROM other_recipient o WHERE o.document_id = d.id AND o.kind = 'paper'
      AND o.posted_on IS NULL))`,
  inside: `(SELECT count(*) FROM other_recipient o WHERE o.document_id = d.id AND o.kind = 'inside')`,
  onPaper: `(SELECT count(*) FROM other_recipient o WHERE o.document_id = d.id AND o.kind = 'paper')`,
  reason: 'd.reason',
  sentBack: 'd.sent_back_reason IS NOT NULL',
  limited: isLimited,
  ...recipientCountColumns,
});

type ListRow = Omit<OutgoingRow, 'recipients' | 'numbered' | 'watch' | 'sentBack' | 'limited'> &
  RecipientCounts & { readonly numbered: number; readonly sentBack: number; readonly limited: number };

export function outgoingQueries(sqlite: Sqlite, parts: DocumentParts): OutgoingWrites {
  const { reports, attachments, references } = parts;
  const deliveries = deliveryQueries(sqlite);
  const others = otherRecipientQueries(sqlite);
  const replaced = replacedFileQueries(sqlite, references);
  const table = documentTable(sqlite, parts.search, 'outgoing', ownColumns);
  const select = (where: string) =>
    sqlite.prepare<unknown[], Row>(
      `SELECT ${table.select} FROM ${table.from} WHERE d.direction = 'outgoing' AND ${where}`,
    );
  const find = select('d.id = ?');
  const findByCode = select(
    `d.code_text = @codeText AND d.date = @date AND n.number IS NOT NULL
     ORDER BY EXISTS (SELECT 1 FROM delivery x WHERE x.document_id = d.id AND x.agency_code = @recipientCode) DESC,
       d.sent_at IS NULL`,
  );

  const rowsOf = sqlite.prepare<[string], ListRow>(
    `SELECT ${listColumns} FROM document d LEFT JOIN book_number n ON n.document_id = d.id
     WHERE d.direction = 'outgoing' AND d.id IN (SELECT value FROM json_each(?))`,
  );
  const watchedCounts = sqlite.prepare<[string], WatchCounts & { readonly documentId: string }>(
    `SELECT w.document_id AS documentId, count(*) AS total, count(w.opened_at) AS opened,
       count(*) FILTER (WHERE ${callWaits}) AS calls, min(w.call_from) AS callFrom,
       count(*) FILTER (WHERE ${extensionWaits}) AS extensions
     FROM watched_delivery w WHERE w.document_id IN (SELECT value FROM json_each(?)) GROUP BY w.document_id`,
  );
  const listed = (rows: readonly ListRow[]): OutgoingRow[] => {
    const counts = watchedCounts.all(JSON.stringify(rows.map(({ id }) => id)));
    const byId = new Map(counts.map(({ documentId, ...watch }) => [documentId, watch]));
    return rows.map((row) => toListed(row, byId.get(row.id) ?? null));
  };
  const lastOfType = sqlite.prepare<[string], { readonly rule: DueRule | null }>(
    `SELECT due_rule AS rule FROM document WHERE direction = 'outgoing' AND document_type = ? AND state <> 'discarded'
     ORDER BY seq DESC LIMIT 1`,
  );

  const madeInto = sqlite.prepare<[string], { readonly id: string; readonly codeText: string }>(
    "SELECT id, code_text AS codeText FROM document WHERE made_from = ? AND state <> 'discarded' ORDER BY seq",
  );

  const toRecord = (row: Row | undefined): OutgoingRecord | null => {
    if (row === undefined) return null;
    const placement = reports.get(placementReport, row.id);
    if (placement === null) throw new Error(`outgoing ${row.id} does not say where it leaves room`);
    return {
      ...table.sharedOf(row),
      codeText: row.codeText,
      placement,
      page: reports.get(pageReport, row.id),
      originalFileId: row.originalFileId,
      mended: mendedFrom(row),
      attachments: attachments.of(row.id),
      verification: reports.get(verificationReport, row.id),
      sentAt: row.sentAt,
      sentBackReason: row.sentBackReason,
      sentBackBy: row.sentBackBy,
      madeFrom: row.madeFrom,
      replaced: replaced.of(row.id),
    };
  };
  const writeParts = (record: OutgoingRecord): void => {
    reports.set(placementReport, record.id, record.placement);
    if (record.page !== null) reports.set(pageReport, record.id, record.page);
    if (record.verification !== null) reports.set(verificationReport, record.id, record.verification);
    attachments.replace(record.id, record.attachments);
    references.replace('original', record.id, [record.originalFileId]);
    references.replace('imported', record.id, [record.mended?.fileId ?? null]);
    replaced.add(record.id, record.replaced);
  };

  return {
    find: (id) => toRecord(find.get(id)),
    findByCode: (codeText, date, recipientCode) => toRecord(findByCode.get({ codeText, date, recipientCode })),
    list: (request) => {
      const page = table.list<OutgoingBox, ListRow>(
        { rules: outgoingBoxRules, select: listColumns, newestBy: 'changed_at' },
        request,
      );
      return { ...page, rows: listed(page.rows) };
    },
    rows: (ids) => {
      const rows = listed(rowsOf.all(JSON.stringify(ids)));
      return ids.map((id) => rows.find((row) => row.id === id)).filter((row) => row !== undefined);
    },
    counts: (now) => table.counts(outgoingBoxRules, now),
    listValues: (hidden) => table.values(hidden),
    deliveries: deliveries.of,
    otherRecipients: others.of,
    madeInto: (id) => madeInto.all(id),
    lastDueRule: (documentType) => lastOfType.get(documentType)?.rule ?? null,
    insert: (record, targets) => {
      table.insert({ ...record, ...toMendedColumns(record.mended) }, record.fields);
      deliveries.setTargets(record.id, targets);
      writeParts(record);
    },
    update: (record) => {
      table.update({ ...record, ...toMendedColumns(record.mended) }, record.fields);
      writeParts(record);
    },
    setTargets: deliveries.setTargets,
    replaceTarget: deliveries.replaceTarget,
    advanceDelivery: deliveries.advance,
    setPaper: deliveries.setPaper,
    setRecallAnswer: deliveries.setRecallAnswer,
    setOtherTargets: others.set,
    setOtherPosted: others.setPosted,
    setOtherResult: others.setResult,
  };
}

function toListed(
  { total, arrived, opened, accepted, refused, blocked, numbered, sentBack, limited, ...rest }: ListRow,
  watch: OutgoingRow['watch'],
): OutgoingRow {
  const recipients = { total, arrived, opened, accepted, refused, blocked };
  return { ...rest, numbered: numbered === 1, sentBack: sentBack === 1, limited: limited === 1, recipients, watch };
}
