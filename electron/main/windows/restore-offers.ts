import { isCodedError } from '#shared/errors/coded-error.ts';
import type { Backups } from '../backup/backups.ts';
import { errorFields } from '../diagnostics/error-fields.ts';
import type { Log } from '../diagnostics/log.ts';
import type { CoreFailure } from '../processes/core-supervisor.ts';
import type { Recovery } from './recovery.ts';

export interface RestoreOffers {
  /** Shows the recovery page, with backups to restore where the database is damaged. */
  show(failure: CoreFailure): void;
  restore(id: string): void;
  choosePlace(): void;
}

export interface RestoreOffersParts {
  readonly backups: Pick<Backups, 'offers' | 'restore' | 'setPlace'>;
  readonly recovery: Pick<Recovery, 'show'>;
  readonly pickPlace: () => Promise<string | null>;
  readonly log: Log;
}

/** The way back of an office whose database is damaged: the recovery page, and what its buttons do without core. */
export function createRestoreOffers(parts: RestoreOffersParts): RestoreOffers {
  const { backups, recovery, log } = parts;
  let shown: CoreFailure | null = null;
  /** Why the last restore or choice of a place failed; it stays said when core comes to the same end again. */
  let failed: string | null = null;

  async function offer(failure: CoreFailure): Promise<void> {
    const found = await backups.offers();
    if (shown === failure) recovery.show(failure, { backups: found, running: false, failed });
  }

  async function attempt(failure: CoreFailure, work: () => Promise<unknown>): Promise<void> {
    failed = null;
    try {
      await work();
    } catch (error) {
      log.error('not-restored', errorFields(error));
      failed = isCodedError(error) ? error.code : 'UNEXPECTED';
      await offer(failure);
    }
  }

  return {
    show: (failure) => {
      shown = failure;
      if (failure.code === 'DATABASE_DAMAGED') void offer(failure);
      else recovery.show(failure, null);
    },
    restore: (id) => {
      const failure = shown;
      if (failure === null) return;
      recovery.show(failure, { backups: [], running: true, failed: null });
      // Core starts anew afterwards, and closes the page when it is ready.
      void attempt(failure, () => backups.restore(id));
    },
    choosePlace: () => {
      const failure = shown;
      if (failure === null) return;
      void attempt(failure, async () => {
        const place = await parts.pickPlace();
        if (place === null) return;
        await backups.setPlace(place);
        await offer(failure);
      });
    },
  };
}
