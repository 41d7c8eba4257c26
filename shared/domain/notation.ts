import { documentTypeByAbbreviation } from './document-types.ts';
import { normalizeText } from './vietnamese-text.ts';

export interface NotationParts {
  /** Year of a legal document (`2016` in `2016/QĐ-UBND`), else null. */
  readonly year: number | null;
  /** Abbreviation of a named type (`QĐ`), null for công văn. */
  readonly typeAbbreviation: string | null;
  /** Abbreviation of the issuing agency: `UBND`, `VPUBND`. */
  readonly agency: string;
  /** Drafting unit or field: `HCTC`; empty when there is none. */
  readonly unit: string;
}

const notationPattern = /^(?:\d{4}\/)?[\p{L}\d]+(?:[-/.&][\p{L}\d]+)*$/u;

/** Whether `text` can stand after the number's slash: groups of letters and digits joined by hyphens, no spaces. */
export function isNotation(text: string): boolean {
  return text.length <= 60 && notationPattern.test(text) && /\p{L}/u.test(text);
}

/** Removes spaces around separators and makes dashes hyphens (one Đ too): ` 241 / VPUBND – HCTC` → `241/VPUBND-HCTC`. */
export function tidy(text: string): string {
  return normalizeText(text)
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s*([/-])\s*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * Decree form of a number: Arabic digits, `0` before numbers below 10 (7 → `07`), then the letter of a số phụ (`241a`).
 * @throws RangeError unless 1, 2, 3 …
 */
export function formatNumber(number: number, suffix = ''): string {
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError(`not a document number: ${number}`);
  return `${String(number).padStart(2, '0')}${suffix}`;
}

/** Whether a number that a page has already is this one: "241a" is another document's than "241". */
export function isPrintedNumber(printed: string, number: number, suffix = ''): boolean {
  const parts = /^(\d+)(\p{L}?)$/u.exec(printed);
  return parts !== null && Number(parts[1]) === number && parts[2]?.toLocaleLowerCase('vi') === suffix;
}

/** Written form: `formatDocumentCode(7, 'TB-UBND')` → `07/TB-UBND`. */
export function formatDocumentCode(number: number, notation: string, suffix = ''): string {
  return `${formatNumber(number, suffix)}/${tidy(notation)}`;
}

/** Splits a notation into year, type, agency and unit: `QĐ-UBND`, `VPUBND-HCTC`, `2016/QĐ-UBND`. */
export function parseNotation(notation: string): NotationParts {
  const yearMatch = /^(\d{4})\/(.*)$/u.exec(notation);
  const rest = yearMatch?.[2] ?? notation;
  const year = yearMatch?.[1] === undefined ? null : Number(yearMatch[1]);
  const [first = '', ...others] = rest.split(/[-/]/u);
  if (others.length > 0 && documentTypeByAbbreviation(first) !== null) {
    const [agency = '', ...unit] = others;
    return { year, typeAbbreviation: first, agency, unit: unit.join('-') };
  }
  return { year, typeAbbreviation: null, agency: first, unit: others.join('-') };
}

/**
 * What a number and notation mean, to compare them: `Số: 7/TB-SNV`, `07 / tb – snv` and `007/TB-SNV` are one. Accents
 * stay, for HD (hướng dẫn) and HĐ (hợp đồng) are two.
 */
export function comparableCode(codeText: string): string {
  return normalizeText(codeText.normalize('NFKC'))
    .toLocaleUpperCase('vi')
    .replace(/^\s*SỐ\s*:?/u, '')
    .replace(/\s+/g, '')
    .replace(/[\u2010-\u2015\u2212_]/g, '-')
    .replace(/[\u2044\u2215\\]/g, '/')
    .replace(/([-/])\1+/g, '$1')
    .replace(/^0+(?=\d)/, '')
    .replace(/[.,;:/-]+$/, '');
}
