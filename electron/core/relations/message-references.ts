import type { DocumentReference, RelationKind } from '#shared/domain/relation.ts';
import { isoDate } from '#shared/domain/vn-date.ts';
import type { ForeignEnvelope } from '../ports/foreign-reader.ts';

const MOST_REFERENCES = 60;
const MOST_CODE = 200;

export interface FoundReference extends DocumentReference {
  /** Which document of the register it is, where the message says it by id. */
  readonly otherId?: string | null;
}

/**
 * Documents that a message names besides its page: those that it answers (ResponseFor), replaces (BussinessDocType 3) or
 * corrects (2).
 * @param arrivalOf the document that its sender gave an id; null when it is not here
 */
export function referencesOf(
  { responseFor, business }: ForeignEnvelope,
  senderName: string,
  arrivalOf: (documentId: string) => string | null,
): FoundReference[] {
  const answers = responseFor.flatMap(({ code, promulgationDate, documentId }) => {
    const named = namedBy(documentId);
    const codeText = code.trim() || (named?.codeText ?? '');
    return codeText === ''
      ? []
      : [reference('answers', { codeText, date: promulgationDate ?? named?.date ?? null }, '')];
  });
  const changed = (kind: RelationKind, documentIds: readonly string[]): FoundReference[] =>
    documentIds.flatMap((documentId) => {
      const named = namedBy(documentId);
      const otherId = arrivalOf(documentId);
      // An id of another form says nothing where the document is not here.
      if (named === null && otherId === null) return [];
      return [{ ...reference(kind, named ?? { codeText: documentId, date: null }, senderName), otherId }];
    });
  const replaced = business?.docType === 3 ? business.replacements.map(({ documentId }) => documentId) : [];
  const corrected = business?.docType === 2 ? [business.documentId] : [];
  return [...answers, ...changed('replaces', replaced), ...changed('corrects', corrected)].slice(0, MOST_REFERENCES);
}

function reference(
  kind: RelationKind,
  { codeText, date }: { readonly codeText: string; readonly date: string | null },
  agencyName: string,
): DocumentReference {
  return { kind, codeText: codeText.slice(0, MOST_CODE), date, agencyName };
}

/** Number and day of an id of the form `<OrganId>,<yyyy/MM/dd>,<số>/<ký hiệu>`; null for any other, which is opaque. */
function namedBy(documentId: string): { readonly codeText: string; readonly date: string } | null {
  const match = /^[^,]*,(\d{4})\/(\d{2})\/(\d{2}),(.+\/.+)$/su.exec(documentId.trim());
  if (match === null) return null;
  const date = isoDate(Number(match[1]), Number(match[2]), Number(match[3]));
  return date === null ? null : { codeText: (match[4] ?? '').trim(), date };
}
