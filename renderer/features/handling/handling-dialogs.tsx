import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { addDays, formatVnDate, vietnamDay } from '#shared/domain/vn-date.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { DateField } from '../../components/date-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Select } from '../../components/select.tsx';
import { TextArea } from '../../components/text-field.tsx';
import { describeError } from '../../i18n/describe-error.ts';
import { useNow } from '../../i18n/use-now.ts';
import { useKeptForm } from '../forms/use-kept-form.ts';
import styles from './handling.module.css';

interface DialogProps {
  readonly detail: IncomingDetail;
  readonly onClose: () => void;
}

const targetOf = ({ id, revision }: IncomingDetail) => ({ id, revision });

/** The leaders of the office, by their ids. */
export function useLeaders(agencyName: string): readonly { readonly value: string; readonly label: string }[] {
  const choices = useCall('handling.choices', { agencyName }).data?.choices ?? [];
  return choices
    .filter(({ isLeader }) => isLeader)
    .map(({ id, name, title }) => ({ value: id, label: title === '' ? name : `${name}, ${title}` }));
}

/** Trình: asks a leader for an opinion. */
export function SubmitDialog({ detail, onClose }: DialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const submit = useCommand('handling.submit');
  const leaders = useLeaders(detail.agencyName);
  const [chosen, setChosen] = useState<string | null>(detail.handling.askedLeader?.id ?? null);
  const { values, change, forget, endsForm } = useKeptForm('submit', detail.id, { note: '' });
  const { note } = values;
  const [refused, setRefused] = useState<string | null>(null);
  const leader = chosen ?? leaders[0]?.value ?? '';
  const run = async (): Promise<void> => {
    const outcome = await submit.run({ documents: [targetOf(detail)], leaderId: leader, note, endsForm });
    if (!outcome.ok) return;
    const [answer] = outcome.value.answers;
    if (answer?.ok !== true) {
      setRefused(answer?.code ?? 'UNEXPECTED');
      return;
    }
    forget();
    const name = leaders.find(({ value }) => value === leader)?.label ?? '';
    notify({ tone: 'good', text: t('handling.submit.done', { name }) });
    onClose();
  };
  return (
    <Dialog
      title={t('handling.submit.title', { code: detail.codeText })}
      consequence={t('handling.submit.text')}
      action={{ label: t('handling.submit.action'), run: () => void run(), busy: submit.busy, disabled: leader === '' }}
      onClose={onClose}
    >
      <Select label={t('handling.submit.leader')} value={leader} options={leaders} onChange={setChosen} />
      <TextArea
        label={t('handling.submit.note')}
        value={note}
        onChange={(text) => change({ note: text })}
        rows={3}
        maxLength={2000}
        autoFocus
      />
      {submit.failure !== null && <ErrorNote failure={submit.failure} />}
      {refused !== null && <p className={styles.missing}>{describeError(t, { code: refused }).what}</p>}
    </Dialog>
  );
}

/** Ý kiến chỉ đạo, by the leader or copied from paper. */
export function DirectDialog({ detail, onClose }: DialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const direct = useCommand('handling.direct');
  const leaders = useLeaders(detail.agencyName);
  const [chosen, setChosen] = useState<string | null>(detail.handling.askedLeader?.id ?? null);
  const { values, change, forget, endsForm } = useKeptForm('direct', detail.id, { opinion: '' });
  const { opinion } = values;
  const leader = chosen ?? leaders[0]?.value ?? '';
  const run = async (): Promise<void> => {
    const outcome = await direct.run({ ...targetOf(detail), leaderId: leader, opinion, endsForm });
    if (!outcome.ok) return;
    forget();
    notify({ tone: 'good', text: t('handling.direct.done') });
    onClose();
  };
  return (
    <Dialog
      title={t('handling.direct.title', { code: detail.codeText })}
      consequence={t('handling.direct.text')}
      action={{
        label: t('handling.direct.action'),
        run: () => void run(),
        busy: direct.busy,
        disabled: leader === '' || opinion.trim() === '',
      }}
      onClose={onClose}
    >
      <Select label={t('handling.direct.leader')} value={leader} options={leaders} onChange={setChosen} />
      <TextArea
        label={t('handling.direct.opinion')}
        value={opinion}
        onChange={(text) => change({ opinion: text })}
        rows={4}
        maxLength={2000}
        required
        autoFocus
      />
      {direct.failure !== null && <ErrorNote failure={direct.failure} />}
    </Dialog>
  );
}

