import { isCodedError } from '#shared/errors/coded-error.ts';
import { type CompoundStorage, isCompoundFile, openCompoundFile } from './compound-file.ts';
import {
  envelopeOf,
  labelsOf,
  type MapiProperties,
  mapiProperties,
  METHOD,
  PROPERTY,
  type Property,
  TYPE,
} from './mapi-properties.ts';
import { openMime } from './open-mime.ts';
import { type AsPart, type MailPart, type OpenedMail, unreadable } from './opened-mail.ts';

const PROPERTIES = '__properties_version1.0';
const ATTACHMENT = '__attach_version1.0_';
const EMBEDDED = '__substg1.0_3701000D';
/** What stands before the properties ([MS-OXMSG] 2.4.1), by whose they are. */
const HEADER_BYTES = { message: 32, embedded: 24, attachment: 8 };
const ENTRY_BYTES = 16;

/** Whether the bytes are a message of Outlook; older Word and Excel files have the same container. */
export function isOutlookMessage(bytes: Uint8Array): boolean {
  if (!isCompoundFile(bytes)) return false;
  try {
    return openCompoundFile(bytes).stream(PROPERTIES) !== null;
  } catch (error) {
    if (isCodedError(error)) return false;
    throw error;
  }
}

/**
 * A message that Outlook saved (.msg, [MS-OXMSG]).
 * @throws CodedError MAIL_UNREADABLE
 */
export async function openOutlookMessage(bytes: Uint8Array, asPart: AsPart): Promise<OpenedMail> {
  return openMessage(openCompoundFile(bytes), 'message', null, asPart);
}

async function openMessage(
  storage: CompoundStorage,
  place: 'message' | 'embedded',
  outerCodePage: number | null,
  asPart: AsPart,
): Promise<OpenedMail> {
  const codePage = readProperties(storage, place, null).number(PROPERTY.messageCodepage) ?? outerCodePage;
  const properties = readProperties(storage, place, codePage);
  const envelope = envelopeOf(properties);
  const parts = partsOf(storage, codePage, asPart);
  const headers = properties.text(PROPERTY.transportHeaders);
  if (envelope.senderAddress !== '' || headers === '') return { ...envelope, parts };
  // What came over the internet keeps the lines that it came with.
  const { senderName, senderAddress } = await openMime(Buffer.from(`${headers.trim()}\r\n\r\n`), asPart);
  return { ...envelope, senderName: envelope.senderName || senderName, senderAddress, parts };
}

function* partsOf(storage: CompoundStorage, codePage: number | null, asPart: AsPart): Generator<MailPart> {
  for (const attachment of storage.storages(ATTACHMENT)) {
    const properties = readProperties(attachment, 'attachment', codePage);
    const labels = labelsOf(properties);
    const inner = attachment.storage(EMBEDDED);
    if (inner !== null && properties.number(PROPERTY.attachMethod) === METHOD.embedded) {
      yield { ...labels, bytes: null, open: () => openMessage(inner, 'embedded', codePage, asPart) };
    } else {
      // Attachments by reference have none; those that OLE draws are storages.
      const bytes = properties.bytes(PROPERTY.attachData);
      if (bytes !== null) yield asPart({ ...labels, bytes });
    }
  }
}

/** [MS-OXMSG] 2.4: short values stand in one stream, each longer one in a stream that its tag names. */
function readProperties(
  storage: CompoundStorage,
  place: keyof typeof HEADER_BYTES,
  codePage: number | null,
): MapiProperties {
  const stream = storage.stream(PROPERTIES);
  if (stream === null) throw unreadable('no properties');
  const entries = Buffer.from(stream).subarray(HEADER_BYTES[place]);
  const short = new Map<number, Property>();
  for (let at = 0; at + ENTRY_BYTES <= entries.length; at += ENTRY_BYTES) {
    const type = entries.readUInt16LE(at);
    short.set(entries.readUInt16LE(at + 2), { type, value: entries.subarray(at + 8, at + ENTRY_BYTES) });
  }
  const long = (id: number, type: number): Property | null => {
    const value = storage.stream(`__substg1.0_${hex(id)}${hex(type)}`);
    return value === null ? null : { type, value };
  };
  return mapiProperties((id) => {
    const found = long(id, TYPE.unicode) ?? long(id, TYPE.string8) ?? long(id, TYPE.binary);
    return found ?? short.get(id) ?? null;
  }, codePage);
}

const hex = (number: number): string => number.toString(16).padStart(4, '0');
