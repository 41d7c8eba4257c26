import {
  advanceDelivery,
  plannedDelivery,
  recipientCountRules,
  type Delivery,
  type DeliveryPaper,
  type DeliveryProgress,
  type DeliveryRecall,
  type DeliveryTarget,
  type DeliveryTime,
} from '#shared/domain/delivery.ts';
import type { Sqlite } from '../connection/sqlite.ts';

const timeColumns: Readonly<Record<DeliveryTime, string>> = {
  deliveredAt: 'delivered_at',
  arrivedAt: 'arrived_at',
  openedAt: 'opened_at',
  acceptedAt: 'accepted_at',
  refusedAt: 'refused_at',
  completedAt: 'completed_at',
};
const columns: Readonly<Record<keyof Delivery, string>> = {
  agencyCode: 'agency_code',
  agencyName: 'agency_name',
  state: 'state',
  ...timeColumns,
  reason: 'reason',
  paperNeeded: 'paper_needed',
  paperPostedOn: 'paper_posted_on',
  paperItem: 'paper_item',
  paperWay: 'paper_way',
  paperCopies: 'paper_copies',
  paperReceivedAt: 'paper_received_at',
  recallAnswer: 'recall_answer',
  recallAnsweredAt: 'recall_answered_at',
  recallReason: 'recall_reason',
};

/** Counts of a document's recipients as columns of a SELECT from `document d`, by the rules of shared/domain. */
export const recipientCountColumns: Readonly<Record<string, string>> = {
  total: '(SELECT count(*) FROM delivery x WHERE x.document_id = d.id)',
  ...Object.fromEntries(
    Object.entries(recipientCountRules).map(([name, rule]) => {
      const condition = 'known' in rule ? `x.${timeColumns[rule.known]} IS NOT NULL` : `x.state = '${rule.state}'`;
      return [name, `(SELECT count(*) FROM delivery x WHERE x.document_id = d.id AND ${condition})`];
    }),
  ),
};

export interface Deliveries {
  of(documentId: string): Delivery[];
  setTargets(documentId: string, targets: readonly DeliveryTarget[]): void;
  replaceTarget(documentId: string, agencyCode: string, target: DeliveryTarget | null): void;
  advance(documentId: string, agencyCode: string, progress: DeliveryProgress): boolean;
  setPaper(documentId: string, agencyCode: string, paper: Partial<DeliveryPaper>): boolean;
  setRecallAnswer(documentId: string, agencyCode: string, said: DeliveryRecall): boolean;
}

/** SQLite has no truth values. */
type Kept = Omit<Delivery, 'paperNeeded'> & { readonly paperNeeded: number };
const keep = (delivery: Delivery): Kept => ({ ...delivery, paperNeeded: delivery.paperNeeded ? 1 : 0 });
const toDelivery = (row: Kept): Delivery => ({ ...row, paperNeeded: row.paperNeeded === 1 });

export function deliveryQueries(sqlite: Sqlite): Deliveries {
  const names = Object.entries(columns);
  const select = `SELECT ${names.map(([name, column]) => `${column} AS "${name}"`).join(', ')} FROM delivery`;
  const of = sqlite.prepare<[string], Kept>(`${select} WHERE document_id = ? ORDER BY position`);
  const one = sqlite.prepare<[string, string], Kept>(`${select} WHERE document_id = ? AND agency_code = ?`);
  const positionOf = sqlite.prepare('SELECT position FROM delivery WHERE document_id = ? AND agency_code = ?').pluck();
  const dropOne = sqlite.prepare('DELETE FROM delivery WHERE document_id = ? AND agency_code = ?');
  const drop = sqlite.prepare('DELETE FROM delivery WHERE document_id = ?');
  const add = sqlite.prepare(
    `INSERT INTO delivery (document_id, position, ${names.map(([, column]) => column).join(', ')})
     VALUES (@documentId, @position, ${names.map(([name]) => `@${name}`).join(', ')})`,
  );
  const update = sqlite.prepare(
    `UPDATE delivery SET ${names.map(([name, column]) => `${column} = @${name}`).join(', ')}
     WHERE document_id = @documentId AND agency_code = @agencyCode`,
  );
  const change = (documentId: string, agencyCode: string, said: Partial<DeliveryPaper & DeliveryRecall>): boolean => {
    const row = one.get(documentId, agencyCode);
    if (row === undefined) return false;
    update.run({ documentId, ...keep({ ...toDelivery(row), ...said }) });
    return true;
  };
  return {
    of: (documentId) => of.all(documentId).map(toDelivery),
    setTargets: (documentId, targets) => {
      drop.run(documentId);
      targets.forEach((target, position) => add.run({ documentId, position, ...keep(plannedDelivery(target)) }));
    },
    replaceTarget: (documentId, agencyCode, target) => {
      const position = positionOf.get(documentId, agencyCode);
      dropOne.run(documentId, agencyCode);
      if (target !== null) add.run({ documentId, position, ...keep(plannedDelivery(target)) });
    },
    advance: (documentId, agencyCode, progress) => {
      const row = one.get(documentId, agencyCode);
      if (row === undefined) return false;
      update.run({ documentId, ...keep(advanceDelivery(toDelivery(row), progress)) });
      return true;
    },
    setPaper: change,
    setRecallAnswer: change,
  };
}
