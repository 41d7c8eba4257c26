import type { NamedAgency } from './directory-store.ts';
import { comparableName } from './comparable-name.ts';

/** What a line lists: "VP Tỉnh ủy, VP HĐND" are two. A line without commas is itself. */
export function partsOfLine(line: string): readonly string[] {
  return line
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

export interface Resolved {
  readonly codes: readonly string[];
  readonly unmatched: readonly string[];
}

/**
 * Lines of "Nơi nhận" that name no one outside: "Như trên", "Như Điều 2", "Như khoản 1 Điều 3", "Như kính gửi", the archive
 * copy. Folded, as `comparableName` leaves them.
 */
const NOT_ADDRESSEES =
  /^(?:nhu (?:tren|dieu|khoan|diem|muc|phan|kinh gui|noi nhan|danh sach|phu luc|thanh phan|van ban)\b|luu\b|dieu \d|vt$|vt )/;

/**
 * The agencies meant by lines of "Kính gửi" and "Nơi nhận": by their own name, or by a collective name that the
 * directory knows ("Các Sở, ban, ngành"). Persons and unknown names come back as they were.
 */
export function resolveAddressees(lines: readonly string[], agencies: readonly NamedAgency[]): Resolved {
  const byName = new Map<string, string>();
  const byGroup = new Map<string, string[]>();
  for (const agency of agencies) {
    byName.set(comparableName(agency.name), agency.code);
    for (const group of agency.groups) {
      const key = comparableName(group);
      byGroup.set(key, [...(byGroup.get(key) ?? []), agency.code]);
    }
  }
  const codes = new Set<string>();
  const unmatched: string[] = [];
  for (const line of lines) {
    const wanted = comparableName(line);
    if (wanted === '' || NOT_ADDRESSEES.test(wanted)) continue;
    const whole = find(wanted, byName, byGroup);
    // "VP Tỉnh ủy, VP HĐND, VP Đoàn ĐBQH" lists three; a name with a comma in it was found whole.
    const parts = whole.length > 0 ? [] : partsOfLine(line).map((part) => find(comparableName(part), byName, byGroup));
    const found = [...whole, ...parts.flat()];
    if (found.length === 0) unmatched.push(line);
    for (const code of found) codes.add(code);
  }
  return { codes: [...codes], unmatched };
}

function find(wanted: string, byName: Map<string, string>, byGroup: Map<string, string[]>): readonly string[] {
  const exact = byGroup.get(wanted) ?? one(byName.get(wanted));
  if (exact.length > 0) return exact;
  // "Các Sở, ban, ngành cấp tỉnh", "UBND huyện Ea Kar tỉnh Đắk Lắk": the known name and what follows it.
  const prefixed = [...byGroup.keys(), ...byName.keys()]
    .filter((name) => wanted.startsWith(`${name} `))
    .toSorted((a, b) => b.length - a.length)[0];
  if (prefixed !== undefined) return byGroup.get(prefixed) ?? one(byName.get(prefixed));
  // "Sở Tư pháp" in a province's directory that has it as "Sở Tư pháp tỉnh Đắk Lắk": only when there is just one.
  const longer = [...byName.keys()].filter((name) => name.startsWith(`${wanted} `));
  return longer.length === 1 ? one(byName.get(longer[0] ?? '')) : [];
}

const one = (code: string | undefined): readonly string[] => (code === undefined ? [] : [code]);
