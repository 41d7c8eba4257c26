import { z } from 'zod';

/** E.164 of a Vietnamese number: mobile `+84` and 9 digits, landline (area codes begin with 2) `+84` and 10 digits. */
export const phoneSchema = z.string().regex(/^\+84(2\d{9}|[35789]\d{8})$/);

/** Whether a number of any country is in the form that notices have: E.164 with its plus sign (ITU-T E.164: at most 15 digits). */
export function isE164(text: string): boolean {
  return /^\+[1-9]\d{7,14}$/.test(text);
}

/** How providers want numbers: `84912345678` or, within Viet Nam, `0912345678`. */
export type NumberForm = 'international' | 'national';

/** A number in E.164 as a provider wants it; one of another country keeps its country code. */
export function numberAs(form: NumberForm, number: string): string {
  return form === 'national' ? number.replace(/^\+84/, '0').replace(/^\+/, '') : number.slice(1);
}

/** Only a mobile number gets SMS and Zalo. */
export type PhoneKind = 'mobile' | 'landline';

export type PhoneProblem =
  | 'empty'
  /** Something other than digits, spaces, dots, hyphens, parentheses and a leading plus. */
  | 'not-a-number'
  /** A country other than Việt Nam. */
  | 'foreign'
  /** An 11-digit mobile number (01…) of before November 2018: its owner has a new one. */
  | 'old-mobile'
  /** Numbers that get no SMS and belong to no person: 1900…, 1800…, 113. */
  | 'service-number'
  | 'wrong-length'
  /** Neither mobile (03, 05, 07, 08, 09) nor landline (02). */
  | 'unknown-prefix';

export type ParsedPhone =
  { readonly number: string; readonly kind: PhoneKind } | { readonly number: null; readonly problem: PhoneProblem };

/** Reads what people type: `0900 000 431`, `+84 900 000 431`, `84900000431`, `(0262) 3.000.160`. */
export function parsePhone(text: string): ParsedPhone {
  const clean = text.normalize('NFKC').trim();
  if (clean === '') return refuse('empty');
  if (!/^\+?[\d\s.()-]+$/.test(clean) || !/\d/.test(clean)) return refuse('not-a-number');
  const digits = clean.replaceAll(/\D/g, '').replace(/^00/, '+');
  const international = clean.startsWith('+') || digits.startsWith('+');
  const bare = digits.replace('+', '');
  if (international && !bare.startsWith('84')) return refuse('foreign');
  if (international || (bare.startsWith('84') && bare.length > 10)) return national(bare.slice(2).replace(/^0/, ''));
  if (/^(1[89]00\d{4,6}|1\d{2,3})$/.test(bare)) return refuse('service-number');
  return bare.startsWith('0') ? national(bare.slice(1)) : refuse('unknown-prefix');
}

/** Of a number in E.164 that `phoneSchema` takes. */
export function phoneKind(number: string): PhoneKind {
  return number.startsWith('+842') ? 'landline' : 'mobile';
}

/** As people write it: `0900 000 431`, `0262 3 000 160`, `024 3800 0160`. */
export function formatPhone(number: string): string {
  const digits = `0${number.slice(3)}`;
  if (phoneKind(number) === 'mobile') return digits.replace(/^(\d{4})(\d{3})(\d{3})$/, '$1 $2 $3');
  // Hà Nội and Thành phố Hồ Chí Minh have area codes of two digits.
  return /^02[48]/.test(digits)
    ? digits.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3')
    : digits.replace(/^(\d{4})(\d)(\d{3})(\d{3})$/, '$1 $2 $3 $4');
}

/** @param digits without the country code and the leading zero */
function national(digits: string): ParsedPhone {
  if (/^1[2689]\d{8}$/.test(digits)) return refuse('old-mobile');
  if (!/^[235789]/.test(digits)) return refuse('unknown-prefix');
  const number = `+84${digits}`;
  return phoneSchema.safeParse(number).success ? { number, kind: phoneKind(number) } : refuse('wrong-length');
}

function refuse(problem: PhoneProblem): ParsedPhone {
  return { number: null, problem };
}
