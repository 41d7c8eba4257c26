/**
 * Reads edXML of any known writer: order-insensitive, prefix-insensitive, tolerant to the defects seen in the wild
 * (each tolerated one leaves a warning), strict about well-formedness, size and base64.
 */
import { normaliseStatusCode } from '../domain/exchange-status.ts';
import { EdxmlError } from './edxml-error.ts';
import type { EdxmlDocument, EdxmlReference, EdxmlStatus, EdxmlWarning } from './edxml-message.ts';
import { NodeReader } from './edxml-node-reader.ts';
import { type EdxmlNode, EdxmlTreeParser } from './edxml-tree.ts';
import { EDXML_NAMESPACE, formatDocumentId } from './edxml-values.ts';
import { dropContent, keepInMemory, type OpenPayload } from './payload.ts';
import { readAttachments, type ReadAttachment, type UnzipSingle } from './read-attachments.ts';
import {
  readBusiness,
  readMeeting,
  readOrgan,
  readReference,
  readStaff,
  readTiming,
  readTrace,
} from './read-header-parts.ts';

export interface ReadEdxmlOptions {
  /** Takes the one entry out of a zipped attachment; without it zipped ones stay as they are, with a warning. */
  readonly unzipSingle?: UnzipSingle;
}

/** @throws EdxmlError, and nothing else, when the bytes are no usable edXML message */
export function readEdxml(bytes: Uint8Array, options: ReadEdxmlOptions = {}): EdxmlDocument | EdxmlStatus {
  const reader = new EdxmlReader(keepInMemory, options);
  reader.write(bytes);
  const message = reader.end();
  if (message.kind === 'status') return message;
  const attachments = message.attachments.map(({ payload, ...rest }) => ({ ...rest, bytes: payload.bytes() }));
  return { ...message, attachments };
}

/** A document message whose attachments are wherever their sinks put them. */
export interface ReadDocument extends Omit<EdxmlDocument, 'attachments'> {
  readonly attachments: readonly ReadAttachment[];
}

/** Reads a message that comes in pieces of any size. */
export class EdxmlReader {
  readonly #parser: EdxmlTreeParser;
  readonly #options: ReadEdxmlOptions;

  /** @param openPayload takes the contents of the attachments, each when it begins */
  constructor(openPayload: OpenPayload, options: ReadEdxmlOptions = {}) {
    this.#parser = new EdxmlTreeParser(openPayload);
    this.#options = options;
  }

  /** @throws EdxmlError at the first piece that cannot be edXML, and what a sink throws */
  write(piece: Uint8Array): void {
    this.#parser.write(piece);
  }

  /** @throws EdxmlError when the whole is no usable edXML message */
  end(): ReadDocument | EdxmlStatus {
    return readMessage(this.#parser.end(), this.#options);
  }
}

/** Sender and receivers of a message, and what the exchange must know to watch over it: no word of its content. */
export type EdxmlRouting = EdxmlDocumentRouting | EdxmlStatusRouting;

interface EdxmlAddresses {
  readonly from: string;
  readonly to: readonly string[];
  readonly documentId: string;
}

export interface EdxmlDocumentRouting extends EdxmlAddresses {
  readonly kind: 'document';
  readonly priority: number | null;
  /** BussinessDocType, see `EdxmlBusiness`. */
  readonly businessType: number;
  /** Id of the document that an update speaks of (Bussiness/DocumentId); '' for others. */
  readonly updatedId: string;
  /** Số, ký hiệu: `14/CĐ-UBND`; what there is of it. */
  readonly code: string;
  /** Tên loại, as the sender wrote it. */
  readonly typeName: string;
  /** Whether a paper copy follows; null when not said. */
  readonly paper: boolean | null;
  /** Hạn trả lời: the hour as the sender said it, else only the day. */
  readonly due: { readonly day: string; readonly at: string | null } | null;
  /** ISO with `+07:00`. */
  readonly expressAt: string | null;
}

export interface EdxmlStatusRouting extends EdxmlAddresses {
  readonly kind: 'status';
  /** Two digits, see shared/domain/exchange-status.ts. */
  readonly statusCode: string;
  readonly description: string;
}

/** Reads the routing of a message that comes in pieces, checking all of it and keeping no attachment. */
export class EdxmlRoutingReader {
  readonly #reader = new EdxmlReader(dropContent);

