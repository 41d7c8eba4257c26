import { documentTypeByAbbreviation } from './document-types.ts';

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

/** Removes spaces around separators and makes dashes hyphens: ` 241 / VPUBND – HCTC` → `241/VPUBND-HCTC`. */
export function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s*([/-])\s*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Decree form of a number: Arabic digits, `0` before numbers below 10 (7 → `07`). Throws RangeError unless 1, 2, 3 … */
export function formatNumber(number: number): string {
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError(`not a document number: ${number}`);
  return String(number).padStart(2, '0');
}

/**
 * Whether a number that a page has already is this one. Digits and nothing else: "241a" is another document's number
 * (số phụ).
 */
export function isPrintedNumber(printed: string, number: number): boolean {
  return /^\d+$/.test(printed) && Number(printed) === number;
}

/** Written form: `formatDocumentCode(7, 'TB-UBND')` → `07/TB-UBND`. */
export function formatDocumentCode(number: number, notation: string): string {
  return `${formatNumber(number)}/${tidy(notation)}`;
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

/** A number and notation as clerks and programs write it: `5/QĐ-UBND`, `05/QĐ-UBND`, `05/qđ - ubnd`. */
export function codeVariants(codeText: string): string[] {
  const plain = codeText.normalize('NFC').replaceAll(/\s+/g, '');
  const short = plain.replace(/^0+(?=\d)/, '');
  const forms = [codeText, plain, short, /^\d\D/.test(short) ? `0${short}` : short];
  return [...new Set(forms.flatMap((form) => [form, form.toLocaleUpperCase('vi')]))];
}
