import type { SecrecyMark } from './proposal.ts';
import { normalizeText } from './vietnamese-text.ts';

/**
 * The words of the marks as fonts write them: in Unicode with accents lost on the way, in TCVN3 (`TUYÖT MËT`), VNI
 * (`TUYEÄT MAÄT`), VISCII and Windows-1258 shown as Western text, and UTF-8 shown as such. In lower case.
 */
const MAT = 'm(?:[ậâạa]|ë|aä|§|‡|âò|áº[¬­])t';
const TOI = 't(?:[ốồổôóo]|è|oá|¯|ôì|á»[‘’])i';
const TUYET = 'tuy(?:[ệêẹe]|ö|eä|®|ž|êò|á»[‡†])t';
const URGENCY = 'h(?:ỏa|oả|oa)tốc(?:hẹngiờ[\\dgiờh:]*)?|thượngkhẩn|khẩn';
const LABEL = '(?:(?:mức)?độ(?:bí)?mật|dấu(?:chỉ)?(?:mức)?(?:độ)?mật|mứcđộ(?:bảo)?mật|bímậtnhànước)';

const markPattern = new RegExp(
  `^(?<label>${LABEL})?(?:${URGENCY})?(?:(?<top>${TUYET})|(?<high>${TOI}))?${MAT}(?:${URGENCY})?(?:bảnsố\\d*)?$`,
  'u',
);

/** How a text stands as a mark: as a stamp in capitals, named as one (`Độ mật: Mật`), or written otherwise (`Mật`). */
export interface ReadSecrecyMark {
  readonly mark: SecrecyMark;
  readonly form: 'stamp' | 'named' | 'written';
}

/**
 * Reads a line that is a mark of secrecy (dấu chỉ mức độ mật) and nothing else, however it is spaced, framed, accented or
 * encoded. A sentence, or a name with the word in it ("bảo mật", "Luật Bảo vệ bí mật nhà nước"), is none, and neither is
 * the word in small letters, which is the end of a sentence on a line of its own.
 */
export function readSecrecyMark(line: string): ReadSecrecyMark | null {
  // All of these words fit in less, letters apart and framed.
  if (line.length > 80) return null;
  const text = normalizeText(line);
  const letters = text.toLocaleLowerCase('vi').replace(/[\s[\](){}<>|/\\*"'“”«».,;:!?_=~+#•·–—-]+/gu, '');
  const match = markPattern.exec(letters);
  if (match === null) return null;
  const { label, top, high } = match.groups ?? {};
  const mark = top !== undefined ? 'Tuyệt mật' : high !== undefined ? 'Tối mật' : 'Mật';
  if (label !== undefined) return { mark, form: 'named' };
  if (!/\p{Ll}/u.test(text)) return { mark, form: 'stamp' };
  // Small letters of an old font may be drawn as capitals (.VnTimeH).
  return /^\P{L}*\p{Lu}/u.test(text) || !/[ậâạa]t$/u.test(letters) ? { mark, form: 'written' } : null;
}
