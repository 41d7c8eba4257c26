/**
 * Text of the fonts used before Unicode: TCVN3 (".VnTime") and VNI ("VNI-Times") draw Vietnamese letters at the codes of
 * Western ones, so a PDF or an imported file made with them reads `Céng hßa x· héi` or `COÄNG HOØA XAÕ HOÄI`.
 */
export type LegacyEncoding = 'TCVN3' | 'VNI';

// Vietnamese words of two or more letters with at least one of the letters that TCVN3 puts at symbol codes; its é is
// eth, which is Đ by the time it is looked at.
const tcvn3Marks = /\p{L}[¨©ª«¬­®µ¶·¸¹»¼½¾ÆÇÐÑÖ×ØÜÞßåæ÷øþ]|[¨©ª«¬®µ¶·¸¹»¼½¾×÷]\p{L}|\p{Ll}Đ(?:\p{Ll}|$)/u;
// VNI writes base letter plus a second character: a vowel followed by one of these.
const vniMarks = /[aeiouyAEIOUY][äåàáâãèéêëïöùûüøõÄÅÀÁÂÃÈÉÊËÏÖÙÛÜØÕ]|ñ|Ñ/u;
const vietnameseMarks = /[ăđơưĂĐƠƯ\u1EA0-\u1EF9]/u;

/**
 * Which legacy encoding a text is likely in, or null. Judged over words: a tenth of at least five words must carry the
 * marks, and the letters that only Unicode Vietnamese has must be rarer than that.
 */
export function detectLegacyEncoding(text: string): LegacyEncoding | null {
  const words = text
    .normalize('NFC')
    .split(/\s+/u)
    .filter((word) => /\p{L}/u.test(word));
  if (words.length < 5) return null;
  const unicode = count(words, vietnameseMarks);
  const tcvn3 = count(words, tcvn3Marks);
  const vni = count(words, vniMarks);
  const best = Math.max(tcvn3, vni);
  if (best < words.length / 10 || best <= unicode) return null;
  return tcvn3 > vni ? 'TCVN3' : 'VNI';
}

function count(words: readonly string[], pattern: RegExp): number {
  return words.filter((word) => pattern.test(word)).length;
}
