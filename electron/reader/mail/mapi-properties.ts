import { type MailPart, type OpenedMail } from './opened-mail.ts';

/** Properties that Outlook's formats share, by their ids ([MS-OXPROPS]); the type is kept beside each value. */
export const PROPERTY = {
  subject: 0x0037,
  clientSubmitTime: 0x0039,
  sentRepresentingName: 0x0042,
  sentRepresentingAddress: 0x0065,
  transportHeaders: 0x007d,
  senderName: 0x0c1a,
  senderAddress: 0x0c1f,
  deliveryTime: 0x0e06,
  displayName: 0x3001,
  attachData: 0x3701,
  attachFilename: 0x3704,
  attachMethod: 0x3705,
  attachLongFilename: 0x3707,
  attachMimeTag: 0x370e,
  attachFlags: 0x3714,
  messageCodepage: 0x3ffd,
  senderSmtpAddress: 0x5d01,
  sentRepresentingSmtpAddress: 0x5d02,
  attachmentHidden: 0x7ffe,
} as const;

/** [MS-OXCDATA] 2.11.1 */
export const TYPE = {
  short: 0x0002,
  long: 0x0003,
  float: 0x0004,
  double: 0x0005,
  currency: 0x0006,
  appTime: 0x0007,
  error: 0x000a,
  boolean: 0x000b,
  object: 0x000d,
  int64: 0x0014,
  string8: 0x001e,
  unicode: 0x001f,
  time: 0x0040,
  guid: 0x0048,
  binary: 0x0102,
  several: 0x1000,
} as const;

/** [MS-OXCMSG] 2.2.2.9: how an attachment is kept. */
export const METHOD = { embedded: 5, ole: 6 } as const;
/** [MS-OXCMSG] 2.2.2.18: it is shown within the text. */
const IN_TEXT = 4;

export interface Property {
  readonly type: number;
  readonly value: Uint8Array;
}

/** The properties of a message or an attachment, by id. */
export interface MapiProperties {
  text(id: number): string;
  number(id: number): number | null;
  bytes(id: number): Uint8Array | null;
  /** ISO 8601; null when there is none that a calendar shows. */
  instant(id: number): string | null;
}

/** @param codePage Of texts that are not Unicode; null is that of Vietnamese Windows. */
export function mapiProperties(find: (id: number) => Property | null, codePage: number | null): MapiProperties {
  const numbers = (id: number, types: readonly number[], bytes: number): Buffer | null => {
    const found = find(id);
    if (found === null || !types.includes(found.type) || found.value.length < bytes) return null;
    return Buffer.from(found.value.buffer, found.value.byteOffset, found.value.byteLength);
  };
  return {
    text(id) {
      const found = find(id);
      if (found?.type === TYPE.unicode) return untilZero(new TextDecoder('utf-16le').decode(found.value));
      if (found?.type === TYPE.string8) return decodeAnsi(found.value, codePage);
      return '';
    },
    number(id) {
      const short = numbers(id, [TYPE.short, TYPE.boolean], 2);
      return short?.readUInt16LE(0) ?? numbers(id, [TYPE.long], 4)?.readInt32LE(0) ?? null;
    },
    bytes(id) {
      const found = find(id);
      return found?.type === TYPE.binary || found?.type === TYPE.object ? found.value : null;
    },
    instant(id) {
      // FILETIME: units of 100 ns since 1601, UTC.
      const ticks = numbers(id, [TYPE.time], 8)?.readBigUInt64LE(0) ?? 0n;
      const time = Number(ticks / 10_000n) - 11_644_473_600_000;
      return ticks === 0n || Number.isNaN(new Date(time).getTime()) ? null : new Date(time).toISOString();
    },
  };
}

/** Windows code pages by the names that decoders know them by; those of 1250 to 1258 have their number in it. */
const otherCodePages: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  20127: 'windows-1252',
  28591: 'windows-1252',
  65001: 'utf-8',
};

/** A text in a Windows code page, as far as its first zero. */
export function decodeAnsi(bytes: Uint8Array, codePage: number | null): string {
  const named = codePage ?? 1258;
  const label = named >= 1250 && named <= 1258 ? `windows-${named}` : (otherCodePages[named] ?? 'windows-1258');
  // Vietnamese Windows writes some tones as letters of their own, behind the vowel.
  return untilZero(new TextDecoder(label).decode(bytes)).normalize('NFC');
}

const untilZero = (text: string): string => text.split('\0', 1)[0] ?? '';

/** Who sent it, about what and when: whom the mail was sent for stands before whoever sent it. */
export function envelopeOf(properties: MapiProperties): Omit<OpenedMail, 'parts'> {
  const { text } = properties;
  const addresses = [
    PROPERTY.sentRepresentingSmtpAddress,
    PROPERTY.sentRepresentingAddress,
    PROPERTY.senderSmtpAddress,
    PROPERTY.senderAddress,
  ].map((id) => text(id));
  return {
    senderName: text(PROPERTY.sentRepresentingName) || text(PROPERTY.senderName),
    // Within an Exchange organisation an address is a path of its directory, which nobody outside can write to.
    senderAddress: addresses.find((address) => address.includes('@')) ?? '',
    subject: text(PROPERTY.subject),
    date: properties.instant(PROPERTY.clientSubmitTime) ?? properties.instant(PROPERTY.deliveryTime),
  };
}

/** Name and place of an attachment. */
export function labelsOf(properties: MapiProperties): Pick<MailPart, 'name' | 'belongsToText'> & { mimeType: string } {
  const name = [PROPERTY.attachLongFilename, PROPERTY.attachFilename, PROPERTY.displayName].map((id) =>
    properties.text(id),
  );
  const mimeType = properties.text(PROPERTY.attachMimeTag).toLowerCase();
  return {
    name: name.find((one) => one !== '') ?? null,
    mimeType,
    belongsToText:
      properties.number(PROPERTY.attachmentHidden) === 1 ||
      ((properties.number(PROPERTY.attachFlags) ?? 0) & IN_TEXT) !== 0 ||
      properties.number(PROPERTY.attachMethod) === METHOD.ole ||
      mimeType.startsWith('text/'),
  };
}
