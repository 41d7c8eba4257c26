import {
  decodeAnsi,
  envelopeOf,
  labelsOf,
  mapiProperties,
  METHOD,
  PROPERTY,
  type Property,
  TYPE,
} from './mapi-properties.ts';
import { type AsPart, type MailPart, type OpenedMail, unreadable } from './opened-mail.ts';

const SIGNATURE = Buffer.from([0x78, 0x9f, 0x3e, 0x22]);
/** [MS-OXTNEF] 2.1.3.3: attributes, each with its type in the upper half. */
const ATTRIBUTE = {
  codePage: 0x00069007,
  messageProperties: 0x00069003,
  attachmentBegins: 0x00069002,
  attachmentData: 0x0006800f,
  attachmentTitle: 0x00018010,
  attachmentProperties: 0x00069005,
} as const;
const MESSAGE_LEVEL = 1;
const ATTACHMENT_LEVEL = 2;
/** IID_IMessage ([MS-OXTNEF] 2.1.3.4): the object behind it is a message. */
const MESSAGE_OBJECT = Buffer.from('0703020000000000c000000000000046', 'hex');
const GUID_BYTES = 16;
/** From here on a property has a name ([MS-OXPROPS] 1.3.3). */
const FIRST_NAMED = 0x8000;

export function isTnef(bytes: Uint8Array): boolean {
  return SIGNATURE.equals(bytes.subarray(0, SIGNATURE.length));
}

interface TnefAttachment {
  title: Uint8Array;
  data: Uint8Array | null;
  properties: Map<number, Property>;
}

/**
 * What Outlook packs its attachments in when it writes to other programs (winmail.dat, [MS-OXTNEF]).
 * @throws CodedError MAIL_UNREADABLE, also for a sum that is wrong: what was damaged on its way is not taken for what was sent
 */
export function openTnef(bytes: Uint8Array, asPart: AsPart): OpenedMail {
  const input = createByteReader(bytes);
  if (!isTnef(input.take(SIGNATURE.length))) throw unreadable('no TNEF');
  // The key, which nothing needs ([MS-OXTNEF] 2.1.3.1).
  input.uint16();
  let codePage: number | null = null;
  let message = new Map<number, Property>();
  const attachments: TnefAttachment[] = [];
  while (!input.isAtEnd()) {
    const level = input.uint8();
    if (level !== MESSAGE_LEVEL && level !== ATTACHMENT_LEVEL) throw unreadable('TNEF level');
    const id = input.uint32();
    const data = input.take(input.uint32());
    if (input.uint16() !== sumOf(data)) throw unreadable('TNEF checksum');
    if (id === ATTRIBUTE.attachmentBegins)
      attachments.push({ title: new Uint8Array(), data: null, properties: new Map() });
    const attachment = attachments.at(-1);
    if (id === ATTRIBUTE.codePage && data.length >= 4) codePage = createByteReader(data).uint32();
    if (id === ATTRIBUTE.messageProperties) message = readProperties(data);
    if (level !== ATTACHMENT_LEVEL || attachment === undefined) continue;
    if (id === ATTRIBUTE.attachmentTitle) attachment.title = data;
    if (id === ATTRIBUTE.attachmentData) attachment.data = data;
    if (id === ATTRIBUTE.attachmentProperties) attachment.properties = readProperties(data);
  }
  const properties = mapiProperties((id) => message.get(id) ?? null, codePage);
  return { ...envelopeOf(properties), parts: partsOf(attachments, codePage, asPart) };
}

function* partsOf(
  attachments: readonly TnefAttachment[],
  codePage: number | null,
  asPart: AsPart,
): Generator<MailPart> {
  for (const { title, data, properties } of attachments) {
    const values = mapiProperties((id) => properties.get(id) ?? null, codePage);
    const labels = labelsOf(values);
    const name = labels.name ?? (title.length === 0 ? null : decodeAnsi(title, codePage));
    const object = values.bytes(PROPERTY.attachData);
    const isMessage = object !== null && MESSAGE_OBJECT.equals(object.subarray(0, GUID_BYTES));
    if (isMessage && values.number(PROPERTY.attachMethod) === METHOD.embedded) {
      const inner = object.subarray(GUID_BYTES);
      yield { ...labels, name, bytes: null, open: async () => openTnef(inner, asPart) };
    } else if (data !== null) {
      yield asPart({ ...labels, name, bytes: data });
    }
  }
}

/** [MS-OXTNEF] 2.1.3.4: a counted list of tags and values. */
function readProperties(bytes: Uint8Array): Map<number, Property> {
  const input = createByteReader(bytes);
  const found = new Map<number, Property>();
  for (let left = input.uint32(); left > 0; left -= 1) {
    const type = input.uint16();
    const id = input.uint16();
    if (id >= FIRST_NAMED) skipName(input);
    const isSeveral = (type & TYPE.several) !== 0;
    const single = type & ~TYPE.several;
    const fixed = fixedBytes.get(single);
    const count = isSeveral || fixed === undefined ? input.uint32() : 1;
    for (let at = 0; at < count; at += 1) {
      const value = fixed === undefined ? readCounted(input, single) : input.take(fixed);
      if (at === 0) found.set(id, { type: single, value });
    }
  }
  return found;
}

/** Bytes of values that say no length; those of two take four. */
const fixedBytes: ReadonlyMap<number, number> = new Map([
  [TYPE.short, 4],
  [TYPE.long, 4],
  [TYPE.float, 4],
  [TYPE.double, 8],
  [TYPE.currency, 8],
  [TYPE.appTime, 8],
  [TYPE.error, 4],
  [TYPE.boolean, 4],
  [TYPE.int64, 8],
  [TYPE.time, 8],
  [TYPE.guid, GUID_BYTES],
]);
const countedTypes: ReadonlySet<number> = new Set([TYPE.string8, TYPE.unicode, TYPE.binary, TYPE.object]);

function readCounted(input: ByteReader, type: number): Uint8Array {
  if (!countedTypes.has(type)) throw unreadable('TNEF property type');
  return takePadded(input, input.uint32());
}

function skipName(input: ByteReader): void {
  input.take(GUID_BYTES);
  const isText = input.uint32() === 1;
  const numberOrLength = input.uint32();
  if (isText) takePadded(input, numberOrLength);
}

/** Each value of its own length ends on a multiple of four; the last of all is sometimes left without. */
function takePadded(input: ByteReader, length: number): Uint8Array {
  const value = input.take(length);
  input.skip((4 - (length % 4)) % 4);
  return value;
}

/** [MS-OXTNEF] 2.1.3.2: the sum of all bytes, modulo 65536. */
function sumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = (sum + byte) & 0xffff;
  return sum;
}

type ByteReader = ReturnType<typeof createByteReader>;

/** Reads little-endian numbers and bytes in a row. What is not there any more is refused as MAIL_UNREADABLE. */
function createByteReader(bytes: Uint8Array) {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (length: number): Buffer => {
    if (length > view.length - at) throw unreadable('TNEF end');
    at += length;
    return view.subarray(at - length, at);
  };
  return {
    take,
    skip: (length: number): void => {
      at = Math.min(at + length, view.length);
    },
    isAtEnd: (): boolean => at === view.length,
    uint8: (): number => take(1).readUInt8(0),
    uint16: (): number => take(2).readUInt16LE(0),
    uint32: (): number => take(4).readUInt32LE(0),
  };
}
