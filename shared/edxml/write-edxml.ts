/**
 * Writes the messages exactly as the VNPT Java SDK does (order, prefixes, empty elements left out), because that is
 * what the national axis itself re-serialises and what its strict .NET readers accept.
 */
import { base64Length, encodeBase64Into } from './base64.ts';
import { EdxmlError } from './edxml-error.ts';
import type {
  EdxmlAttachment,
  EdxmlBusiness,
  EdxmlDocumentContent,
  EdxmlOrgan,
  EdxmlReference,
  EdxmlStaff,
  EdxmlStatusContent,
} from './edxml-message.ts';
import {
  cleanXmlText,
  EDXML_EXTENSION_NAMESPACE,
  EDXML_NAMESPACE,
  toEdxmlDate,
  toEdxmlTimestamp,
} from './edxml-values.ts';

/** A multiple of 3 bytes, so that the base64 of each slice joins the next without padding. */
const SLICE_BYTES = 3 * 128 * 1024;

/** An attachment that is read while it is written, so that it is never whole in memory. */
export interface EdxmlAttachmentSource extends Omit<EdxmlAttachment, 'bytes'> {
  /** In bytes. */
  readonly size: number;
  /** The bytes from `start` up to, not including, `end`; valid until the next reading. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** A document whose attachments are read piece by piece. */
export interface EdxmlDocumentSource extends Omit<EdxmlDocumentContent, 'attachments'> {
  readonly attachments: readonly EdxmlAttachmentSource[];
}

/**
 * A document message (văn bản điện tử) as UTF-8 edXML.
 * @throws EdxmlError EDXML_MISSING_FIELD without sender id, receiver, number, notation, subject or document id, and
 * EDXML_BAD_FIELD for a date or number out of form
 * @public The application writes in pieces; this is for whoever has the attachments in memory.
 */
export function writeEdxmlDocument(message: EdxmlDocumentContent): Uint8Array<ArrayBuffer> {
  return joinFile(documentParts(message));
}

/**
 * The bytes of `writeEdxmlDocument` in pieces of at most some 512 KB: memory does not grow with the attachments. A
 * piece is valid until the next one is asked for.
 * @throws EdxmlError like `writeEdxmlDocument`, before the first piece; and what reading an attachment throws
 */
export async function* writeEdxmlDocumentInPieces(message: EdxmlDocumentSource): AsyncGenerator<Uint8Array> {
  const encoded = new Uint8Array(base64Length(SLICE_BYTES));
  for (const { text, payload } of documentParts(message)) {
    yield text;
    if (payload === null) continue;
    for (let start = 0; start < payload.size; start += SLICE_BYTES) {
      const slice = await payload.read(start, Math.min(start + SLICE_BYTES, payload.size));
      yield encoded.subarray(0, encodeBase64Into(slice, encoded, 0));
    }
  }
}

type AttachmentEntry = Omit<EdxmlAttachment, 'bytes'>;

/** Text of a message, and the attachment whose base64 comes after it. */
interface FilePart<Attachment extends AttachmentEntry> {
  readonly text: Uint8Array;
  readonly payload: Attachment | null;
}

function documentParts<Attachment extends AttachmentEntry>(
  message: Omit<EdxmlDocumentContent, 'attachments'> & { readonly attachments: readonly Attachment[] },
): readonly FilePart<Attachment>[] {
  requireField(message.from.organId, 'From.OrganId');
  if (message.to.length === 0) throw new EdxmlError('EDXML_MISSING_FIELD', { field: 'To' });
  for (const organ of message.to) requireField(organ.organId, 'To.OrganId');
  requireField(message.codeNumber, 'Code.CodeNumber');
  requireField(message.codeNotation, 'Code.CodeNotation');
  requireField(message.subject, 'Subject');
  requireField(message.documentId, 'DocumentId');

  const { documentType, otherInfo } = message;
  const header = element('MessageHeader', [
    organElement('From', message.from),
    ...message.to.map((organ) => organElement('To', organ)),
    textElement('DocumentId', message.documentId),
    element('Code', [textElement('CodeNumber', message.codeNumber), textElement('CodeNotation', message.codeNotation)]),
    element('PromulgationInfo', [
      textElement('Place', message.promulgationPlace),
      dateElement('PromulgationDate', message.promulgationDate),
    ]),
    element('DocumentType', [
      numberElement('Type', documentType.type),
      numberElement('TypeDetail', documentType.typeDetail),
      textElement('TypeName', documentType.typeName),
    ]),
    textElement('Subject', message.subject),
    textElement('Content', message.content),
    element('SignerInfo', [
      textElement('Competence', message.signer.competence),
      textElement('Position', message.signer.position),
      textElement('FullName', message.signer.fullName),
    ]),
    dateElement('DueDate', message.dueDate),
    element('OtherInfo', [
      numberElement('Priority', otherInfo.priority),
      textElement('SphereOfPromulgation', otherInfo.sphereOfPromulgation),
      textElement('TyperNotation', otherInfo.typerNotation),
      numberElement('PromulgationAmount', otherInfo.promulgationAmount),
      numberElement('PageAmount', otherInfo.pageAmount),
      element(
        'Appendixes',
        otherInfo.appendixes.map((appendix) => textElement('Appendix', appendix)),
      ),
    ]),
    ...message.responseFor.map(referenceElement),
    numberElement('SteeringType', message.steeringType),
    element(
      'ToPlaces',
      message.toPlaces.map((place) => textElement('Place', place)),
    ),
    extensionElement('Timing', {
      DueAt: optionalTimestamp(message.timing?.dueAt, 'DueAt'),
      ExpressAt: optionalTimestamp(message.timing?.expressAt, 'ExpressAt'),
    }),
    extensionElement('Meeting', {
      StartsAt: optionalTimestamp(message.meeting?.startsAt, 'StartsAt'),
      EndsAt: optionalTimestamp(message.meeting?.endsAt, 'EndsAt'),
      Place: message.meeting?.place ?? '',
      Chair: message.meeting?.chair ?? '',
      Link: message.meeting?.link ?? '',
      Papers: message.meeting?.papers ?? '',
    }),
  ]);
  const trace = element('TraceHeaderList', [
    ...message.trace.map((step) =>
      element('TraceHeader', [
        textElement('OrganId', step.organId ?? ''),
        timestampElement('Timestamp', step.timestamp),
      ]),
    ),
    message.business ? businessElement(message.business) : '',
  ]);
  const references = message.attachments.map((attachment) =>
    element('Reference', [
      textElement('ContentId', contentReference(attachment)),
      textElement('ContentType', attachment.contentType),
      textElement('Description', attachment.description),
      textElement('AttachmentName', attachment.name),
    ]),
  );
  const body = `<edXML:edXMLBody><edXML:edXMLManifest version="1.0">${references.join('')}</edXML:edXMLManifest></edXML:edXMLBody>`;
  return fileParts(envelope(header + trace, body), message.attachments);
}

/**
 * A status message (trạng thái xử lý) as UTF-8 edXML: the header alone.
 * @throws EdxmlError like `writeEdxmlDocument`
 */
export function writeEdxmlStatus(status: EdxmlStatusContent): Uint8Array<ArrayBuffer> {
  requireField(status.from.organId, 'From.OrganId');
  requireField(status.responseFor.organId, 'ResponseFor.OrganId');
  requireField(status.responseFor.documentId, 'ResponseFor.DocumentId');
  if (!/^\d{2}$/.test(status.statusCode)) throw new EdxmlError('EDXML_BAD_FIELD', { field: 'StatusCode' });
  const header = element('MessageHeader', [
    organElement('From', status.from),
    referenceElement(status.responseFor),
    staffElement(status.staff),
    textElement('StatusCode', status.statusCode),
    textElement('Description', status.description),
    timestampElement('Timestamp', status.timestamp),
  ]);
  return joinFile(fileParts(envelope(header, ''), []));
}

/** ContentType labels of the national SDK for the kinds of file that it sends unzipped; the usual MIME type else. */
export function edxmlContentType(fileName: string): string {
  const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return contentTypes[extension] ?? 'application/octet-stream';
}

const contentTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  doc: 'application/doc',
  docx: 'application/docx',
  zip: 'application/zip',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  txt: 'text/plain',
};

