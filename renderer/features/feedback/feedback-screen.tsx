import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FeedbackAnswer, FeedbackReport } from '#shared/contract/feedback.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Icon } from '../../components/icon.tsx';
import { ScreenFrame } from '../../components/screen-frame.tsx';
import { Tag, type Tone } from '../../components/tag.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { Disclosure, FeedbackDialog } from './feedback-dialog.tsx';
import { useFeedbackDraft } from './use-feedback-draft.ts';
import styles from './feedback.module.css';

interface FeedbackScreenProps {
  /** Begins with the dialog open. */
  readonly writes: boolean;
}

const tones: Readonly<Record<FeedbackReport['state'], Tone>> = {
  waiting: 'warn',
  sent: 'plain',
  answered: 'good',
  refused: 'urgent',
};

/** What this office reported, with the answers; here one writes another one. */
export function FeedbackScreen({ writes }: FeedbackScreenProps) {
  const { t } = useTranslation();
  const [isWriting, setIsWriting] = useState(writes);
  const list = useCall('feedback.list', {});
  const draft = useFeedbackDraft().values;
  const reports = list.data?.reports ?? [];
  const hasDraft = draft.text.trim() !== '';
  const write = (
    <Button variant="main" onClick={() => setIsWriting(true)}>
      {t(hasDraft ? 'feedback.goOn' : 'feedback.write')}
    </Button>
  );
  return (
    <ScreenFrame
      title={t('feedback.title')}
      beside={
        <>
          {reports.length > 0 ? write : null}
          {hasDraft ? <p className={styles.help}>{t('feedback.draft')}</p> : null}
        </>
      }
    >
      {isWriting ? <FeedbackDialog onClose={() => setIsWriting(false)} /> : null}
      {list.error ? <ErrorNote failure={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.data && reports.length === 0 ? (
        <EmptyState icon="message" title={t('feedback.empty')} text={t('feedback.emptyText')}>
          {write}
        </EmptyState>
      ) : null}
      {reports.length > 0 ? (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('feedback.title')}>
          <ul className={styles.list}>
            {reports.map((report) => (
              <Report key={report.id} report={report} />
            ))}
          </ul>
        </div>
      ) : null}
    </ScreenFrame>
  );
}

/** One report: folded its first lines and how far it has got, open all of it. Opening it is reading its answers. */
function Report({ report }: { readonly report: FeedbackReport }) {
  const { t } = useTranslation();
  const bodyId = useId();
  const markRead = useCommand('feedback.markRead');
  const sendAgain = useCommand('feedback.sendAgain');
  const [isOpen, setIsOpen] = useState(false);
  const hasNew = report.answers.some(({ isNew }) => isNew);
  const toggle = (): void => {
    setIsOpen(!isOpen);
    if (!isOpen && hasNew) void markRead.run({ id: report.id });
  };
  return (
    <li className={styles.report}>
      <button type="button" className={styles.head} aria-expanded={isOpen} aria-controls={bodyId} onClick={toggle}>
        <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
        <span className={styles.line}>
          {isOpen
            ? [t(`feedback.kinds.${report.kind}`), report.person].filter((part) => part !== '').join(' · ')
            : report.text.split('\n')[0]}
        </span>
        {hasNew ? (
          <Tag tone="urgent" icon="message">
            {t('feedback.isNew')}
          </Tag>
        ) : (
          <Tag tone={tones[report.state]}>{t(`feedback.states.${report.state}`)}</Tag>
        )}
        <span className={styles.when}>{formatDateTime(report.createdAt)}</span>
      </button>
      <div id={bodyId} hidden={!isOpen} className={styles.body}>
        {isOpen ? (
          <>
            <p className={styles.text}>{report.text}</p>
            {report.hasBundle ? <SentBundle id={report.id} /> : null}
            {report.answers.map((answer) => (
              <Answer key={answer.id} answer={answer} />
            ))}
            {report.state === 'sent' ? <p className={styles.help}>{t('feedback.noAnswer')}</p> : null}
            {report.errorCode !== null ? (
              <>
                <ErrorNote failure={{ code: report.errorCode }} />
                <div>
                  <Button busy={sendAgain.busy} onClick={() => void sendAgain.run({ id: report.id })}>
                    {t('feedback.sendAgain')}
                  </Button>
                </div>
              </>
            ) : null}
            {sendAgain.failure ? <ErrorNote failure={sendAgain.failure} /> : null}
          </>
        ) : null}
      </div>
    </li>
  );
}

function SentBundle({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const bundle = useCall('feedback.sentBundle', { id }, { enabled: isOpen });
  return (
    <Disclosure
      isOpen={isOpen}
      onToggle={() => setIsOpen(!isOpen)}
      label={t('feedback.withBundle')}
      name={t('feedback.dialog.shown')}
      text={bundle.data?.text ?? null}
    />
  );
}

/** What was answered, by whom and when. */
export function Answer({
  answer: { agencyName, person, text, at },
  note,
}: {
  readonly answer: Pick<FeedbackAnswer, 'agencyName' | 'person' | 'text' | 'at'>;
  readonly note?: string;
}) {
  const { t } = useTranslation();
  const who = agencyName ?? t('feedback.administrator');
  return (
    <div className={styles.answer}>
      <p>
        <strong>{who}</strong>{' '}
        <span className={styles.help}>
          {[person, formatDateTime(at), note ?? ''].filter((part) => part !== '').join(' · ')}
        </span>
      </p>
      <p className={styles.text}>{text}</p>
    </div>
  );
}
