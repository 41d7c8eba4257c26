import { foldVietnamese } from './vietnamese-text.ts';

/** Abbreviations that names and those who look for them use, folded; each stands for the words after it. */
const abbreviations: readonly (readonly [string, string])[] = [
  ['ubnd', 'uy ban nhan dan'],
  ['hdnd', 'hoi dong nhan dan'],
  ['ubmttq', 'uy ban mat tran to quoc'],
  ['mttq', 'mat tran to quoc'],
  ['dbqh', 'dai bieu quoc hoi'],
  ['lhpn', 'lien hiep phu nu'],
  ['vp', 'van phong'],
  ['tp', 'thanh pho'],
  ['tx', 'thi xa'],
];

/** A shorter run of first letters than this is looked for at a name's beginning alone. */
const INSIDE_FROM = 4;

/** Folded words with abbreviations written out and without punctuation. */
function wordsOf(text: string): readonly string[] {
  return foldVietnamese(text)
    .split(/[^\p{L}\p{N}.]+/u)
    .flatMap((word) => (abbreviations.find(([short]) => short === word.replaceAll('.', ''))?.[1] ?? word).split(' '))
    .filter((word) => word !== '');
}

/**
 * Whether a name, or a code after it, is what somebody looks for: every word of the text stands in it, begun or whole,
 * accents or none, abbreviated or not; or is the first letters of its words ("STTTT" for "Sở Thông tin và Truyền thông").
 */
export function isAgencyLookedFor(folded: string, text: string): boolean {
  const wanted = wordsOf(text);
  // Signs alone name nobody; nothing at all is no question.
  if (wanted.length === 0) return text.trim() === '';
  const name = wordsOf(folded);
  const joined = ` ${name.join(' ')} ${foldVietnamese(folded)}`;
  const initials = [name, name.filter((word) => word !== 'va')].map((words) => words.map((word) => word[0]).join(''));
  return wanted.every((word) => joined.includes(word) || isInitials(word.replaceAll('.', ''), initials));
}

function isInitials(word: string, initials: readonly string[]): boolean {
  if (word.length < 2) return false;
  return initials.some((each) => (word.length < INSIDE_FROM ? each.startsWith(word) : each.includes(word)));
}
