import CFB from 'cfb';

/** A file that goes with a mail of Outlook, or (`mail`) a mail that does. */
export interface OutlookPart {
  readonly name: string | null;
  readonly bytes?: Uint8Array;
  readonly mail?: OutlookMail;
  readonly mimeType?: string;
  readonly hidden?: boolean;
}

export interface OutlookMail {
  readonly senderName?: string;
  readonly senderAddress?: string;
  readonly subject?: string;
  readonly sentAt?: string | null;
  readonly headers?: string;
  readonly parts?: readonly OutlookPart[];
}

/** How texts are written: as Unicode, or as Vietnamese Windows writes them (cp1258). */
export type OutlookText = 'unicode' | 'ansi';

const SHORT = { long: 0x0003, boolean: 0x000b, time: 0x0040 } as const;
const STRING8 = 0x001e;
const UNICODE = 0x001f;
const BINARY = 0x0102;
const OBJECT = 0x000d;
const IID_MESSAGE = Buffer.from('0703020000000000c000000000000046', 'hex');

/** id and type of a property, and its value: eight bytes for those that are short. */
type Value = readonly [id: number, type: number, value: Buffer];

const text = (id: number, value: string | null | undefined, as: OutlookText): Value[] => {
  if (value === null || value === undefined) return [];
  return [as === 'unicode' ? [id, UNICODE, Buffer.from(value, 'utf16le')] : [id, STRING8, encode1258(value)]];
};
const long = (id: number, value: number): Value => [id, SHORT.long, numbers(value, 0)];
const time = (id: number, iso: string): Value => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(Date.parse(iso) + 11_644_473_600_000) * 10_000n);
  return [id, SHORT.time, bytes];
};

function messageValues(mail: OutlookMail, as: OutlookText): Value[] {
  const { senderName = 'Văn thư Sở Nội vụ', senderAddress = 'vanthu@snv.example.vn' } = mail;
  const { subject = 'V/v rà soát biên chế năm 2027', sentAt = '2026-11-27T02:15:00.000Z' } = mail;
  return [
    ...(as === 'ansi' ? [long(0x3ffd, 1258)] : []),
    ...text(0x0042, senderName, as),
    ...text(0x5d02, senderAddress, as),
    ...text(0x0037, subject, as),
    ...text(0x007d, mail.headers, as),
    ...(sentAt === null ? [] : [time(0x0039, sentAt)]),
  ];
}

const attachmentValues = ({ name, mimeType, hidden, mail }: OutlookPart, as: OutlookText): Value[] => [
  ...text(0x3707, name, as),
  ...text(0x370e, mimeType, as),
  long(0x3705, mail === undefined ? 1 : 5),
  ...(hidden === true ? [[0x7ffe, SHORT.boolean, numbers(1, 0)] as const] : []),
];

/** A message as Outlook saves it ([MS-OXMSG]); the container is written by SheetJS's cfb. */
export function makeOutlookMessage(mail: OutlookMail = {}, as: OutlookText = 'unicode'): Uint8Array {
  const container = CFB.utils.cfb_new();
  addMessage(container, '', 32, mail, as);
  return new Uint8Array(CFB.write(container, { type: 'buffer' }) as Buffer);
}

function addMessage(
  container: CFB.CFB$Container,
  folder: string,
  headerBytes: number,
  mail: OutlookMail,
  as: OutlookText,
): void {
  addValues(container, folder, headerBytes, messageValues(mail, as));
  for (const [at, part] of (mail.parts ?? []).entries()) {
    const place = `${folder}/__attach_version1.0_#${at.toString(16).toUpperCase().padStart(8, '0')}`;
    const data: Value[] = part.bytes === undefined ? [] : [[0x3701, BINARY, Buffer.from(part.bytes)]];
    addValues(container, place, 8, [...attachmentValues(part, as), ...data]);
    if (part.mail !== undefined) addMessage(container, `${place}/__substg1.0_3701000D`, 24, part.mail, as);
  }
}

function addValues(container: CFB.CFB$Container, folder: string, headerBytes: number, values: readonly Value[]): void {
  const entries = values.map(([id, type, value]) => {
    const isShort = Object.values<number>(SHORT).includes(type);
    if (!isShort) CFB.utils.cfb_add(container, `${folder}/__substg1.0_${hex(id)}${hex(type)}`, value);
    const tag = Buffer.concat([uint16(type), uint16(id)]);
    return Buffer.concat([tag, uint32(6), isShort ? value.subarray(0, 8) : numbers(value.length, 0)]);
  });
  CFB.utils.cfb_add(
    container,
    `${folder}/__properties_version1.0`,
    Buffer.concat([Buffer.alloc(headerBytes), ...entries]),
  );
}

