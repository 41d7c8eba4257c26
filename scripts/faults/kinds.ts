/** What can be done to the exchange, to an office, or to the line between them. */
export interface KindOfFault {
  readonly title: string;
  readonly strikes: 'exchange' | 'office';
  /** How often it comes beside the others. */
  readonly weight: number;
  /** Longest and shortest time that it lasts, in milliseconds; 0 for what happens at once. */
  readonly holdMs: readonly [shortest: number, longest: number];
  /** It puts back a copy that was made some faults earlier. */
  readonly needsBackup?: true;
  /** Only root can mount the small disk that fills up. */
  readonly needsSmallDisk?: true;
  /** Why it is not among the kinds that run when none is named: what the product does not hold yet. */
  readonly open?: string;
}

const MOMENT = [0, 0] as const;
const SHORT = [200, 3_000] as const;

export const kinds = {
  'exchange-killed': { title: 'kill -9 of the exchange', strikes: 'exchange', weight: 2, holdMs: MOMENT },
  'postgres-killed': { title: 'kill -9 of its PostgreSQL', strikes: 'exchange', weight: 2, holdMs: MOMENT },
  'exchange-stopped': { title: 'an orderly stop of the exchange', strikes: 'exchange', weight: 1, holdMs: [0, 2_000] },
  'office-killed': { title: 'kill -9 of an office', strikes: 'office', weight: 4, holdMs: [0, 500] },
  'crash-point': { title: 'death at a named point', strikes: 'office', weight: 4, holdMs: [4_000, 4_000] },
  'line-cut': { title: 'every connection reset', strikes: 'office', weight: 4, holdMs: MOMENT },
  'line-silent': { title: 'nothing passes and nobody is told', strikes: 'office', weight: 4, holdMs: [300, 6_000] },
  'requests-swallowed': { title: 'requests that never arrive', strikes: 'office', weight: 3, holdMs: SHORT },
  'answers-swallowed': { title: 'answers that never arrive', strikes: 'office', weight: 3, holdMs: SHORT },
  'requests-doubled': { title: 'every request twice', strikes: 'office', weight: 3, holdMs: SHORT },
  'answers-doubled': { title: 'every answer twice', strikes: 'office', weight: 2, holdMs: SHORT },
  'downloads-broken': { title: 'answers cut after some kilobytes', strikes: 'office', weight: 3, holdMs: SHORT },
  'uploads-broken': { title: 'requests cut after some kilobytes', strikes: 'office', weight: 3, holdMs: SHORT },
  'office-disk-full': {
    title: 'no room at an office',
    strikes: 'office',
    weight: 3,
    holdMs: SHORT,
    needsSmallDisk: true,
  },
  'exchange-disk-full': {
    title: 'no room at the exchange',
    strikes: 'exchange',
    weight: 1,
    holdMs: [500, 2_500],
    needsSmallDisk: true,
  },
  'clock-jump': {
    title: 'the clock of an office set wrong by up to a month',
    strikes: 'office',
    weight: 3,
    holdMs: SHORT,
  },
  'exchange-clock-jump': {
    title: 'the clock of the exchange set wrong by up to a month',
    strikes: 'exchange',
    weight: 1,
    holdMs: SHORT,
  },
  'office-restored': {
    title: 'the data folder of an office from an older copy',
    strikes: 'office',
    weight: 1,
    holdMs: MOMENT,
    needsBackup: true,
  },
  'office-enrolled-again': {
    title: 'an office that lost its key enrols again',
    strikes: 'office',
    weight: 1,
    holdMs: MOMENT,
  },
  'hostile-agency': { title: 'attacks of an enrolled agency', strikes: 'office', weight: 3, holdMs: MOMENT },
  'exchange-restored': {
    title: 'database and message files of the exchange from an older copy',
    strikes: 'exchange',
    weight: 1,
    holdMs: MOMENT,
    needsBackup: true,
  },
  'office-merged': {
    title: 'the books of an office go on under another agency code, for which letters wait',
    strikes: 'office',
    weight: 1,
    holdMs: MOMENT,
  },
  'file-lost': {
    title: 'a message file of the exchange lost before it was fetched',
    strikes: 'office',
    weight: 1,
    holdMs: [3_000, 3_000],
  },
  'file-damaged': {
    title: 'a message file of the exchange changed before it was fetched',
    strikes: 'office',
    weight: 1,
    holdMs: [3_000, 3_000],
  },
  'line-breaks-every-megabyte': {
    title: 'a line that from now on, also in calm, breaks after every megabyte',
    strikes: 'office',
    weight: 1,
    holdMs: MOMENT,
  },
  'uploads-silent': {
    title: 'connections of a larger upload that stay silent for good',
    strikes: 'office',
    weight: 1,
    holdMs: [2_000, 6_000],
  },
} as const satisfies Readonly<Record<string, KindOfFault>>;

export type FaultKind = keyof typeof kinds;
export const faultKinds = Object.keys(kinds) as readonly FaultKind[];

export function kindOf(kind: FaultKind): KindOfFault {
  return kinds[kind];
}

interface Wish {
  /** Names of kinds, or `all`; null = those that the product is held to. */
  readonly only: readonly string[] | null;
  readonly without: readonly string[];
  readonly canFillDisks: boolean;
}

/** The kinds of a run. @throws Error for a name that is none */
export function chooseKinds({ only, without, canFillDisks }: Wish): readonly FaultKind[] {
  for (const name of [...(only ?? []), ...without]) {
    if (name !== 'all' && !Object.hasOwn(kinds, name)) {
      throw new Error(`no kind of fault ${name}; there are ${faultKinds.join(', ')}`);
    }
  }
  return faultKinds.filter((name) => {
    const { open, needsSmallDisk } = kindOf(name);
    if (without.includes(name) || (needsSmallDisk === true && !canFillDisks)) return false;
    return only === null ? open === undefined : only.includes('all') || only.includes(name);
  });
}
