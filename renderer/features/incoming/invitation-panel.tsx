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
import { useMedia } from '../../components/use-media.ts';
import { describeError } from '../../i18n/describe-error.ts';
import { formatDateTime, formatDeadline, formatTime } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { describeReply } from '../document/describe-reply.ts';
import { formatStamp } from '../document/format-stamp.ts';
import { nameField } from '../document/name-field.ts';
import { useKeptForm } from '../forms/use-kept-form.ts';
import { DeclineDialog, emptyReply, SubstituteDialog } from './reply-dialogs.tsx';
import styles from './invitation-panel.module.css';

const DETAILS = ['meetingPlace', 'meetingChair', 'meetingLink', 'meetingPapers'] as const;

/**
 * When and where the meeting is, who chairs it, what to bring; and this office's answer. Where the window is low, the page
 * comes first: one line says when and where, the rest is unfolded.
 */
export function InvitationPanel({ detail }: { readonly detail: IncomingDetail }) {
  const { t } = useTranslation();
  const now = useNow();
  const notify = useNotify();
  const answer = useCommand('incoming.answerInvitation');
  const [asking, setAsking] = useState<'no' | 'substitute' | null>(null);
  const { id, fields, received, reply, state } = detail;
  const form = useKeptForm('reply', id, emptyReply);
  const sender = received?.senderName ?? '';
  const hasRoom = useMedia('(min-height: 700px)');
  const [unfolded, setUnfolded] = useState<boolean | null>(null);
  const shown = DETAILS.filter((name) => fields[name] !== '');
  const isOpen = shown.length === 0 || (unfolded ?? hasRoom);
  const isOver = fields.meetingAt !== null && Date.parse(fields.meetingAt) <= now;

  const send = async (given: InvitationReply): Promise<void> => {
    const outcome = await answer.run({ id, reply: given, endsForm: form.endsForm });
    if (!outcome.ok) return;
    form.forget();
    setAsking(null);
    const said = describeReply(t, { attendee: '', note: '', ...noteOf(given) });
    notify({ tone: 'good', text: t('incoming.invitation.toast', { sender, reply: said }) });
  };
  const dialog = {
    form,
    sender,
    busy: answer.busy,
    failure: answer.failure,
    onSend: (given: InvitationReply) => void send(given),
    onClose: () => setAsking(null),
  };

  const mayAnswer = received !== null && state !== 'returned' && !isOver;
  const unfold = shown.length > 0 && (
    <Button
      variant="quiet"
      icon={isOpen ? 'chevron-down' : 'chevron-right'}
      aria-expanded={isOpen}
      onClick={() => setUnfolded(!isOpen)}
    >
      {t('incoming.invitation.details')}
    </Button>
  );

  return (
    <section className={styles.panel} aria-label={t('incoming.invitation.label')}>
      {isOpen ? (
        <>
          <div className={styles.line}>
            <b>{describeHours(t, fields)}</b>
            {unfold}
          </div>
          <dl>
            {shown.map((name) => (
              <div key={name}>
                <dt>{nameField(t, 'incoming', name)}</dt>
                <dd>{fields[name]}</dd>
              </div>
            ))}
          </dl>
        </>
      ) : null}
      <div className={styles.line}>
        {reply !== null && <p role="status">{describeAnswer(t, reply, now)}</p>}
        {/* The line has no room for an answer and for giving another. */}
        {mayAnswer && (reply === null || isOpen) && (
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
        {isOpen ? (
          fields.meetingAt !== null && !isOver && <SaveCalendar id={id} />
        ) : (
          <>
            <span className={styles.short} title={`${describeHours(t, fields)} · ${fields.meetingPlace}`}>
              {/* The hour stands in the header as well. */}
              {fields.meetingPlace || describeHours(t, fields)}
            </span>
            {unfold}
          </>
        )}
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
