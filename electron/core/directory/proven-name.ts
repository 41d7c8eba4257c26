import type { CoreContext } from '../core-context.ts';

/** What the directory calls an agency that the exchange has authenticated. A message's own words for it prove nothing. */
export interface ProvenAgency {
  readonly code: string;
  /** The code where the directory does not know it. */
  readonly name: string;
  readonly parentName: string | null;
  readonly known: boolean;
}

export function provenAgency(
  { registers }: { readonly registers: Pick<CoreContext['registers'], 'agencies'> },
  code: string,
): ProvenAgency {
  const found = registers.agencies.find(code);
  return { code, name: found?.name ?? code, parentName: found?.parentName ?? null, known: found !== null };
}