/** What Outlook sends to other programs as winmail.dat ([MS-OXTNEF]). */
export function makeTnef(mail: OutlookMail = {}, as: OutlookText = 'unicode'): Uint8Array {
  const attributes = [
    attribute(1, 0x00089006, uint32(0x00010000)),
    attribute(1, 0x00069007, numbers(1258, 0)),
    attribute(1, 0x00069003, propertyList(messageValues(mail, as))),
    ...(mail.parts ?? []).flatMap((part) => [
      attribute(2, 0x00069002, Buffer.alloc(14)),
      ...(part.bytes === undefined ? [] : [attribute(2, 0x0006800f, Buffer.from(part.bytes))]),
      // What Outlook of old wrote alone.
      ...(part.name === null
        ? []
        : [attribute(2, 0x00018010, Buffer.concat([encode1258(part.name), Buffer.alloc(1)]))]),
      attribute(2, 0x00069005, propertyList([...attachmentValues(part, as), ...embeddedMail(part, as)])),
    ]),
  ];
  return new Uint8Array(Buffer.concat([Buffer.from([0x78, 0x9f, 0x3e, 0x22]), uint16(7), ...attributes]));
}

const embeddedMail = ({ mail }: OutlookPart, as: OutlookText): Value[] =>
  mail === undefined ? [] : [[0x3701, OBJECT, Buffer.concat([IID_MESSAGE, makeTnef(mail, as)])]];

/** The same bytes with sums that are right again, as far as the attributes can be told apart. */
export function withRightSums(tnef: Buffer): Buffer {
  const bytes = Buffer.from(tnef);
  for (let at = 6; at + 9 <= bytes.length;) {
    const end = at + 9 + bytes.readUInt32LE(at + 5);
    if (end + 2 > bytes.length) break;
    bytes.writeUInt16LE(sumOf(bytes.subarray(at + 9, end)), end);
    at = end + 2;
  }
  return bytes;
}

const sumOf = (data: Buffer): number => data.reduce((before, byte) => (before + byte) & 0xffff, 0);

function attribute(level: number, id: number, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from([level]), uint32(id), uint32(data.length), data, uint16(sumOf(data))]);
}

function propertyList(values: readonly Value[]): Buffer {
  const written = values.map(([id, type, value]) => {
    const tag = Buffer.concat([uint16(type), uint16(id)]);
    if (type === SHORT.time) return Buffer.concat([tag, value]);
    if (type === SHORT.long || type === SHORT.boolean) return Buffer.concat([tag, value.subarray(0, 4)]);
    const padding = Buffer.alloc((4 - (value.length % 4)) % 4);
    return Buffer.concat([tag, uint32(1), uint32(value.length), value, padding]);
  });
  // A property with a name, as each real mail has some.
  const named = Buffer.concat([uint16(0x001f), uint16(0x8001), Buffer.alloc(16, 3), uint32(1), uint32(6)]);
  const name = Buffer.concat([Buffer.from('abc', 'utf16le'), Buffer.alloc(2), uint32(1), uint32(2), Buffer.alloc(4)]);
  return Buffer.concat([uint32(values.length + 1), named, name, ...written]);
}

/** Tones that cp1258 has as letters of their own. */
const tones: Readonly<Record<string, number>> = {
  '\u0300': 0xcc,
  '\u0309': 0xd2,
  '\u0303': 0xde,
  '\u0301': 0xec,
  '\u0323': 0xf2,
};
const letters: Readonly<Record<string, number>> = {
  Ă: 0xc3,
  ă: 0xe3,
  Đ: 0xd0,
  đ: 0xf0,
  Ơ: 0xd5,
  ơ: 0xf5,
  Ư: 0xdd,
  ư: 0xfd,
};

/** A Vietnamese text in cp1258: the vowel, then its tone. */
export function encode1258(value: string): Buffer {
  const bytes: number[] = [];
  for (const letter of value.normalize('NFC')) {
    const parts = Array.from(letter.normalize('NFD'));
    const tone = parts.find((part) => part in tones);
    const vowel = parts
      .filter((part) => part !== tone)
      .join('')
      .normalize('NFC');
    bytes.push(letters[vowel] ?? vowel.charCodeAt(0));
    if (tone !== undefined) bytes.push(tones[tone] ?? 0);
  }
  return Buffer.from(bytes);
}

const hex = (number: number): string => number.toString(16).toUpperCase().padStart(4, '0');
const uint16 = (value: number): Buffer => numbers(value, 0).subarray(0, 2);
const uint32 = (value: number): Buffer => numbers(value, 0).subarray(0, 4);
function numbers(low: number, high: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(low, 0);
  bytes.writeUInt32LE(high, 4);
  return bytes;
}
