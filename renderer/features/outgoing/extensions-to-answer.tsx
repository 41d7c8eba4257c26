import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { AnswerExtensionDialog } from './answer-extension-dialog.tsx';
import { asksExtension, type Watched } from './watched.ts';
import styles from './extensions-to-answer.module.css';

/** Which recipients ask for a longer time, until when and why, and where to answer; nothing when none does. */
export function ExtensionsToAnswer({ detail }: { readonly detail: OutgoingDetail }) {
  const { t } = useTranslation();
  const [answering, setAnswering] = useState<Watched | null>(null);
  const asking = detail.watched.filter(asksExtension);
  const title = t('outgoing.extension.title', { count: asking.length });
  if (asking.length === 0 && answering === null) return null;
  return (
    <section className={styles.asking} aria-label={title}>
      <p className={styles.head}>
        <Icon name="clock" />
        <b>{title}</b> <span>{t('outgoing.extension.hint')}</span>
      </p>
      <ul>
        {asking.map((watched) => {
          const { extension, dueAt } = watched.delivery;
          if (extension === null) return null;
          return (
            <li key={extension.id}>
              <div className={styles.who}>
                <b>{watched.agencyName}</b>
                <span>{extension.reason}</span>
              </div>
              <div className={styles.until}>
                <b>{t('outgoing.extension.asked', { until: formatDateTime(extension.until) })}</b>
                {dueAt === null ? null : <span>{t('outgoing.extension.dueNow', { due: formatDateTime(dueAt) })}</span>}
              </div>
              <Button
                title={t('outgoing.extension.answerFor', { name: watched.agencyName })}
                onClick={() => setAnswering(watched)}
              >
                {t('outgoing.extension.answer')}
              </Button>
            </li>
          );
        })}
      </ul>
      {answering === null ? null : (
        <AnswerExtensionDialog id={detail.id} watched={answering} onClose={() => setAnswering(null)} />
      )}
    </section>
  );
}
