/** Vietnamese text: one Unicode form to store, one folded form to search. */

/**
 * One Đ for what looks like it: other keyboards and fonts write eth (Ð), the African D (Ɖ) or a D with a stroke laid over
 * it, and no two of them are found or compared as one letter.
 */
function withOneDStroke(text: string): string {
  return text.replace(/[\u00D0\u0189]|D[\u0335\u0336]/g, 'Đ').replace(/[\u00F0\u0256]|d[\u0335\u0336]/g, 'đ');
}

/** NFC with one Đ, ordinary spaces only and no zero-width characters: the form in which all text is stored. */
export function normalizeText(text: string): string {
  return withOneDStroke(text.normalize('NFC'))
    .replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, ' ');
}

/** `normalizeText`, runs of white space as one space, none at the ends. */
export function cleanLine(text: string): string {
  return normalizeText(text).replace(/\s+/g, ' ').trim();
}

/** Without accents, the case kept, đ as d: `Đắk Lắk` → `Dak Lak`. */
export function withoutAccents(text: string): string {
  return withOneDStroke(text).normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
}

/** Search form: lower case, no accents, đ as d: `Đắk Lắk` → `dak lak`. Applied to what is stored and to what is typed. */
export function foldVietnamese(text: string): string {
  return withoutAccents(text).toLowerCase();
}

/** All letters upper case, as agencies and titles stand on a letter. */
export function upperCase(text: string): string {
  return text.toLocaleUpperCase('vi');
}

/** First letter of the text upper case, the rest as it is. */
export function capitalizeFirst(text: string): string {
  const [first = '', ...rest] = text;
  return upperCase(first) + rest.join('');
}

/** Whether the text has letters and all of them are upper case. */
export function isUpperCase(text: string): boolean {
  return /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);
}

/** Every syllable with a capital: `BÙI HỒNG QUÝ` → `Bùi Hồng Quý`; for names of persons and places. */
export function titleCase(text: string): string {
  return text
    .normalize('NFC')
    .toLocaleLowerCase('vi')
    .replace(/\p{L}+/gu, capitalizeFirst);
}
