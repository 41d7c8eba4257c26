import { normalizeText } from './vietnamese-text.ts';

/** Letters of their own, each after the one that it looks like. */
const ownLetters: Readonly<Record<string, string>> = {
  ă: 'a1',
  â: 'a2',
  đ: 'd1',
  ê: 'e1',
  ô: 'o1',
  ơ: 'o2',
  ư: 'u1',
};
/** Ngang, huyền, hỏi, ngã, sắc, nặng. */
const tones: Readonly<Record<string, string>> = {
  '\u0300': '1',
  '\u0309': '2',
  '\u0303': '3',
  '\u0301': '4',
  '\u0323': '5',
};

/**
 * A text that stands for another in the order of the Vietnamese alphabet when both are compared byte by byte, as an index
 * compares: letters first (ă after a, đ after d), then tones. Upper and lower case are the same.
 */
export function vietnameseOrder(text: string): string {
  let letters = '';
  let marks = '';
  for (const letter of normalizeText(text).toLocaleLowerCase('vi')) {
    let tone = '0';
    let base = '';
    for (const part of letter.normalize('NFD')) {
      if (part in tones) tone = tones[part] ?? tone;
      else base += part;
    }
    base = base.normalize('NFC');
    letters += ownLetters[base] ?? (/\p{L}/u.test(base) ? `${base}0` : base);
    marks += tone;
  }
  return `${letters}\u0001${marks.replace(/0+$/, '')}`;
}

/** The same for a number and notation: by the number that it begins with, then by the rest. */
export function codeOrder(comparableCode: string): string {
  return comparableCode.replace(/^\d{1,10}/u, (number) => number.padStart(10, '0'));
}