/** Undoes finishing; with a reason where the sender has been told. */
export function ReopenDialog({ detail, onClose }: DialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const reopen = useCommand('handling.reopen');
  const { values, change, forget, endsForm } = useKeptForm('reopen', detail.id, { reason: '' });
  const { reason } = values;
  const told = detail.handling.finishIsTold;
  const run = async (): Promise<void> => {
    const outcome = await reopen.run({ ...targetOf(detail), reason, endsForm });
    if (!outcome.ok) return;
    forget();
    notify({ tone: 'good', text: t('handling.finish.undone', { code: detail.codeText }) });
    onClose();
  };
  return (
    <Dialog
      title={t('handling.reopen.title', { code: detail.codeText })}
      consequence={told ? t('handling.reopen.told') : t('handling.reopen.quiet')}
      action={{
        label: t('handling.reopen.action'),
        run: () => void run(),
        busy: reopen.busy,
        disabled: told && reason.trim() === '',
      }}
      onClose={onClose}
    >
      <TextArea
        label={t('handling.reopen.reason')}
        value={reason}
        onChange={(text) => change({ reason: text })}
        rows={2}
        maxLength={2000}
        required={told}
        autoFocus
      />
      {reopen.failure !== null && <ErrorNote failure={reopen.failure} />}
    </Dialog>
  );
}

type Held = IncomingDetail['handling']['assignments'][number];

export function CallBackDialog({ detail, held, onClose }: DialogProps & { readonly held: Held }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const callBack = useCommand('handling.callBack');
  const { kind, id, name } = held;
  const { values, change, forget, endsForm } = useKeptForm('call-back', `${detail.id} ${id}`, { reason: '' });
  const { reason } = values;
  const run = async (): Promise<void> => {
    const outcome = await callBack.run({ ...targetOf(detail), assignee: { kind, id }, reason, endsForm });
    if (!outcome.ok) return;
    forget();
    notify({ tone: 'good', text: t('handling.callBack.done', { name }) });
    onClose();
  };
  return (
    <Dialog
      title={t('handling.callBack.title', { name })}
      action={{ label: t('handling.callBack.action'), run: () => void run(), busy: callBack.busy }}
      onClose={onClose}
    >
      <TextArea
        label={t('handling.callBack.reason')}
        value={reason}
        onChange={(text) => change({ reason: text })}
        rows={2}
        maxLength={2000}
        autoFocus
      />
      {callBack.failure !== null && <ErrorNote failure={callBack.failure} />}
    </Dialog>
  );
}

export function AsideDialog({ detail, onClose }: DialogProps) {
  const { t } = useTranslation();
  const now = useNow();
  const notify = useNotify();
  const putAside = useCommand('handling.putAside');
  const [until, setUntil] = useState<string | null>(addDays(vietnamDay(now), 1));
  const [refused, setRefused] = useState<string | null>(null);
  const past = until !== null && until <= vietnamDay(now);
  const run = async (): Promise<void> => {
    if (until === null) return;
    const outcome = await putAside.run({ documents: [targetOf(detail)], until });
    if (!outcome.ok) return;
    const [answer] = outcome.value.answers;
    if (answer?.ok !== true) {
      setRefused(answer?.code ?? 'UNEXPECTED');
      return;
    }
    notify({ tone: 'good', text: t('handling.aside.done', { day: formatVnDate(until) }) });
    onClose();
  };
  const words = refused === null ? null : describeError(t, { code: refused });
  return (
    <Dialog
      title={t('handling.aside.title', { code: detail.codeText })}
      consequence={t('handling.aside.text')}
      action={{
        label: t('handling.aside.action'),
        run: () => void run(),
        busy: putAside.busy,
        disabled: until === null || past,
      }}
      onClose={onClose}
    >
      <DateField
        label={t('handling.aside.until')}
        value={until}
        error={past ? t('document.terms.past') : null}
        onChange={(value) => {
          setUntil(value);
          setRefused(null);
        }}
        required
      />
      {putAside.failure !== null && <ErrorNote failure={putAside.failure} />}
      {words !== null && (
        <p className={styles.missing} role="alert">
          {words.what} {words.next}
        </p>
      )}
    </Dialog>
  );
}
