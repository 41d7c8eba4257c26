import { useTranslation } from 'react-i18next';
import { describeError } from '../i18n/describe-error.ts';
import type { FailureLike } from '../i18n/describe-error.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import styles from './error-note.module.css';

interface ErrorNoteProps {
  readonly failure: FailureLike;
  /** Shows "Thử lại". */
  readonly onRetry?: () => void;
  readonly busy?: boolean;
}

/** A failure in words: what happened, what was kept, what to do next. */
export function ErrorNote({ failure, onRetry, busy = false }: ErrorNoteProps) {
  const { t } = useTranslation();
  const { what, kept, next } = describeError(t, failure);
  return (
    <div role="alert" className={styles.note}>
      <Icon name="warning" />
      <div className={styles.words}>
        <p className={styles.what}>{what}</p>
        <p>
          {kept} {next}
        </p>
        {failure.code === 'UNEXPECTED' && failure.correlationId ? (
          <p className={styles.reference}>{t('common.reference', { id: failure.correlationId })}</p>
        ) : null}
      </div>
      {onRetry ? (
        <Button onClick={onRetry} busy={busy}>
          {t('common.retry')}
        </Button>
      ) : null}
    </div>
  );
}
