import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { IncomingDetail, InvitationReply } from '#shared/contract/incoming.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { describeError } from '../../i18n/describe-error.ts';
import { formatDateTime, formatDeadline, formatTime } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { describeReply } from '../document/describe-reply.ts';
import { formatStamp } from '../document/format-stamp.ts';
import { nameField } from '../document/name-field.ts';
import { DeclineDialog, SubstituteDialog } from './reply-dialogs.tsx';
import styles from './invitation-panel.module.css';

/** When and where the meeting is, who chairs it, what to bring; and this office's answer. */
export function InvitationPanel({ detail }: { readonly detail: IncomingDetail }) {
  const { t } = useTranslation();
  const now = useNow();
  const notify = useNotify();
  const answer = useCommand('incoming.answerInvitation');
  const [asking, setAsking] = useState<'no' | 'substitute' | null>(null);
  const { id, fields, received, reply, state } = detail;
  const sender = received?.senderName ?? '';
  const isOver = fields.meetingAt !== null && Date.parse(fields.meetingAt) <= now;

  const send = async (given: InvitationReply): Promise<void> => {
    const outcome = await answer.run({ id, reply: given });
    if (!outcome.ok) return;
    setAsking(null);
    const said = describeReply(t, { attendee: '', note: '', ...noteOf(given) });
    notify({ tone: 'good', text: t('incoming.invitation.toast', { sender, reply: said }) });
  };
  const dialog = {
    sender,
    busy: answer.busy,
    failure: answer.failure,
    onSend: (given: InvitationReply) => void send(given),
    onClose: () => setAsking(null),
  };

  return (
    <section className={styles.panel} aria-label={t('incoming.invitation.label')}>
      <dl>
        <div>
          <dt>{t('incoming.invitation.hour')}</dt>
          <dd>
            <b>{describeHours(t, fields)}</b>
          </dd>
        </div>
        {(['meetingPlace', 'meetingChair', 'meetingLink', 'meetingPapers'] as const)
          .filter((name) => fields[name] !== '')
          .map((name) => (
            <div key={name}>
              <dt>{nameField(t, 'incoming', name)}</dt>
              <dd>{fields[name]}</dd>
            </div>
          ))}
      </dl>
      <div className={styles.actions}>
        {reply !== null && <p role="status">{describeAnswer(t, reply, now)}</p>}
        {received !== null && state !== 'returned' && !isOver && (
          <div role="group" aria-label={t(reply === null ? 'incoming.invitation.label' : 'incoming.invitation.again')}>
            {reply !== null && <span>{t('incoming.invitation.again')}</span>}
            <Button icon="check" busy={answer.busy} onClick={() => void send({ answer: 'yes' })}>
              {t('incoming.invitation.yes')}
            </Button>
            <Button onClick={() => setAsking('substitute')}>{t('incoming.invitation.substitute')}</Button>
            <Button onClick={() => setAsking('no')}>{t('incoming.invitation.no')}</Button>
          </div>
        )}
        {isOver && <span>{t('incoming.invitation.over')}</span>}
        {fields.meetingAt !== null && !isOver && <SaveCalendar id={id} />}
      </div>
      {answer.failure !== null && asking === null && <ErrorNote failure={answer.failure} />}
      {asking === 'no' && <DeclineDialog {...dialog} />}
      {asking === 'substitute' && <SubstituteDialog {...dialog} />}
    </section>
  );
}

function SaveCalendar({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const calendar = useCall('incoming.calendar', { id });
  const save = useCommand('files.saveCalendar');
  const { data } = calendar;
  const run = async (): Promise<void> => {
    if (data === undefined) return;
    const outcome = await save.run({ text: data.text, suggestedName: data.name });
    if (outcome.ok && outcome.value.saved) notify({ tone: 'good', text: t('incoming.invitation.calendarSaved') });
  };
  return (
    <>
      <Button variant="quiet" icon="duty" busy={save.busy} disabled={data === undefined} onClick={() => void run()}>
        {t('incoming.invitation.calendar')}
      </Button>
      {calendar.error !== null && <ErrorNote failure={calendar.error} />}
      {save.failure !== null && <ErrorNote failure={save.failure} />}
    </>
  );
}

const noteOf = (reply: InvitationReply) =>
  reply.answer === 'no' ? { answer: reply.answer, note: reply.reason } : reply;

/** "thứ Hai 16/03/2026, 14:00 đến 17:00". */
function describeHours(t: TFunction, { meetingAt, meetingEndsAt }: IncomingDetail['fields']): string {
  if (meetingAt === null) return t('incoming.invitation.noHour');
  const start = formatDeadline(t, meetingAt);
  if (meetingEndsAt === null) return start;
  const sameDay = vietnamDay(Date.parse(meetingAt)) === vietnamDay(Date.parse(meetingEndsAt));
  const time = sameDay ? formatTime(meetingEndsAt) : formatDateTime(meetingEndsAt);
  return `${start} ${t('incoming.invitation.until', { time })}`;
}

function describeAnswer(t: TFunction, reply: NonNullable<IncomingDetail['reply']>, now: number): string {
  const said = t('incoming.invitation.answered', { reply: describeReply(t, reply) });
  switch (reply.state) {
    case 'waiting':
      return `${said} · ${t('incoming.invitation.waiting')}`;
    case 'refused':
      return `${said} · ${describeError(t, { code: reply.errorCode ?? '' }).what}`;
    case 'done':
      return `${said} · ${t('incoming.invitation.sent', { time: formatStamp(reply.at, now) })}`;
  }
}
