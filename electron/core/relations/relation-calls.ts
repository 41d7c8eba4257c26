import type { Relation } from '#shared/contract/relations.ts';
import { tidy } from '#shared/domain/notation.ts';
import { relationKinds } from '#shared/domain/relation.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import type { ReadStores } from '../ports/stores.ts';
import type { RelatedDocument, RelationRecord } from './relation-store.ts';
import { otherOf } from './resolve-relation.ts';

type RelationCalls = Pick<CoreHandlers, 'relations.of' | 'relations.add' | 'relations.remove'>;

/** How one document stands to others, and what a clerk adds to that or takes out. */
export function relationCalls(ctx: CoreContext): RelationCalls {
  return {
    'relations.of': ({ id }) => ({ relations: relationsOf(ctx.registers, requireDocument(ctx.registers, id)) }),
    'relations.add': ({ id, kind, passive, other }, _caller, transact) =>
      transact((tx) => {
        const document = requireDocument(tx.stores, id);
        const meant = other.by === 'document' ? requireDocument(tx.stores, other.id) : null;
        if (meant?.id === id) throw new CodedError('RELATED_TO_ITSELF');
        const { codeText, date } = other.by === 'number' ? other : (meant ?? document);
        const row: RelationRecord = {
          id: ctx.ids.next(),
          documentId: id,
          kind,
          passive,
          codeText: tidy(codeText),
          date,
          agencyName: meant?.agencyName ?? '',
          otherId: meant?.id ?? null,
          source: 'person',
        };
        if (otherOf(tx.stores.relations, row)?.id === id) throw new CodedError('RELATED_TO_ITSELF');
        tx.stores.relations.add(row);
        noteBoth(tx, row, 'related');
        return { id };
      }),
    'relations.remove': ({ id, relationId }, _caller, transact) =>
      transact((tx) => {
        const { relations } = tx.stores;
        const row = relations.find(relationId);
        const other = row === null ? null : otherOf(relations, row);
        if (row === null || (row.documentId !== id && other?.id !== id)) throw new CodedError('NOT_FOUND', { id });
        // The same word of a page, a message and a person is one to whoever takes it out.
        for (const same of relations.of(row.documentId)) {
          const isSame = same.kind === row.kind && same.passive === row.passive;
          if (isSame && (same.id === row.id || (other !== null && otherOf(relations, same)?.id === other.id)))
            relations.remove(same.id);
        }
        noteBoth(tx, row, 'unrelated');
        return { id };
      }),
  };
}

function requireDocument({ relations }: Pick<ReadStores, 'relations'>, id: string): RelatedDocument {
  const document = relations.document(id);
  if (document === null) throw new CodedError('NOT_FOUND', { id });
  return document;
}

/** Both documents tell of it, each in the words of its side. */
function noteBoth({ stores, record }: Transaction, row: RelationRecord, action: 'related' | 'unrelated'): void {
  const document = requireDocument(stores, row.documentId);
  const other = otherOf(stores.relations, row);
  const word = (passive: boolean): string => (passive ? `${row.kind}-by` : row.kind);
  record(document.direction, document.id, action, { relation: word(row.passive), codeText: row.codeText });
  if (other !== null)
    record(other.direction, other.id, action, { relation: word(!row.passive), codeText: document.codeText });
}

/** From the side of one document: the strongest word about each other one. */
export function relationsOf({ relations }: Pick<ReadStores, 'relations'>, document: RelatedDocument): Relation[] {
  const said = relations.of(document.id).map((row) => shown(row, otherOf(relations, row)));
  const unpinned = document.codeText === '' ? [] : relations.naming(document.codeText, document.date);
  const heard = [...relations.pinnedTo(document.id), ...unpinned].flatMap((row) => {
    if (row.documentId === document.id || otherOf(relations, row)?.id !== document.id) return [];
    const speaker = relations.document(row.documentId);
    if (speaker === null) return [];
    const { codeText, date, agencyName } = speaker;
    return [shown({ ...row, passive: !row.passive, codeText, date, agencyName }, speaker)];
  });
  const all = [...said, ...heard].toSorted((one, other) => rank(one) - rank(other));
  const known = new Map<string, Relation[]>();
  return all.filter((relation) => {
    const key = relation.other?.id ?? `${relation.codeText} ${relation.date ?? ''}`;
    const same = known.get(key) ?? [];
    known.set(key, [...same, relation]);
    const repeats = ({ kind, passive }: Relation) => kind === relation.kind && passive === relation.passive;
    return !same.some((one) => repeats(one) || (relation.kind === 'refers-to' && one.passive === relation.passive));
  });
}

const rank = ({ kind }: Relation): number => relationKinds.indexOf(kind);

function shown(row: RelationRecord, other: RelatedDocument | null): Relation {
  const { id, kind, passive, source, codeText, date, agencyName } = row;
  if (other === null) return { id, kind, passive, source, codeText, date, agencyName, other: null };
  const { inBook: _, ...document } = other;
  return { id, kind, passive, source, codeText, date, agencyName, other: document };
}
