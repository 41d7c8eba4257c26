import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '#shared/contract/contract.ts';
import type { OverseenFeedback } from '#shared/contract/feedback.ts';
import { type FeedbackSelection, feedbackSelections, MAX_FEEDBACK_TEXT } from '#shared/domain/feedback.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { ScreenFrame } from '../../components/screen-frame.tsx';
import { Tag } from '../../components/tag.tsx';
import { TextArea } from '../../components/text-field.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { Disclosure } from './feedback-dialog.tsx';
import { Answer } from './feedback-screen.tsx';
import styles from './feedback.module.css';

type Place = NonNullable<CallInput<'feedback.overseen'>['after']>;

/** What clerks of the supervised agencies reported, to be answered. */
export function OverseenFeedbackScreen({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [which, setWhich] = useState<FeedbackSelection>('open');
  const [after, setAfter] = useState<Place | null>(null);
  /** Answers that are being written, by report: choosing another list must not lose them. */
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const found = useCall('feedback.overseen', { which, after }, { keepPrevious: true });
  const reports = found.data?.reports ?? [];
  const next = found.data?.next ?? null;
  return (
    <ScreenFrame
      title={t('feedback.overseen.title')}
      isBusy={found.isFetching}
      beside={
        <>
          <div role="group" aria-label={t('feedback.overseen.title')} className={styles.which}>
            {feedbackSelections.map((one) => (
              <Button
                key={one}
                aria-pressed={one === which}
                onClick={() => {
                  setWhich(one);
                  setAfter(null);
                }}
              >
                {t(`feedback.overseen.which.${one}`)}
              </Button>
            ))}
          </div>
          <Button variant="quiet" icon="chevron-left" onClick={onClose}>
            {t('feedback.overseen.back')}
          </Button>
        </>
      }
    >
      {found.error ? (
        <ErrorNote failure={found.error} onRetry={() => void found.refetch()} busy={found.isFetching} />
      ) : null}
      {found.data && reports.length === 0 ? (
        <EmptyState
          icon="message"
          title={t(which === 'open' ? 'feedback.overseen.none' : 'feedback.overseen.noneAtAll')}
        />
      ) : null}
      {reports.length > 0 ? (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('feedback.overseen.title')}>
          <ul className={styles.list}>
            {reports.map((report) => (
              <Overseen
                key={report.id}
                report={report}
                text={typed[report.id] ?? ''}
                onText={(text) => setTyped((before) => ({ ...before, [report.id]: text }))}
                onAnswered={() => void found.refetch()}
              />
            ))}
          </ul>
          {next !== null || after !== null ? (
            <div className={styles.pages}>
              {after === null ? null : <Button onClick={() => setAfter(null)}>{t('feedback.overseen.newest')}</Button>}
              {next === null ? null : <Button onClick={() => setAfter(next)}>{t('feedback.overseen.older')}</Button>}
            </div>
          ) : null}
        </div>
      ) : null}
    </ScreenFrame>
  );
}

interface OverseenProps {
  readonly report: OverseenFeedback;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onAnswered: () => void;
}

function Overseen({ report, text, onText, onAnswered }: OverseenProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const answer = useCommand('feedback.answer');
  const [isShown, setIsShown] = useState(false);
  const bundle = useCall('feedback.overseenBundle', { id: report.id }, { enabled: isShown });
  const { agencyName: agency, person, workstation, receivedAt, appVersion: version } = report;
  const run = async (): Promise<void> => {
    const outcome = await answer.run({ id: report.id, text });
    if (!outcome.ok) return;
    onText('');
    notify({ tone: 'good', text: t('feedback.overseen.answered', { agency }) });
    onAnswered();
  };
  return (
    <li className={styles.overseen}>
      <div className={styles.who}>
        <h2>{agency}</h2>
        <Tag>{t(`feedback.kinds.${report.kind}`)}</Tag>
      </div>
      <p className={styles.help}>
        {[person, workstation, formatDateTime(receivedAt), t('feedback.overseen.version', { version })]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      <p className={styles.text}>{report.text}</p>
      {report.hasBundle ? (
        <Disclosure
          isOpen={isShown}
          onToggle={() => setIsShown(!isShown)}
          label={t(isShown ? 'feedback.overseen.hide' : 'feedback.overseen.show')}
          name={t('feedback.dialog.shown')}
          text={bundle.data?.text ?? null}
        />
      ) : null}
      {bundle.error ? <ErrorNote failure={bundle.error} onRetry={() => void bundle.refetch()} /> : null}
      {report.answers.map((one) => (
        <Answer
          key={one.id}
          answer={one}
          note={
            one.readAt === null
              ? t('feedback.overseen.unread')
              : t('feedback.overseen.read', { when: formatDateTime(one.readAt) })
          }
        />
      ))}
      <TextArea
        label={t('feedback.overseen.answerFor', { agency })}
        value={text}
        onChange={onText}
        rows={2}
        maxLength={MAX_FEEDBACK_TEXT}
      />
      <div>
        <Button busy={answer.busy} disabled={text.trim() === ''} onClick={() => void run()}>
          {t('feedback.overseen.send')}
        </Button>
      </div>
      {answer.failure ? <ErrorNote failure={answer.failure} /> : null}
    </li>
  );
}
