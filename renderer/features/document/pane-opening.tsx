import type { CallFailure } from '../../api/call-failure.ts';
import { ErrorNote } from '../../components/error-note.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
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
  return (
    <section className={styles.pane}>
      {opening.error === null ? (
        <div className={styles.loading}>
          <ProgressLine label={label} />
        </div>
      ) : (
        <ErrorNote failure={opening.error} onRetry={() => void opening.refetch()} busy={opening.isFetching} />
      )}
    </section>
  );
}