function envelope(header: string, body: string): string {
  return `<edXML:edXMLEnvelope xmlns:edXML="${EDXML_NAMESPACE}"><edXML:edXMLHeader>${header}</edXML:edXMLHeader>${body}</edXML:edXMLEnvelope>`;
}

function fileParts<Attachment extends AttachmentEntry>(
  envelopeXml: string,
  attachments: readonly Attachment[],
): readonly FilePart<Attachment>[] {
  const encoder = new TextEncoder();
  const parts: FilePart<Attachment>[] = [];
  const addText = (text: string, payload: Attachment | null = null): void => {
    parts.push({ text: encoder.encode(text), payload });
  };
  let text = `<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="${EDXML_NAMESPACE}">${envelopeXml}`;
  if (attachments.length > 0) text += '<AttachmentEncoded>';
  for (const attachment of attachments) {
    text += `<Attachment>${bareElement('ContentId', contentReference(attachment))}${bareElement('AttachmentName', attachment.name)}${bareElement('Description', attachment.description)}${bareElement('ContentType', attachment.contentType)}<edXML:ContentTransferEncoded xmlns:edXML="${EDXML_NAMESPACE}">`;
    addText(text, attachment);
    text = '</edXML:ContentTransferEncoded></Attachment>';
  }
  if (attachments.length > 0) text += '</AttachmentEncoded>';
  addText(`${text}</edXML>\n`);
  return parts;
}

