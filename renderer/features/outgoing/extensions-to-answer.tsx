import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { Button } from '../../components/button.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { AnswerExtensionDialog } from './answer-extension-dialog.tsx';
import { RequestList, RequestRow } from './request-list.tsx';
import { asksExtension, type Watched } from './watched.ts';

/** Which recipients ask for a longer time, until when and why, and where to answer; nothing when none does. */
export function ExtensionsToAnswer({ detail }: { readonly detail: OutgoingDetail }) {
  const { t } = useTranslation();
  const [answering, setAnswering] = useState<Watched | null>(null);
  const asking = detail.watched.filter(asksExtension);
  if (asking.length === 0 && answering === null) return null;
  return (
    <RequestList
      tone="warn"
      icon="clock"
      title={t('outgoing.extension.title', { count: asking.length })}
      hint={t('outgoing.extension.hint')}
      dialog={
        answering === null ? null : (
          <AnswerExtensionDialog id={detail.id} watched={answering} onClose={() => setAnswering(null)} />
        )
      }
    >
      {asking.map((watched) => {
        const { extension, dueAt } = watched.delivery;
        if (extension === null) return null;
        return (
          <RequestRow
            key={extension.id}
            name={watched.agencyName}
            why={extension.reason}
            fact={t('outgoing.extension.asked', { until: formatDateTime(extension.until) })}
            note={dueAt === null ? null : t('outgoing.extension.dueNow', { due: formatDateTime(dueAt) })}
          >
            <Button
              title={t('outgoing.extension.answerFor', { name: watched.agencyName })}
              onClick={() => setAnswering(watched)}
            >
              {t('outgoing.extension.answer')}
            </Button>
          </RequestRow>
        );
      })}
    </RequestList>
  );
}
