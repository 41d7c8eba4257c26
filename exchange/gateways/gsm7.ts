/** The default alphabet, by code (3GPP TS 23.038, 6.2.1); place 27 is the escape to the extension and no letter. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const ESCAPE = 0x1b;
/** The extension table (6.2.1.1): each takes two septets. */
const extension: Readonly<Record<string, number>> = {
  '\f': 0x0a,
  '^': 0x14,
  '{': 0x28,
  '}': 0x29,
  '\\': 0x2f,
  '[': 0x3c,
  '~': 0x3d,
  ']': 0x3e,
  '|': 0x40,
  '€': 0x65,
};

const codes = new Map<string, readonly number[]>([
  ...Array.from(basic).flatMap((letter, code): [string, number[]][] => (code === ESCAPE ? [] : [[letter, [code]]])),
  ...Object.entries(extension).map(([letter, code]): [string, number[]] => [letter, [ESCAPE, code]]),
]);

const SEPTETS_IN_ONE_PART = 160;
const UCS2_UNITS_IN_ONE_PART = 70;

/** A text as one septet an octet, or null when a character is not in the alphabet (almost all Vietnamese letters). */
export function encodeGsm7(text: string): Buffer | null {
  const septets: number[] = [];
  for (const letter of text) {
    const code = codes.get(letter);
    if (code === undefined) return null;
    septets.push(...code);
  }
  return Buffer.from(septets);
}

/** A text message of one part as it goes to a network: GSM 7-bit when all of it is in the alphabet, else UCS-2. */
export interface EncodedText {
  readonly coding: 'gsm7' | 'ucs2';
  readonly bytes: Buffer;
  readonly fitsOnePart: boolean;
}

export function encodeText(text: string): EncodedText {
  const septets = encodeGsm7(text);
  if (septets !== null) return { coding: 'gsm7', bytes: septets, fitsOnePart: septets.length <= SEPTETS_IN_ONE_PART };
  const bytes = Buffer.from(text, 'utf16le').swap16();
  return { coding: 'ucs2', bytes, fitsOnePart: text.length <= UCS2_UNITS_IN_ONE_PART };
}
