import { comparableName } from '../directory/comparable-name.ts';
import type { RelatedDocument, RelationReads, RelationRecord } from './relation-store.ts';

/**
 * The document of the register that a row means; null when there is none, or nobody can tell. Worked out whenever it is
 * asked, so a document that comes later, or whose number is corrected, is found as well.
 */
export function otherOf(relations: RelationReads, row: RelationRecord): RelatedDocument | null {
  if (row.otherId !== null) return relations.document(row.otherId);
  const named = relations.candidates(row.codeText, row.date).filter(({ id }) => id !== row.documentId);
  return oneOf(row.date === null ? notAfter(named, relations.document(row.documentId)?.date ?? null) : named, row);
}

/** Without a day, a number means what was there when it was written. */
function notAfter(documents: readonly RelatedDocument[], day: string | null): readonly RelatedDocument[] {
  return day === null ? documents : documents.filter(({ date }) => date === null || date <= day);
}

/** Two agencies may give one number on one day: the one that the text names, where it names one. */
function oneOf(
  documents: readonly RelatedDocument[],
  { agencyName }: Pick<RelationRecord, 'agencyName'>,
): RelatedDocument | null {
  const ofAgency = documents.filter((document) => isSaidOf(agencyName, document.agencyName));
  const left = ofAgency.length > 0 ? ofAgency : documents;
  const [first, ...others] = left;
  if (first === undefined) return null;
  // One letter may be in the register twice: on paper and from the exchange.
  const isSame = (one: RelatedDocument): boolean =>
    one.date === first.date && comparableName(one.agencyName) === comparableName(first.agencyName);
  return others.every(isSame) ? (left.find(({ inBook }) => inBook) ?? first) : null;
}

/** "Văn phòng UBND tỉnh" is said of "Văn phòng UBND tỉnh Đắk Lắk". */
function isSaidOf(said: string, agencyName: string): boolean {
  const [one, other] = [comparableName(said), comparableName(agencyName)];
  return one !== '' && other !== '' && (`${other} `.startsWith(`${one} `) || `${one} `.startsWith(`${other} `));
}
