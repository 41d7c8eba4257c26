import type { CallOutput } from '#shared/contract/contract.ts';
import { ON_TIME_FLOOR, ON_TIME_GOAL } from '#shared/domain/oversight.ts';

export type Overseen = CallOutput<'oversight.figures'>['agencies'][number];

export interface Ranked {
  readonly late: readonly Overseen[];
  readonly middle: readonly Overseen[];
  readonly best: readonly Overseen[];
  /** In no order of merit: their computers are not connected. */
  readonly unreachable: readonly Overseen[];
  /** Neither received nor sent. */
  readonly silent: readonly Overseen[];
}

/** The late from the worst on, the best from the best on; who cannot be reached and who received nothing stand apart. */
export function rankAgencies(agencies: readonly Overseen[]): Ranked {
  const reached = agencies.filter(({ isUnreachable }) => !isUnreachable);
  const ranked = reached.filter(({ received }) => received > 0).toSorted((one, other) => shareOf(one) - shareOf(other));
  return {
    late: ranked.filter((agency) => shareOf(agency) < ON_TIME_FLOOR),
    middle: ranked.filter((agency) => shareOf(agency) >= ON_TIME_FLOOR && shareOf(agency) < ON_TIME_GOAL),
    best: ranked.filter((agency) => shareOf(agency) >= ON_TIME_GOAL).toReversed(),
    unreachable: agencies.filter(({ isUnreachable }) => isUnreachable),
    silent: reached.filter(({ received }) => received === 0),
  };
}

export function shareOf({ received, onTime }: Overseen): number {
  return onTime / received;
}
