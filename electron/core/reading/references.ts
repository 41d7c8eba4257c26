import { documentTypes, legalDocumentTypes } from '#shared/domain/document-types.ts';
import { comparableCode } from '#shared/domain/notation.ts';
import { relationKinds, type DocumentReference, type RelationKind } from '#shared/domain/relation.ts';
import { foldVietnamese, normalizeText } from '#shared/domain/vietnamese-text.ts';
import { isoDate } from '#shared/domain/vn-date.ts';

/** Characters of a letter that are looked through, and references that are taken from it: more is a list of laws. */
const MOST_TEXT = 200_000;
const MOST_REFERENCES = 60;
/** How far before a number its verb may stand ("Phúc đáp đề nghị của … tại Công văn số"). */
const VERB_REACH = 240;

/**
 * Documents that a letter names by number and notation (NĐ 30/2020, Phụ lục I: căn cứ, viện dẫn), with what it says of
 * them. Spacing, dashes, Đ, line breaks and old forms (`15-QĐ/TU`, `38/2016/QĐ-UBND`) do not matter; a number without a
 * day of its own is joined to the same number with one. Never throws; time grows with the length of the text.
 * @param own what the letter's own number means (`comparableCode`), which is no reference; '' when it has none
 */
export function findReferences(text: string, own = ''): DocumentReference[] {
  const read = normalizeText(text.slice(0, MOST_TEXT))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ');
  const found: DocumentReference[] = [];
  let end = 0;
  let kind: RelationKind | null = null;
  for (const code of codesIn(read)) {
    if (found.length === MOST_REFERENCES) break;
    const before = foldVietnamese(read.slice(Math.max(end, code.start - VERB_REACH), code.start));
    const continues: boolean = kind !== null && listPattern.test(before);
    const named = namedPattern.test(before) || (/\bso ?:? ?$/.test(before) && code.letters > 1);
    const day = dayAfter(read, code.end);
    if (!continues && !named && day === null) continue;
    kind = continues && kind !== null ? kind : kindOf(before, kind !== null && end > 0);
    const agency = agencyAfter(read, day?.end ?? code.end);
    end = agency?.end ?? day?.end ?? code.end;
    found.push({ kind, codeText: code.text, date: day?.date ?? null, agencyName: agency?.name ?? '' });
  }
  return joined(found.filter(({ codeText }) => comparableCode(codeText) !== own));
}

interface Code {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Letters after the number: one alone may be anything. */
  readonly letters: number;
}

const firstPart = /(?<![\p{L}\d/.,-])(\d{1,6}\p{Ll}?) ?([/-]) ?(?:(\d{4}) ?\/ ?)?(\p{Lu}[\p{L}\d]{0,14})/gu;
const furtherPart = /( ?)([-/&.])( ?)(\p{Lu}[\p{L}\d]{0,14}|\d{1,4}(?=[-/]\p{Lu}))/uy;

/** Numbers with a notation, `241a/VPUBND-HCTC`, in the order of the text. */
function* codesIn(text: string): Generator<Code> {
  for (const match of text.matchAll(firstPart)) {
    const [whole, number = '', separator = '/', year, part = ''] = match;
    if (!isAbbreviation(part)) continue;
    let code = `${number}${separator}${year === undefined ? '' : `${year}/`}${part}`;
    let letters = lettersOf(part);
    let end = match.index + whole.length;
    for (let parts = 0; parts < 5; parts += 1) {
      furtherPart.lastIndex = end;
      const more = furtherPart.exec(text);
      if (more === null) break;
      const [, left = '', joint = '', right = '', next = ''] = more;
      const apart = left !== '' || right !== '';
      // "62/VPUBND - Văn phòng": a dash between words. A full stop or ampersand with a space ends the notation.
      if (!(apart ? joint !== '.' && joint !== '&' && isCapital(next) : isAbbreviation(next))) break;
      code += joint + next;
      letters += lettersOf(next);
      end = furtherPart.lastIndex;
    }
    // `18-NQ/TW` is how the Party writes; a number and a word with a dash between them is no code.
    if (separator === '-' && !code.includes('/')) continue;
    yield { text: code, start: match.index, end, letters };
  }
}

const lettersOf = (part: string): number => part.match(/\p{L}/gu)?.length ?? 0;

/** `TTg`, `VPUBND`, `QH14`: more capitals than small letters. */
function isAbbreviation(part: string): boolean {
  const capitals = part.match(/\p{Lu}/gu)?.length ?? 0;
  const small = part.match(/\p{Ll}/gu)?.length ?? 0;
  return capitals > small || (capitals === 0 && small === 0);
}

const isCapital = (part: string): boolean => /^(?:\p{Lu}{2,}\d{0,2}|TTg)$/u.test(part);

const documentWords = [
  ...[...documentTypes, ...legalDocumentTypes].map(({ name }) => foldVietnamese(name)),
  'van ban',
  'bo luat',
  'ket luan',
  'thu moi',
  'quyet dinh',
  'phuc dap',
  'cv',
  'qd',
  'vb',
  'nd',
  'nq',
]
  .toSorted((one, other) => other.length - one.length)
  .join('|');
