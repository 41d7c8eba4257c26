import type { DocumentVerdict } from '#shared/domain/verification.ts';
import type { SeededRandom } from '#scripts/faults/random.ts';
import type { SignedFile, SignedWanted } from './signed-file.ts';

/** What the verifier may make of a file: it may also refuse one by name where anything but green will do. */
export type Expectation = 'broken' | 'doubted' | 'said' | 'green';

export const allowedVerdicts: Readonly<Record<Expectation, readonly (DocumentVerdict | 'refused')[]>> = {
  /** The rule demands INVALID. */
  broken: ['INVALID', 'refused'],
  /** Anything but green. */
  doubted: ['WARN', 'INDET', 'INVALID', 'refused'],
  /** Intact, and the reader is told: neither green nor accused. */
  said: ['WARN'],
  green: ['VALID'],
};

/** One way to change a signed file, with parameters that a seed draws. */
export interface Kind {
  /** The class of attack, or of allowed change, by which results are counted. */
  readonly group: string;
  readonly name: string;
  readonly expects: Expectation;
  readonly wanted?: SignedWanted;
  readonly make: (file: SignedFile, random: SeededRandom) => Uint8Array | Promise<Uint8Array>;
}

export interface Group {
  readonly group: string;
  readonly expects: Expectation;
  readonly wanted?: SignedWanted;
}

/** Kinds that have class, expectation and needs in common. */
export function kindsOf(
  shared: Group,
  makers: Readonly<
    Record<string, Kind['make'] | (Omit<Kind, 'group' | 'name' | 'expects'> & Partial<Pick<Kind, 'expects'>>)>
  >,
): Kind[] {
  return Object.entries(makers).map(([name, maker]) => ({
    ...shared,
    name,
    ...(typeof maker === 'function' ? { make: maker } : { ...maker, wanted: { ...shared.wanted, ...maker.wanted } }),
  }));
}
