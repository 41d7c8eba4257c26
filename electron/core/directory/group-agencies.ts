import type { NamedAgency } from './directory-store.ts';

/** Agencies that stand under one collective name, with how many the name stands for. */
export interface Grouped {
  readonly name: string;
  readonly of: number;
  readonly codes: readonly string[];
}

/** Fewer stand alone: a name for a few of many would hide who they are. */
const isWorthAName = (some: number, of: number): boolean => some >= 2 && some * 2 >= of;

/** Each agency under the collective name that has the most of them, the largest group first; others in none. */
export function groupAgencies(codes: readonly string[], agencies: readonly NamedAgency[]): readonly Grouped[] {
  const members = new Map<string, Set<string>>();
  for (const { code, groups } of agencies) {
    for (const name of groups) members.set(name, (members.get(name) ?? new Set()).add(code));
  }
  const left = new Set(codes);
  const grouped: Grouped[] = [];
  for (;;) {
    const [best] = [...members]
      .map(([name, all]) => ({ name, of: all.size, codes: codes.filter((code) => all.has(code) && left.has(code)) }))
      .filter((group) => isWorthAName(group.codes.length, group.of))
      .toSorted((one, other) => other.codes.length - one.codes.length);
    if (best === undefined) return grouped;
    grouped.push(best);
    for (const code of best.codes) left.delete(code);
    members.delete(best.name);
  }
}
