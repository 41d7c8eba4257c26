import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { HandlingDetail, Remark } from '#shared/contract/handling.ts';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { allowsHandlingStep } from '#shared/domain/handling.ts';
import { formatInstantDay, formatVnDate } from '#shared/domain/vn-date.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Tag } from '../../components/tag.tsx';
import { TextArea } from '../../components/text-field.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { formatStamp } from '../document/format-stamp.ts';
import { AsideDialog, CallBackDialog, DirectDialog, ReopenDialog, SubmitDialog } from './handling-dialogs.tsx';
import { FinishDialog } from './finish-dialog.tsx';
import { PrintSheet } from './print-sheet.tsx';
import { useKeptForm } from '../forms/use-kept-form.ts';
import styles from './handling.module.css';

interface HandlingTabProps {
  readonly detail: IncomingDetail;
  readonly onAssign: () => void;
}

type Asking = 'submit' | 'direct' | 'finish' | 'reopen' | 'aside' | HandlingDetail['assignments'][number] | null;

/** "Xử lý": who leads and helps until when, what was said, and the next steps. */
export function HandlingTab({ detail, onAssign }: HandlingTabProps) {
  const { t } = useTranslation();
  const now = useNow();
  const { handling } = detail;
  const [asking, setAsking] = useState<Asking>(null);
  const start = useCommand('handling.start');
  const takeBack = useCommand('handling.takeBack');
  const choices = useCall('handling.choices', { agencyName: detail.agencyName }).data?.choices;
  const hasLeaders = choices?.some(({ isLeader }) => isLeader) === true;
  const hasPeople = choices === undefined || choices.length > 0;
  const target = { id: detail.id, revision: detail.revision };
  const inBook = detail.state === 'registered' || detail.state === 'done';
  const may = (step: Parameters<typeof allowsHandlingStep>[1]): boolean =>
    inBook && allowsHandlingStep(handling.stage, step);
  const isGivenUp = detail.recall?.id === detail.id && detail.recall.answer === 'agreed';
  const open = detail.state === 'arrived' || detail.state === 'registered';
  const done = () => setAsking(null);

  return (
    <div className={styles.tab}>
      <section aria-label={t('handling.whoHas')}>
        <div className={styles.stage}>
          <Tag tone={handling.stage === 'finished' ? 'good' : 'plain'}>{t(`handling.stages.${handling.stage}`)}</Tag>
          {handling.askedLeader !== null && handling.askedAt !== null && handling.stage === 'submitted' && (
            <span>
              {t('handling.waitsFor', {
                name: handling.askedLeader.name,
                time: formatStamp(handling.askedAt, now),
              })}
            </span>
          )}
          {handling.outcome !== null && <span>{describeOutcome(t, handling.outcome)}</span>}
          {handling.asideUntil !== null && (
            <span>{t('handling.asideUntil', { day: formatInstantDay(handling.asideUntil) })}</span>
          )}
        </div>
        <div className={styles.steps}>
          {/* The first time, and the end, stand in the header. */}
          {may('assign') && handling.assignments.length > 0 && (
            <Button onClick={onAssign}>{t('handling.actions.assignAgain')}</Button>
          )}
          {may('submit') && hasLeaders && (
            <Button onClick={() => setAsking('submit')}>{t('handling.actions.submit')}</Button>
          )}
          {may('direct') && hasLeaders && (
            <Button onClick={() => setAsking('direct')}>{t('handling.actions.direct')}</Button>
          )}
          {may('start') && (
            <Button busy={start.busy} onClick={() => void start.run(target)}>
              {t('handling.actions.start')}
            </Button>
          )}
          {may('finish') && !hasPeople && (
            <Button onClick={() => setAsking('finish')}>{t('handling.actions.finish')}</Button>
          )}
          {may('reopen') && !isGivenUp && (
            <Button onClick={() => setAsking('reopen')}>{t('handling.actions.reopen')}</Button>
          )}
          {open && handling.asideUntil === null && (
            <Button onClick={() => setAsking('aside')}>{t('handling.actions.aside')}</Button>
          )}
          {handling.asideUntil !== null && (
            <Button busy={takeBack.busy} onClick={() => void takeBack.run({ documents: [target] })}>
              {t('handling.actions.takeBack')}
            </Button>
          )}
          {inBook && <PrintSheet id={detail.id} />}
        </div>
        {start.failure !== null && <ErrorNote failure={start.failure} />}
        {takeBack.failure !== null && <ErrorNote failure={takeBack.failure} />}
        {handling.assignments.length > 0 ? (
          <ul className={styles.held}>
            {handling.assignments.map((held) => (
              <li key={`${held.kind} ${held.id}`} data-part={held.part}>
                <span className={styles.part}>{t(`handling.parts.${held.part}`)}</span>
                <span className={styles.name}>{held.name}</span>
                <span className={styles.due}>
                  {held.dueAt === null
                    ? t('handling.since', { time: formatStamp(held.assignedAt, now) })
                    : t('handling.due', { time: formatDateTime(held.dueAt) })}
                </span>
                {may('call-back') && (
                  <Button
                    variant="quiet"
                    aria-label={t('handling.actions.callBackFrom', { name: held.name })}
                    onClick={() => setAsking(held)}
                  >
                    {t('handling.actions.callBack')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        ) : (
          inBook && <p className={styles.quiet}>{t(hasPeople ? 'handling.nobody' : 'handling.noPeople')}</p>
        )}
      </section>
      {inBook && <Thread id={detail.id} remarks={handling.remarks} />}
      {asking === 'submit' && <SubmitDialog detail={detail} onClose={done} />}
      {asking === 'direct' && <DirectDialog detail={detail} onClose={done} />}
      {asking === 'finish' && <FinishDialog detail={detail} onClose={done} />}
      {asking === 'reopen' && <ReopenDialog detail={detail} onClose={done} />}
      {asking === 'aside' && <AsideDialog detail={detail} onClose={done} />}
      {asking !== null && typeof asking === 'object' && <CallBackDialog detail={detail} held={asking} onClose={done} />}
    </div>
  );
}

/** What was said about it, in the order in which it was said. */
function Thread({ id, remarks }: { readonly id: string; readonly remarks: readonly Remark[] }) {
  const { t } = useTranslation();
  const now = useNow();
  const remark = useCommand('handling.remark');
  const { values, change, forget, endsForm } = useKeptForm('remark', id, { text: '' });
  const { text } = values;
  const add = async (): Promise<void> => {
    if ((await remark.run({ id, text, endsForm })).ok) forget();
  };
  return (
    <section aria-label={t('handling.thread')}>
      <h3>{t('handling.thread')}</h3>
      {remarks.length === 0 ? (
        <p className={styles.quiet}>{t('handling.noRemarks')}</p>
      ) : (
        <ol className={styles.thread}>
          {remarks.map((one, at) => (
            <li key={`${one.at} ${at}`} data-voice={one.voice}>
              <p className={styles.who}>
                <b>{one.speakerName === '' ? t('handling.office') : one.speakerName}</b>
                {one.speakerTitle !== '' && <span>{one.speakerTitle}</span>}
                {one.kind !== 'remark' && <span>{t(`handling.kinds.${one.kind}`)}</span>}
                <time dateTime={one.at}>{formatStamp(one.at, now)}</time>
                {one.writerName !== one.speakerName && (
                  <span>
                    {t('handling.writtenBy', { writer: one.writerName === '' ? t('handling.office') : one.writerName })}
                  </span>
                )}
              </p>
              <p className={styles.said}>{one.text}</p>
            </li>
          ))}
        </ol>
      )}
      <div className={styles.add}>
        <TextArea
          label={t('handling.remarkLabel')}
          hint={t('handling.remarkHint')}
          value={text}
          onChange={(typed) => change({ text: typed })}
          rows={2}
          maxLength={2000}
        />
        <Button busy={remark.busy} disabled={text.trim() === ''} onClick={() => void add()}>
          {t('handling.remarkAdd')}
        </Button>
      </div>
      {remark.failure !== null && <ErrorNote failure={remark.failure} />}
    </section>
  );
}

function describeOutcome(
  t: TFunction,
  { kind, codeText, date, reason }: NonNullable<HandlingDetail['outcome']>,
): string {
  switch (kind) {
    case 'letter':
    case 'by-hand':
      return date === null
        ? t('handling.outcome.answered', { code: codeText ?? '' })
        : t('handling.outcome.answeredOn', { code: codeText ?? '', date: formatVnDate(date) });
    case 'no-answer':
      return t('handling.outcome.no-answer', { reason: reason ?? '' });
    case 'unsaid':
      return t('handling.outcome.unsaid');
  }
}