/** One allocation of the final size: attachments are encoded in place. */
function joinFile(parts: readonly FilePart<EdxmlAttachment>[]): Uint8Array<ArrayBuffer> {
  const size = parts.reduce((sum, part) => sum + part.text.length + base64Length(part.payload?.bytes.length ?? 0), 0);
  const file = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    file.set(part.text, offset);
    offset += part.text.length;
    if (part.payload) offset = encodeBase64Into(part.payload.bytes, file, offset);
  }
  return file;
}

function organElement(name: string, organ: EdxmlOrgan): string {
  return element(name, [
    textElement('OrganId', organ.organId),
    textElement('OrganizationInCharge', organ.organizationInCharge),
    textElement('OrganName', organ.organName),
    textElement('OrganAdd', organ.organAdd),
    textElement('Email', organ.email),
    textElement('Telephone', organ.telephone),
    textElement('Fax', organ.fax),
    textElement('Website', organ.website),
  ]);
}

function referenceElement(reference: EdxmlReference): string {
  return element('ResponseFor', [
    textElement('OrganId', reference.organId),
    textElement('Code', reference.code),
    dateElement('PromulgationDate', reference.promulgationDate),
    textElement('DocumentId', reference.documentId),
  ]);
}

function staffElement(staff: EdxmlStaff): string {
  return element('StaffInfo', [
    textElement('Department', staff.department),
    textElement('Staff', staff.staff),
    textElement('Mobile', staff.mobile),
    textElement('Email', staff.email),
  ]);
}

function businessElement(business: EdxmlBusiness): string {
  return element('Bussiness', [
    numberElement('BussinessDocType', business.docType),
    textElement('BussinessDocReason', business.reason),
    element('BussinessDocumentInfo', [
      flagElement('DocumentInfo', business.documentInfoUpdated),
      flagElement('DocumentReceiver', business.receiversUpdated),
      element(
        'ReceiverList',
        business.receivers.map((receiver) =>
          element('Receiver', [
            textElement('OrganId', receiver.organId),
            textElement('ReceiverType', receiver.receiverType),
          ]),
        ),
      ),
    ]),
    textElement('DocumentId', business.documentId),
    business.staff ? staffElement(business.staff) : '',
    flagElement('Paper', business.paper),
    element(
      'ReplacementInfoList',
      business.replacements.map((replacement) =>
        element('ReplacementInfo', [
          textElement('DocumentId', replacement.documentId),
          element(
            'OrganIdList',
            replacement.organIds.map((organId) => textElement('OrganId', organId)),
          ),
        ]),
      ),
    ),
  ]);
}

function element(name: string, children: readonly string[]): string {
  const content = children.join('');
  return content === '' ? '' : `<edXML:${name}>${content}</edXML:${name}>`;
}

/** An element of ours (`EDXML_EXTENSION_NAMESPACE`) with its texts; left out when it has none. */
function extensionElement(name: string, texts: Readonly<Record<string, string>>): string {
  const children = Object.entries(texts)
    .map(([child, text]) => [child, cleanXmlText(text)] as const)
    .filter(([, text]) => text !== '')
    .map(([child, text]) => `<vt:${child}>${escapeText(text)}</vt:${child}>`);
  if (children.length === 0) return '';
  return `<vt:${name} xmlns:vt="${EDXML_EXTENSION_NAMESPACE}">${children.join('')}</vt:${name}>`;
}

function optionalTimestamp(iso: string | null | undefined, field: string): string {
  return iso == null ? '' : toEdxmlTimestamp(iso, field);
}

function textElement(name: string, value: string): string {
  const text = cleanXmlText(value);
  return text === '' ? '' : `<edXML:${name}>${escapeText(text)}</edXML:${name}>`;
}

function bareElement(name: string, value: string): string {
  const text = cleanXmlText(value);
  return text === '' ? '' : `<${name}>${escapeText(text)}</${name}>`;
}

function dateElement(name: string, iso: string | null): string {
  return iso === null ? '' : textElement(name, toEdxmlDate(iso, name));
}

function timestampElement(name: string, iso: string | null): string {
  return iso === null ? '' : textElement(name, toEdxmlTimestamp(iso, name));
}

function numberElement(name: string, value: number | null): string {
  if (value === null) return '';
  if (!Number.isSafeInteger(value) || value < 0) throw new EdxmlError('EDXML_BAD_FIELD', { field: name });
  return textElement(name, String(value));
}

function flagElement(name: string, value: boolean | null): string {
  return value === null ? '' : textElement(name, value ? '1' : '0');
}

function contentReference(attachment: AttachmentEntry): string {
  requireField(attachment.contentId, 'Attachment.ContentId');
  requireField(attachment.name, 'Attachment.AttachmentName');
  return `cid:${attachment.contentId}`;
}

/** '\r' would come back as '\n' (XML 1.0 section 2.11) unless written as a reference. */
function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => xmlEscapes[character] ?? '');
}

const xmlEscapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

function requireField(value: string, field: string): void {
  if (cleanXmlText(value) === '') throw new EdxmlError('EDXML_MISSING_FIELD', { field });
}