/** "Công văn", "Quyết định của …", "Luật Tổ chức … số": a document is named, and its number follows. */
const named = `\\b(?:${documentWords})\\b(?: [^.;:]{1,90}?)?`;
const namedPattern = new RegExp(`${named}(?: so)? ?:? ?$`, 'u');
/** Nothing but what joins the parts of a list since the document before. */
const listPattern = new RegExp(
  `^[ ,;)]*(?:(?:va|cung|hoac|den) )?(?:cac )?(?:(?:${documentWords}) ?)?(?:so ?:? ?)?$`,
  'u',
);

const fillers = 'cho|cac|toan bo|noi dung|mot phan|mot so|dieu|khoan|diem|cua|tai|va|bo sung|[a-z]|\\d{1,3}';
const verbs: readonly (readonly [RelationKind, RegExp])[] = [
  ['answers', verb('phuc dap', `[^.;:]{0,160}? `)],
  ['answers', verb('tra loi', `(?:(?!theo |truoc |can cu |thuc hien )[^.;:,]){0,120}? `)],
  ['replaces', verb('thay the', directly())],
  ['repeals', verb('(?:bai|huy) bo', directly())],
  ['corrects', verb('(?:dinh chinh|sua doi|dieu chinh)', directly())],
  ['recalls', verb('thu hoi', directly())],
];

function directly(): string {
  return `,? (?:(?:${fillers}),? ){0,12}`;
}

/** A verb with what may stand between it and a document that is named before its number. */
function verb(words: string, between: string): RegExp {
  const gap = between.startsWith(',') ? between : ` ?${between}`;
  return new RegExp(`\\b${words}${gap}${named}(?: so)? ?:? ?$`, 'u');
}

/**
 * What the words before a number say of the document. A verb is this letter's own unless it belongs to a document named
 * before it in the sentence ("Căn cứ Luật … sửa đổi Luật số", "Công văn số 5 về việc thay thế Quyết định số 6").
 */
function kindOf(before: string, follows: boolean): RelationKind {
  const boundary = Math.max(...['. ', '; ', ': ', '? ', '! '].map((mark) => before.lastIndexOf(mark)));
  const sentence = boundary < 0 ? before : before.slice(boundary + 2);
  let [kind, at]: [RelationKind, number] = ['refers-to', -1];
  for (const [each, pattern] of verbs) {
    const match = pattern.exec(sentence);
    if (match !== null && match.index > at) [kind, at] = [each, match.index];
  }
  if (at < 0) return 'refers-to';
  const ahead = sentence.slice(0, at);
  if (/\bcan cu\b/u.test(ahead)) return 'refers-to';
  const others = follows && boundary < 0 && !(ahead.includes(', ') && !/\bve viec\b|\bv\/v\b/u.test(ahead));
  return others ? 'refers-to' : kind;
}

const dayPattern =
  /,? ?\(?(?:(?:ban hành|ký|đề) )?ngày ?(\d{1,2}) ?(?:[/.-]|tháng) ?(\d{1,2}) ?(?:[/.-]|năm) ?(\d{4}|\d{2})(?!\d)/iuy;

function dayAfter(text: string, at: number): { readonly date: string; readonly end: number } | null {
  dayPattern.lastIndex = at;
  const match = dayPattern.exec(text);
  if (match === null) return null;
  const year = Number(match[3]);
  const date = isoDate(match[3]?.length === 2 ? 2000 + year : year, Number(match[2]), Number(match[1]));
  return date === null ? null : { date, end: dayPattern.lastIndex };
}

const agencyPattern = /,? ?\(?(?:của|do) ([^;.():"“”]{2,120})/iuy;
const agencyEnd =
  / (?:về|v\/v|ban hành|gửi|đề nghị|quy định|hướng dẫn|chỉ đạo|tại|để|thì|theo|kết luận|trong|đã|thông báo)(?= |$)|,? (?:và |cùng )?(?:các )?(?:(?:công văn|quyết định|văn bản|kế hoạch|chỉ thị|nghị quyết|nghị định) )?(?:số |\d)|, (?=\p{Ll}|\p{Lu}{2,})|[,;]? và (?=\p{Ll})/iu;

function agencyAfter(text: string, at: number): { readonly name: string; readonly end: number } | null {
  agencyPattern.lastIndex = at;
  const match = agencyPattern.exec(text);
  const said = match?.[1];
  if (match === null || said === undefined) return null;
  const stop = agencyEnd.exec(said);
  const name = (stop === null ? said : said.slice(0, stop.index)).replace(/[\s,]+$/u, '');
  if (!/^\p{Lu}/u.test(name)) return null;
  return { name, end: match.index + match[0].length - said.length + name.length };
}

/** One entry for each document: the strongest word about it, and the day and agency wherever they stand. */
function joined(found: readonly DocumentReference[]): DocumentReference[] {
  const byCode = new Map<string, DocumentReference[]>();
  for (const one of found) {
    const key = comparableCode(one.codeText);
    const same = byCode.get(key) ?? [];
    byCode.set(key, same);
    const known = same.findIndex(({ date }) => date === null || one.date === null || date === one.date);
    const earlier = same[known];
    if (earlier === undefined) same.push(one);
    else same[known] = merged(earlier, one);
  }
  return [...byCode.values()].flat();
}

function merged(one: DocumentReference, other: DocumentReference): DocumentReference {
  const rank = ({ kind }: DocumentReference): number => relationKinds.indexOf(kind);
  return {
    ...one,
    kind: rank(other) < rank(one) ? other.kind : one.kind,
    date: one.date ?? other.date,
    agencyName: one.agencyName || other.agencyName,
  };
}
