import { formatVnDate } from '#shared/domain/vn-date.ts';
import type { EdxmlBusiness, EdxmlReference } from '#shared/edxml/edxml-message.ts';
import { formatDocumentId } from '#shared/edxml/edxml-values.ts';
import type { OutgoingRecord } from '../outgoing/outgoing-store.ts';
import type { ReadStores } from '../ports/stores.ts';
import { otherOf } from './resolve-relation.ts';

/** BussinessDocType: mới, thu hồi, cập nhật, thay thế (standards: QCVN 102:2016, table of business types). */
export const NEW_DOCUMENT = 0;
export const RECALL = 1;
const UPDATE = 2;
const REPLACEMENT = 3;

/** What a message says of other documents than the one that it brings. */
export interface MessageRelations {
  readonly responseFor: readonly EdxmlReference[];
  readonly business: Pick<
    EdxmlBusiness,
    'docType' | 'reason' | 'documentId' | 'documentInfoUpdated' | 'receiversUpdated' | 'replacements'
  >;
}

export const nothingElse: MessageRelations = {
  responseFor: [],
  business: {
    docType: NEW_DOCUMENT,
    reason: '',
    documentId: '',
    documentInfoUpdated: null,
    receiversUpdated: null,
    replacements: [],
  },
};

type Stores = Pick<ReadStores, 'relations' | 'incoming' | 'outgoing' | 'office'>;

/**
 * What the message of a letter says of the documents that it answers, replaces or corrects. A letter that orders a recall
 * is a new one; the recall itself is a message of the recalled document.
 * @param recipients codes of those that the message goes to
 */
export function messageRelations(
  stores: Stores,
  record: Pick<OutgoingRecord, 'id'>,
  recipients: readonly string[],
): MessageRelations {
  const said = stores.relations.of(record.id).filter(({ passive }) => !passive);
  const others = (kind: string) =>
    said
      .flatMap((row) => (row.kind === kind ? [otherOf(stores.relations, row)] : []))
      .filter((other) => other !== null);
  const responseFor = others('answers').flatMap(({ id }) => referenceTo(stores, id));
  const replaced = others('replaces').flatMap(({ id }) => issued(stores, id));
  const corrected = others('corrects').flatMap(({ id }) => issued(stores, id));
  const reason = (verb: string, documents: readonly Issued[]): string =>
    `${verb} ${documents.map(({ named }) => named).join(', ')}`;
  const replacements = replaced.flatMap(({ documentId, to }) => {
    const organIds = to.filter((code) => recipients.includes(code));
    return organIds.length === 0 ? [] : [{ documentId, organIds }];
  });
  const { business } = nothingElse;
  if (replacements.length > 0)
    return {
      responseFor,
      business: { ...business, docType: REPLACEMENT, reason: reason('Thay thế', replaced), replacements },
    };
  const [first] = corrected;
  if (first === undefined) return { responseFor, business };
  return {
    responseFor,
    business: {
      ...business,
      docType: UPDATE,
      reason: reason('Đính chính', corrected),
      documentId: first.documentId,
      documentInfoUpdated: true,
      receiversUpdated: false,
    },
  };
}

/** The document of another agency, as that agency names it; none of paper. */
function referenceTo({ incoming }: Stores, id: string): EdxmlReference[] {
  const document = incoming.find(id);
  if (document === null || document.received === null) return [];
  const { received, fields } = document;
  const { senderCode: organId, documentId } = received;
  return [{ organId, code: fields.codeText, promulgationDate: fields.date, documentId }];
}

interface Issued {
  readonly documentId: string;
  readonly named: string;
  readonly to: readonly string[];
}

/** A letter of this office that left, by the id under which its recipients have it. */
function issued({ outgoing, office }: Stores, id: string): Issued[] {
  const letter = outgoing.find(id);
  const agency = office.agency();
  if (letter === null || agency === null || letter.sentAt === null || letter.fields.date === null) return [];
  const { codeText, fields } = letter;
  const number = codeText.slice(0, codeText.indexOf('/'));
  const documentId = formatDocumentId({
    organId: agency.code,
    date: letter.fields.date,
    number,
    notation: fields.notation,
  });
  const to = outgoing.deliveries(id).map(({ agencyCode }) => agencyCode);
  return [{ documentId, named: `${codeText} ngày ${formatVnDate(letter.fields.date)}`, to }];
}
