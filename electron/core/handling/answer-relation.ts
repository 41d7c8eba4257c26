import type { CoreContext } from '../core-context.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import type { IncomingRecord } from '../incoming/incoming-store.ts';
import type { Outcome } from './handling-store.ts';

/** The letter says that it answers the document; an answer that is not in the register stands with the document. */
export function relateAnswer(
  { stores }: Transaction,
  { ids }: Pick<CoreContext, 'ids'>,
  { id, fields }: IncomingRecord,
  { answerId, codeText, date }: Outcome,
): void {
  const row = { id: ids.next(), kind: 'answers', source: 'register' } as const;
  if (answerId !== null) {
    const { agencyName } = fields;
    const answered = { codeText: fields.codeText, date: fields.date, agencyName, otherId: id };
    stores.relations.add({ ...row, documentId: answerId, passive: false, ...answered });
  } else {
    const answer = { codeText: codeText ?? '', date, agencyName: '', otherId: null };
    stores.relations.add({ ...row, documentId: id, passive: true, ...answer });
  }
}

/** What finishing a document said of its answer, no longer: the work on it goes on. */
export function forgetAnswer({ stores: { relations } }: Transaction, documentId: string): void {
  for (const row of [...relations.of(documentId), ...relations.pinnedTo(documentId)]) {
    const isAnswer = row.kind === 'answers' && row.passive === (row.documentId === documentId);
    if (row.source === 'register' && isAnswer) relations.remove(row.id);
  }
}
