import { comparableCode } from '#shared/domain/notation.ts';
import type { RelationSource } from '#shared/domain/relation.ts';
import type { CoreContext } from '../core-context.ts';
import type { WriteStores } from '../ports/stores.ts';
import type { FoundReference } from './message-references.ts';

/**
 * Keeps the documents that a letter names, in the transaction that brings the letter into the register or gives it
 * another page: what the same source said before goes, what people wrote stays.
 */
export function keepReferences(
  { relations }: Pick<WriteStores, 'relations'>,
  { ids }: Pick<CoreContext, 'ids'>,
  document: { readonly id: string; readonly codeText: string },
  references: readonly FoundReference[],
  source: RelationSource,
): void {
  for (const earlier of relations.of(document.id)) {
    if (earlier.source === source) relations.remove(earlier.id);
  }
  const own = comparableCode(document.codeText);
  for (const { kind, codeText, date, agencyName, otherId = null } of references) {
    if (comparableCode(codeText) === own) continue;
    const said = { kind, passive: false, codeText, date, agencyName, otherId, source };
    relations.add({ id: ids.next(), documentId: document.id, ...said });
  }
}
