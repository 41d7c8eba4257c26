/**
 * Control characters, line ends of every kind, and the marks that turn the direction of what follows: in a name from
 * outside they serve to show something other than what is there. No Vietnamese text needs one in a single line.
 */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]+/gu;

/** A text from outside as one line that reads as it is; what separated words still does. */
export function plainText(text: string): string {
  return text.replaceAll(UNSEEN, (run) => (/[\s\u0085]/.test(run) ? ' ' : ''));
}

/** The same value with every text in it plain; bytes and dates stay as they are. */
export function plainTexts<Value>(value: Value): Value {
  return plain(value) as Value;
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return plainText(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value) || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}

/** Half of a character, which no file and no database can keep. */
const BROKEN = /\p{Cs}/gu;

/** A text of several lines from outside, each of which reads as it is; nothing stands around them. */
export function plainLines(text: string): string {
  return text
    .replaceAll(BROKEN, '')
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map(plainText)
    .join('\n')
    .trim();
}

/** Whether `plainLines` changes nothing of a text. */
export function isPlainLines(text: string): boolean {
  return text === plainLines(text);
}
