import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatPhone } from '#shared/domain/phone-number.ts';
import type { Officer } from '#shared/domain/rota.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Icon } from '../../components/icon.tsx';
import { useNotify } from '../../components/notices.tsx';
import { TextField } from '../../components/text-field.tsx';
import { formatTime } from '../../i18n/format.ts';
import { NumberMark } from './number-mark.tsx';
import { NumberTest } from './number-test.tsx';
import type { OfficerDraft } from './rota-draft.ts';
import { useRota } from './rota-form.ts';
import { numberState, officerOf } from './rota-words.ts';
import styles from './rota.module.css';

interface OfficersEditorProps {
  readonly openId: string | null;
  /** The officer to whom a code is to be sent as soon as he is shown. */
  readonly codeFor: string | null;
}

/** The officers with their numbers; one at a time is open to be changed. */
export function OfficersEditor({ openId, codeFor }: OfficersEditorProps) {
  const { t } = useTranslation();
  const { draft, rota, change, select } = useRota();
  const add = () => {
    const id = crypto.randomUUID();
    change((old) => ({ ...old, officers: [...old.officers, { id, name: '', title: '', phone: '', email: '' }] }));
    select({ kind: 'officers', officerId: id });
  };
  return (
    <div className={styles.scroll}>
      {draft.officers.length === 0 ? <p className={styles.panelText}>{t('rota.officers.none')}</p> : null}
      <ul className={styles.officers}>
        {draft.officers.map((officer) => (
          <li key={officer.id}>
            <button
              type="button"
              className={styles.officerLine}
              aria-expanded={officer.id === openId}
              onClick={() => select({ kind: 'officers', officerId: officer.id === openId ? null : officer.id })}
            >
              <span className={styles.who} title={officer.name}>
                {officer.name.trim() === '' ? t('rota.officers.unnamed') : officer.name}
              </span>
              <NumberMark officer={officerOf(rota, officer.id)} long />
              <Icon name="chevron-down" />
            </button>
            {officer.id === openId ? <OfficerForm officer={officer} sendAtOnce={codeFor === officer.id} /> : null}
          </li>
        ))}
      </ul>
      <div className={styles.actions}>
        <Button icon="plus" onClick={add}>
          {t('rota.officers.add')}
        </Button>
      </div>
    </div>
  );
}

function OfficerForm({ officer, sendAtOnce }: { readonly officer: OfficerDraft; readonly sendAtOnce: boolean }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const { draft, rota, change, select, faultOf, leave } = useRota();
  const { id } = officer;
  const set = (changes: Partial<OfficerDraft>) =>
    change((old) => ({ ...old, officers: old.officers.map((one) => (one.id === id ? { ...one, ...changes } : one)) }));
  const field = (name: string) => {
    const key = `officer.${id}.${name}`;
    const fault = faultOf(key);
    return { error: fault === null ? null : t(`rota.faults.${fault}`), onBlur: () => leave(key) };
  };
  const current = officerOf(rota, id);
  const remove = () => {
    const before = draft.officers;
    change((old) => ({ ...old, officers: old.officers.filter((one) => one.id !== id) }));
    select({ kind: 'officers', officerId: null });
    notify({
      text: t('rota.officers.removed', { name: officer.name.trim() || t('rota.officers.unnamed') }),
      action: { label: t('common.undo'), run: () => change((old) => ({ ...old, officers: before })), undo: true },
    });
  };
  return (
    <div className={styles.form}>
      <TextField
        label={t('rota.officers.name')}
        value={officer.name}
        onChange={(name) => set({ name })}
        maxLength={200}
        autoFocus={officer.name === ''}
        required
        wide
        {...field('name')}
      />
      <TextField
        label={t('rota.officers.role')}
        value={officer.title}
        onChange={(title) => set({ title })}
        maxLength={200}
        wide
      />
      <TextField
        label={t('rota.officers.phone')}
        value={officer.phone}
        onChange={(phone) => set({ phone })}
        maxLength={40}
        help={numberState(current) === 'landline' ? t('rota.officers.landlineHelp') : undefined}
        wide
        {...field('phone')}
      />
      <TextField
        label={t('rota.officers.email')}
        value={officer.email}
        onChange={(email) => set({ email })}
        maxLength={254}
        wide
        {...field('email')}
      />
      {current?.phone && numberState(current) === 'unverified' ? (
        <Verification key={current.phone} officer={current} phone={current.phone} sendAtOnce={sendAtOnce} />
      ) : null}
      {current?.phone && numberState(current) === 'verified' ? (
        <NumberTest key={current.phone} phone={current.phone} />
      ) : null}
      <div className={styles.wide}>
        <Button variant="quiet" onClick={remove}>
          {t('rota.officers.remove')}
        </Button>
      </div>
    </div>
  );
}

interface VerificationProps {
  readonly officer: Officer;
  readonly phone: string;
  readonly sendAtOnce: boolean;
}

/** A code is sent to the number, and given back. */
function Verification({ officer, phone, sendAtOnce }: VerificationProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const { duty } = useRota();
  const send = useCommand('duty.sendPhoneCode');
  const confirm = useCommand('duty.confirmPhone');
  const [until, setUntil] = useState<string | null>(null);
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const isSaved = duty.rota?.officers.some((one) => one.phone === phone) ?? false;
  const isCode = /^\d{6}$/u.test(code.trim());

  const ask = async () => {
    const outcome = await send.run({ phone });
    if (outcome.ok) setUntil(outcome.value.expiresAt);
  };
  const give = async () => {
    setTried(true);
    if (!isCode) return;
    const outcome = await confirm.run({ phone, code: code.trim() });
    if (outcome.ok) notify({ text: t('rota.officers.confirmed', { name: officer.name }), tone: 'good' });
  };
  const shown = formatPhone(phone);
  if (!isSaved) return <p className={styles.hint}>{t('rota.officers.saveFirst')}</p>;
  return (
    <div className={styles.verification}>
      <Button busy={send.busy} autoFocus={sendAtOnce} onClick={() => void ask()}>
        {t('rota.officers.sendCode', { phone: shown })}
      </Button>
      {send.failure ? <ErrorNote failure={send.failure} /> : null}
      {until === null ? null : (
        <>
          <p role="status" className={styles.soft}>
            {t('rota.officers.sent', { phone: shown, until: formatTime(until) })}
          </p>
          <div className={styles.code}>
            <TextField
              label={t('rota.officers.code')}
              value={code}
              onChange={setCode}
              maxLength={10}
              autoFocus
              error={tried && !isCode ? t('rota.officers.codeWrong') : null}
            />
            <Button busy={confirm.busy} onClick={() => void give()}>
              {t('rota.officers.confirm')}
            </Button>
          </div>
          {confirm.failure ? <ErrorNote failure={confirm.failure} /> : null}
        </>
      )}
    </div>
  );
}
