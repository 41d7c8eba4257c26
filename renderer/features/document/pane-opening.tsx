import { useTranslation } from 'react-i18next';
import type { CallFailure } from '../../api/call-failure.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { describeError } from '../../i18n/describe-error.ts';
import styles from './document-pane.module.css';

interface PaneOpeningProps {
  /** The question whose answer the pane waits for. */
  readonly opening: {
    readonly error: CallFailure | null;
    readonly isFetching: boolean;
    readonly refetch: () => Promise<unknown>;
  };
  readonly label: string;
}

/** A document's pane before its document is there: on its way, or why it does not come. */
export function PaneOpening({ opening, label }: PaneOpeningProps) {
  const { t } = useTranslation();
  const words = describeError(t, { code: 'LIMITED_DOCUMENT' });
  return (
    <section className={styles.pane}>
      {opening.error === null ? (
        <div className={styles.loading}>
          <ProgressLine label={label} />
        </div>
      ) : opening.error.code === 'LIMITED_DOCUMENT' ? (
        // Nothing went wrong, and asking again brings it no nearer.
        <EmptyState icon="lock" title={words.what} text={words.next} />
      ) : (
        <ErrorNote failure={opening.error} onRetry={() => void opening.refetch()} busy={opening.isFetching} />
      )}
    </section>
  );
}