  /** @throws EdxmlError at the first piece that cannot be edXML */
  write(piece: Uint8Array): void {
    this.#reader.write(piece);
  }

  /** @throws EdxmlError when the whole is no usable edXML message */
  end(): EdxmlRouting {
    const message = this.#reader.end();
    return message.kind === 'document' ? documentRouting(message) : statusRouting(message);
  }
}

function documentRouting(message: ReadDocument): EdxmlDocumentRouting {
  const { dueDate, timing } = message;
  const dueDay = dueDate ?? timing?.dueAt?.slice(0, 10) ?? null;
  return {
    kind: 'document',
    from: message.from.organId,
    to: message.to.map((organ) => organ.organId),
    documentId: message.documentId,
    priority: message.otherInfo.priority,
    businessType: message.business?.docType ?? 0,
    updatedId: message.business?.documentId ?? '',
    code: [message.codeNumber, message.codeNotation].filter((part) => part !== '').join('/'),
    typeName: message.documentType.typeName,
    paper: message.business?.paper ?? null,
    due: dueDay === null ? null : { day: dueDay, at: timing?.dueAt ?? null },
    expressAt: timing?.expressAt ?? null,
  };
}

function statusRouting({ from, responseFor, statusCode, description }: EdxmlStatus): EdxmlStatusRouting {
  return {
    kind: 'status',
    from: from.organId,
    to: [responseFor.organId],
    documentId: responseFor.documentId,
    statusCode,
    description,
  };
}

function readMessage(rootNode: EdxmlNode, options: ReadEdxmlOptions): ReadDocument | EdxmlStatus {
  if (rootNode.name !== 'edXML') throw new EdxmlError('EDXML_NOT_EDXML', { root: rootNode.name.slice(0, 100) });
  const warnings: EdxmlWarning[] = [];
  if (rootNode.namespace !== EDXML_NAMESPACE) warnings.push({ code: 'FOREIGN_NAMESPACE', field: 'edXML' });
  const root = new NodeReader(rootNode, warnings);
  const header = root.child('edXMLEnvelope')?.child('edXMLHeader');
  // The standard's text may call the header of a status "Status"; the files seen say MessageHeader.
  const message = header?.child('MessageHeader') ?? header?.child('Status');
  if (!header || !message) throw new EdxmlError('EDXML_NOT_EDXML', { root: 'edXML' });
  return message.child('StatusCode') ? readStatus(message, warnings) : readDocument(root, header, message, options);
}

function readStatus(message: NodeReader, warnings: readonly EdxmlWarning[]): EdxmlStatus {
  const statusCode = normaliseStatusCode(message.text('StatusCode'));
  if (statusCode === null) throw new EdxmlError('EDXML_BAD_FIELD', { field: 'StatusCode' });
  const responseFor = readReference(message.requiredChild('ResponseFor'));
  if (responseFor.organId === '') throw new EdxmlError('EDXML_MISSING_FIELD', { field: 'ResponseFor.OrganId' });
  if (responseFor.documentId === '') throw new EdxmlError('EDXML_MISSING_FIELD', { field: 'ResponseFor.DocumentId' });
  return {
    kind: 'status',
    from: readOrgan(message.requiredChild('From'), 'From'),
    responseFor,
    staff: readStaff(message.child('StaffInfo')),
    statusCode,
    description: message.text('Description'),
    timestamp: message.timestamp('Timestamp'),
    warnings,
  };
}

function readDocument(
  root: NodeReader,
  header: NodeReader,
  message: NodeReader,
  options: ReadEdxmlOptions,
): ReadDocument {
  const { warnings } = message;
  const from = readOrgan(message.requiredChild('From'), 'From');
  const to = message.children('To').map((organ) => readOrgan(organ, 'To'));
  if (to.length === 0) throw new EdxmlError('EDXML_MISSING_FIELD', { field: 'To' });

  const promulgation = message.child('PromulgationInfo');
  const promulgationDate = promulgation?.date('PromulgationDate') ?? null;
  const { codeNumber, codeNotation, responseFor } = readCodeAndResponse(message);
  const signer = message.child('SignerInfo');
  const type = message.child('DocumentType');
  const other = message.child('OtherInfo');
  const subject = message.text('Subject');
  if (subject === '') message.warn('FIELD_MISSING', 'Subject');
  if (codeNumber === '' || codeNotation === '') message.warn('FIELD_MISSING', 'Code');

  return {
    kind: 'document',
    from,
    to,
    documentId: readDocumentId(message, from.organId, promulgationDate, codeNumber, codeNotation),
    codeNumber,
    codeNotation,
    promulgationPlace: promulgation?.text('Place') ?? '',
    promulgationDate,
    documentType: {
      type: type?.number('Type') ?? null,
      typeDetail: type?.number('TypeDetail') ?? null,
      typeName: type?.text('TypeName') ?? '',
    },
    subject,
    content: message.text('Content'),
    signer: {
      competence: signer?.text('Competence') ?? '',
      position: signer?.text('Position') ?? '',
      fullName: signer?.text('FullName') ?? '',
    },
    dueDate: message.date('DueDate'),
    timing: readTiming(message.extension('Timing')),
    meeting: readMeeting(message.extension('Meeting')),
    toPlaces: message.child('ToPlaces')?.texts('Place') ?? [],
    otherInfo: {
      priority: other?.number('Priority') ?? null,
      sphereOfPromulgation: other?.text('SphereOfPromulgation') ?? '',
      typerNotation: other?.text('TyperNotation') ?? '',
      promulgationAmount: other?.number('PromulgationAmount') ?? null,
      pageAmount: other?.number('PageAmount') ?? null,
      appendixes: other?.child('Appendixes')?.texts('Appendix') ?? [],
    },
    responseFor,
    steeringType: message.number('SteeringType'),
    trace: readTrace(header.child('TraceHeaderList')),
    business: readBusiness(header.child('TraceHeaderList')?.child('Bussiness') ?? null),
    attachments: readAttachments(root, options.unzipSingle),
    envelopeSignature: header.child('Signature') ? 'present-not-verifiable' : 'absent',
    warnings,
  };
}

/**
 * One widespread writer puts the values of ResponseFor into the outer Code: text "7816/VPCP-TTĐT" beside (or in place
 * of) CodeNumber and CodeNotation, and leaves the children of ResponseFor empty.
 */
function readCodeAndResponse(message: NodeReader): {
  readonly codeNumber: string;
  readonly codeNotation: string;
  readonly responseFor: EdxmlReference[];
} {
  const code = message.child('Code');
  const stray = code?.ownText() ?? '';
  const codeNumber = code?.text('CodeNumber') ?? '';
  const codeNotation = code?.text('CodeNotation') ?? '';
  const responses = message.children('ResponseFor').map(readReference);
  const responseFor = responses.filter((reference) => reference.code !== '' || reference.documentId !== '');
  if (stray === '') return { codeNumber, codeNotation, responseFor };
  if (responses.length > responseFor.length) {
    message.warn('RESPONSE_FOR_MISPLACED', 'Code');
    const misplaced = { organId: '', code: stray, promulgationDate: null, documentId: '' };
    return { codeNumber, codeNotation, responseFor: [...responseFor, misplaced] };
  }
  const slash = stray.indexOf('/');
  return codeNumber === '' && slash > 0
    ? { codeNumber: stray.slice(0, slash), codeNotation: stray.slice(slash + 1), responseFor }
    : { codeNumber, codeNotation, responseFor };
}

/** Without an id the document could be neither recognised again nor answered, so it is built from what names it. */
function readDocumentId(
  message: NodeReader,
  organId: string,
  date: string | null,
  number: string,
  notation: string,
): string {
  const given = message.text('DocumentId');
  if (given !== '') return given;
  if (date === null || number === '' || notation === '') {
    throw new EdxmlError('EDXML_MISSING_FIELD', { field: 'DocumentId' });
  }
  message.warn('FIELD_MISSING', 'DocumentId');
  return formatDocumentId({ organId, date, number, notation });
}
