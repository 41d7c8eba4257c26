/** GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, 6.2.1 and 6.2.1.1). */

/** By code; place 27 is the escape to the extension and no letter. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const ESCAPE = 0x1b;
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

/** The septets of each letter: one, or two for those of the extension table. */
export const gsm7Septets: ReadonlyMap<string, readonly number[]> = new Map([
  ...Array.from(basic).flatMap((letter, code): [string, number[]][] => (code === ESCAPE ? [] : [[letter, [code]]])),
  ...Object.entries(extension).map(([letter, code]): [string, number[]] => [letter, [ESCAPE, code]]),
]);
