import { comparableName } from './comparable-name.ts';
import type { NamedAgency } from './directory-store.ts';
import { partsOfLine, resolveAddressees } from './resolve-addressees.ts';
import { isNameOf } from './same-agency.ts';

/**
 * Lines that mean no agency outside, folded as `comparableName` leaves them: leaders and units of the own house, persons,
 * pages on the web. They get the letter in other ways.
 */
const INSIDE = [
  /^(?:cac )?(?:dong chi |dc )?(?:ct|pct|chu tich|pho chu tich|pho ct|cvp|pcvp|pho cvp|chanh vp|pho chanh vp|gd|pgd|giam doc|pho giam doc|truong phong|pho truong phong|ld|lanh dao|bi thu|pho bi thu)(?: |$)/,
  /^cac (?:phong|ban|don vi|phong ban|phong don vi|to|bo phan)(?: .*)? (?:thuoc|truc thuoc|cua)(?: |$)/,
  /^(?:trang|cong) (?:thong tin|tt|ttdt|dien tu)/,
  /^(?:website|cong bao)(?: |$)/,
  /^(?:ong|ba|ong ba|cac ong|cac ba|cac ong ba)(?: |$)/,
];

export function isInsideLine(line: string): boolean {
  const folded = comparableName(line);
  return INSIDE.some((pattern) => pattern.test(folded));
}

interface Recipient {
  readonly code: string;
  readonly name: string;
}

/**
 * Whether a line reaches one of the recipients: by its own or a collective name, by an abbreviation, or by one of the
 * names that it lists. Lines that name no one outside need to reach nobody.
 */
export function reachesSomebody(
  line: string,
  recipients: readonly Recipient[],
  agencies: readonly NamedAgency[],
): boolean {
  if (isInsideLine(line)) return true;
  const { codes, unmatched } = resolveAddressees([line], agencies);
  if (codes.length === 0 && unmatched.length === 0) return true;
  const parts = partsOfLine(line);
  if (parts.length > 1 && parts.every((part) => isInsideLine(part))) return true;
  const named = new Set(codes);
  return recipients.some(
    ({ code, name }) =>
      named.has(code) || [line, ...parts].some((one) => isNameOf(withoutNotes(one), { name, parentName: null })),
  );
}

const withoutNotes = (line: string): string => line.replaceAll(/\([^)]*\)/g, ' ').trim();

/** Share of words that two names must have in common for one to be proposed for the other. */
const LIKELY = 0.6;

/** Agencies whose name is like a line that reaches nobody, the likeliest first. */
export function likelyAgencies(line: string, agencies: readonly NamedAgency[], most: number): readonly NamedAgency[] {
  const wanted = wordsOf(line);
  if (wanted.size === 0) return [];
  return agencies
    .map((agency) => ({ agency, share: shareOf(wanted, wordsOf(agency.name)) }))
    .filter(({ share }) => share >= LIKELY)
    .toSorted((one, other) => other.share - one.share)
    .slice(0, most)
    .map(({ agency }) => agency);
}

const wordsOf = (name: string): ReadonlySet<string> =>
  new Set(
    comparableName(name)
      .split(' ')
      .filter((word) => word !== '' && word !== 'va' && word !== 'cac'),
  );

/** Dice's coefficient: 1 for the same words. */
function shareOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((word) => other.has(word)).length;
  return (2 * common) / (one.size + other.size);
}
