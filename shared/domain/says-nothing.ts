import { cleanLine } from './vietnamese-text.ts';

/** What programs and people write where there is nothing to write, in lower case and without stops. */
const EMPTY_WORDS: ReadonlySet<string> = new Set([
  'n/a',
  'n\\a',
  'na',
  'null',
  'nil',
  'none',
  'nan',
  'undefined',
  'unknown',
  'empty',
  'blank',
  'string',
  'không',
  'không có',
  'không rõ',
  'không xác định',
  'khong',
  'khong co',
  'chưa có',
  'chưa rõ',
  'chưa xác định',
  'chua co',
  'trống',
  'rỗng',
  'để trống',
]);

/**
 * Whether a value of a message says nothing: it has no letter or digit, or is a word for that (`N/A`, `#N/A`, `(null)`,
 * `Không có`). "Na" is a name and `NA` may be a notation, so these two letters say nothing only in small ones or between signs.
 */
export function saysNothing(text: string): boolean {
  const line = cleanLine(text);
  if (/^N[aA]$/u.test(line)) return false;
  const words = line
    .toLocaleLowerCase('vi')
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    .replace(/(?<=^n)\s*[./\\-]\s*(?=a$)/u, '/');
  return words === '' || EMPTY_WORDS.has(words);
}
