import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CallFailure } from '../api/call-failure.ts';
import { ErrorNote } from '../components/error-note.tsx';
import { ProgressLine } from '../components/progress-line.tsx';
import { CoreBanner } from '../features/status/core-banner.tsx';
import styles from './frame.module.css';

interface OpeningProps {
  readonly waitingFor: readonly UseQueryResult<unknown, CallFailure>[];
  /** What is waited for besides. */
  readonly beside?: { readonly failure: CallFailure | null; readonly retry: () => void };
}

/** What stands there until the first answers have come, or why they do not. */
export function Opening({ waitingFor, beside }: OpeningProps) {
  const { t } = useTranslation();
  const failure = waitingFor.find((each) => each.error !== null)?.error ?? beside?.failure;
  return (
    <main className={styles.start}>
      <CoreBanner />
      {failure ? (
        <ErrorNote
          failure={failure}
          onRetry={() => {
            for (const each of waitingFor) void each.refetch();
            beside?.retry();
          }}
          busy={waitingFor.some((each) => each.isFetching)}
        />
      ) : (
        <div className={styles.opening}>
          <ProgressLine label={t('frame.starting')} />
        </div>
      )}
    </main>
  );
}
