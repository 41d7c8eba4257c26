import { abbreviations, territories, committees, phrases, placeNames, connectives, afterName } from './agency-words.ts';
import { capitalizeFirst, cleanLine, isUpperCase } from './vietnamese-text.ts';

/**
 * Printed headings are in capitals; registers and the exchange write names in proper case (Nghị định 30/2020, Phụ lục
 * II: viết hoa). Capitals do not say where a proper name starts, so the words of Vietnamese agencies are listed here.
 */

interface Phrase {
  readonly words: readonly string[];
  readonly written: readonly string[];
  readonly territory: boolean;
}

const dictionary: ReadonlyMap<string, readonly Phrase[]> = buildDictionary();

function buildDictionary(): ReadonlyMap<string, readonly Phrase[]> {
  const byFirstWord = new Map<string, Phrase[]>();
  const all = [
    ...[...phrases, ...placeNames].map((text) => ({ text, territory: false })),
    ...[...territories, ...committees].map((text) => ({ text, territory: true })),
  ];
  for (const { text, territory } of all) {
    const written = text.split(' ');
    const words = written.map((word) => word.toLocaleLowerCase('vi'));
    const first = words[0] ?? '';
    byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), { words, written, territory }]);
  }
  for (const list of byFirstWord.values()) list.sort((left, right) => right.words.length - left.words.length);
  return byFirstWord;
}

/**
 * `UBND TỈNH ĐẮK LẮK` → `UBND tỉnh Đắk Lắk`; `SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN` → `Sở Nông nghiệp và Phát triển
 * nông thôn`; `PHÓ CHỦ TỊCH` → `Phó Chủ tịch`. Text that is not all capitals is returned as printed.
 */
export function properCase(text: string): string {
  const line = cleanLine(text);
  if (!isUpperCase(line)) return line;
  const tokens = line.match(/[\p{L}\p{M}&\d]+|[^\p{L}\p{M}&\d]+/gu) ?? [];
  const result: string[] = [];
  let inProperName = false;
  let phraseStart = true;
  for (let index = 0; index < tokens.length;) {
    const token = tokens[index] ?? '';
    const lower = token.toLocaleLowerCase('vi');
    if (!/\p{L}/u.test(token)) {
      result.push(token);
      // After a dash or a comma a new function or name starts, but a proper name ("Krông Búk, Ea H'leo") goes on.
      if (/[-–,;(]/.test(token)) phraseStart = true;
      index += 1;
      continue;
    }
    const phrase = matchPhrase(tokens, index);
    if (abbreviations.has(token)) {
      result.push(token);
      inProperName = false;
      phraseStart = true;
      index += 1;
    } else if (phrase) {
      const span = phrase.words.length * 2 - 1;
      result.push(...interleave(phrase.written, tokens.slice(index, index + span)));
      inProperName = phrase.territory;
      phraseStart = !phrase.territory && phrase.words.length === 1;
      index += span;
    } else if (!inProperName && connectives.has(lower)) {
      result.push(lower);
      phraseStart = true;
      index += 1;
    } else {
      result.push(inProperName || phraseStart ? capitalizeFirst(lower) : lower);
      phraseStart = false;
      index += 1;
    }
  }
  return capitalizeFirst(result.join(''));
}

function interleave(words: readonly string[], tokens: readonly string[]): string[] {
  return tokens.map((token, index) => (index % 2 === 0 ? (words[index / 2] ?? token) : token));
}

function matchPhrase(tokens: readonly string[], start: number): Phrase | null {
  const first = (tokens[start] ?? '').toLocaleLowerCase('vi');
  for (const phrase of dictionary.get(first) ?? []) {
    const matches = phrase.words.every((word, offset) => {
      const token = tokens[start + offset * 2];
      const gap = offset === 0 ? ' ' : tokens[start + offset * 2 - 1];
      return token !== undefined && token.toLocaleLowerCase('vi') === word && gap !== undefined && /^,? $/.test(gap);
    });
    if (matches) return phrase;
  }
  return null;
}

/**
 * A title in capitals as a sentence: `KẾT QUẢ CÔNG TÁC CỦA UBND TỈNH ĐẮK LẮK NĂM 2026` → `Kết quả công tác của UBND tỉnh
 * Đắk Lắk năm 2026`. Names other than of territories cannot be told and become lower case. Other text is unchanged.
 */
export function sentenceCase(text: string): string {
  const line = cleanLine(text);
  if (!isUpperCase(line)) return line;
  const tokens = line.match(/[\p{L}\p{M}&\d]+|[^\p{L}\p{M}&\d]+/gu) ?? [];
  const result: string[] = [];
  let inProperName = false;
  for (let index = 0; index < tokens.length;) {
    const token = tokens[index] ?? '';
    const lower = token.toLocaleLowerCase('vi');
    const phrase = matchPhrase(tokens, index);
    if (phrase?.territory) {
      const span = phrase.words.length * 2 - 1;
      result.push(...interleave(phrase.words, tokens.slice(index, index + span)));
      inProperName = true;
      index += span;
      continue;
    }
    if (afterName.has(lower) || /[,;.(]/.test(token)) inProperName = false;
    result.push(abbreviations.has(token) ? token : inProperName ? capitalizeFirst(lower) : lower);
    index += 1;
  }
  return capitalizeFirst(result.join(''));
}
