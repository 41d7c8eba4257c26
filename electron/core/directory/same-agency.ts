import { territories } from '#shared/domain/agency-words.ts';
import { comparableName } from './comparable-name.ts';

/** An agency as the directory has it. */
interface DirectoryName {
  readonly name: string;
  readonly parentName: string | null;
}

/** Names have a dozen words; whoever writes hundreds means no agency. */
const MOST_WORDS = 60;

/**
 * Whether a written name means this agency: its own name with the usual abbreviations, without its territory, or with
 * its parent before or after it. The parent alone is another agency.
 */
export function isNameOf(written: string, { name, parentName }: DirectoryName): boolean {
  const own = withoutParent(name, parentName);
  return withoutParent(written, parentName).some((one) => own.some((other) => isSameName(one, other)));
}

/** A Văn phòng is the records office of the body that it serves, and sends what that body issues under its own code. */
export function sendsFor({ name, parentName }: DirectoryName, written: string): boolean {
  const served = /^(?:văn phòng|vp)(?:\s+(.+))?$/iu.exec(name.normalize('NFC').trim());
  if (served === null) return false;
  const bodies = served[1]?.split(/\s+và\s+/iu) ?? [];
  // "Văn phòng HĐND và UBND huyện Krông Búk": the territory belongs to both.
  const territory = splitName(bodies.at(-1) ?? '').territory;
  const named = bodies.map((body) => (splitName(body).territory === '' ? `${body} ${territory}` : body));
  return [...named, ...(parentName === null ? [] : [parentName])].some((body) => isSameName(written, body));
}

/** The name as it is, and what is left of it when the parent's name before or after it is taken off. */
function withoutParent(name: string, parentName: string | null): readonly string[] {
  const words = name.split(/\s+/).filter((word) => word !== '');
  if (parentName === null || words.length > MOST_WORDS) return [name];
  const rest: string[] = [];
  for (let at = 1; at < words.length; at += 1) {
    const [before, after] = [words.slice(0, at).join(' '), words.slice(at).join(' ')];
    if (isSameName(before, parentName)) rest.push(after);
    if (isSameName(after, parentName)) rest.push(before);
  }
  return [name, ...rest];
}

function isSameName(one: string, other: string): boolean {
  const a = splitName(one);
  const b = splitName(other);
  if (a.whole === '' || b.whole === '') return false;
  if (a.whole === b.whole) return true;
  const oneIsShorter =
    `${a.territory} `.startsWith(`${b.territory} `) || `${b.territory} `.startsWith(`${a.territory} `);
  if (isAbbreviated(a.head, b.head) && (a.territory === '' || b.territory === '' || oneIsShorter)) return true;
  // "Sở Nội vụ Đắk Lắk" for "Sở Nội vụ tỉnh Đắk Lắk".
  return (a.territory === '') !== (b.territory === '') && isAbbreviated(a.withoutLevel, b.withoutLevel);
}

// "Tỉnh ủy" and "xã hội" are no territories.
const TERRITORY = new RegExp(`\\s(${territories.join('|')})(?!\\s+(?:ủy|uỷ|hội))(?:\\s|$)`, 'u');

/** Head and territory of a name, in the form in which they are compared: "sở nội vụ", "tỉnh đắk lắk". */
function splitName(name: string) {
  const text = name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/\btp\.?\s/g, 'thành phố ')
    .trim();
  const found = TERRITORY.exec(text);
  const head = comparableName(found === null ? text : text.slice(0, found.index));
  const territory = comparableName(found === null ? '' : text.slice(found.index));
  const place = comparableName(found === null ? '' : text.slice(found.index + 1 + (found[1] ?? '').length));
  return { whole: comparableName(text), head, territory, withoutLevel: `${head} ${place}`.trim() };
}

/** Whether two texts are the same words, some of them written by their first letters: "KH&ĐT", "VPUBND". */
function isAbbreviated(one: string, other: string): boolean {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  if (Math.max(a.length, b.length) > MOST_WORDS) return false;
  const failed = new Set<string>();
  const match = (i: number, j: number): boolean => {
    if (i === a.length && j === b.length) return true;
    const key = `${i} ${j}`;
    if (i === a.length || j === b.length || failed.has(key)) return false;
    const found =
      (a[i] === b[j] && match(i + 1, j + 1)) ||
      endsOfAbbreviation(a[i] ?? '', b, j).some((end) => match(i + 1, end)) ||
      endsOfAbbreviation(b[j] ?? '', a, i).some((end) => match(end, j + 1));
    if (!found) failed.add(key);
    return found;
  };
  return a.length > 0 && b.length > 0 && match(0, 0);
}

const wordsOf = (text: string): string[] => text.split(' ').filter((word) => word !== '' && word !== 'va');

/** Where a run of two or more words that this abbreviates may end; a word stands in it by its first letter or whole. */
function endsOfAbbreviation(short: string, words: readonly string[], from: number): number[] {
  let rests = new Set([short]);
  const ends: number[] = [];
  for (let at = from; at < words.length && rests.size > 0; at += 1) {
    const word = words[at] ?? '';
    const next = [...rests].flatMap((rest) =>
      [word.slice(0, 1), word].filter((part) => rest.startsWith(part)).map((part) => rest.slice(part.length)),
    );
    rests = new Set(next.filter((rest) => rest !== ''));
    if (at > from && next.includes('')) ends.push(at + 1);
  }
  return ends;
}
