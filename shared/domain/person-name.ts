import { foldVietnamese, normalizeText } from './vietnamese-text.ts';

/** Forms of address, degrees and ranks before a name; none of them is part of it. */
const titles =
  /^(?:ông|ong|bà|ba|đồng chí|dong chi|đ\/c|d\/c|gs|pgs|tskh|ts|ths|thạc sĩ|thạc sỹ|tiến sĩ|tiến sỹ|giáo sư|phó giáo sư|cn|cử nhân|ks|kỹ sư|kts|bs|bác sĩ|bác sỹ|bsckii|bscki|bsck2|bsck1|ckii|cki|ck2|ck1|ds|dược sĩ|ls|luật sư|ngưt|ngnd|ttưt|ttnd|(?:thiếu|trung|thượng|đại) (?:úy|uý|tá|tướng))(?:\s*\.\s*|\s+|\/(?=\p{L}))/iu;

/** Whatever follows a name: a position, a note, the number of an identity card. */
const after = /\s*(?:[(,;:/|]|\s[-–—]\s).*$/u;

/** A person's name as it is compared: without titles, accents and case, one Đ for what looks like it. */
export function comparablePerson(name: string): string {
  let rest = normalizeText(name).replace(/\s+/g, ' ').trim();
  for (;;) {
    const shorter = rest.replace(titles, '').trim();
    if (shorter === rest || shorter === '') break;
    rest = shorter;
  }
  return foldVietnamese(rest.replace(after, ''))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Whether two texts name one person, however they are written. Empty ones name nobody. */
export function isSamePerson(one: string, other: string): boolean {
  const name = comparablePerson(one);
  return name !== '' && name === comparablePerson(other);
}
