import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_PIN, MIN_PIN } from '#shared/domain/pin.ts';
import type { CallOutput } from '#shared/contract/contract.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { DialogDepth, useDialogScope } from '../../components/use-shortcut.tsx';
import { CoreBanner } from '../status/core-banner.tsx';
import { lastPerson, rememberPerson } from './last-person.ts';
import styles from './sign-in-view.module.css';

/** Above every dialog that may be open behind it. */
const DEPTH = 100;

/** Covers everything until somebody of the office is signed in. A dialog of its own, because one behind it may be open. */
export function SignInView({ state }: { readonly state: CallOutput<'session.state'> }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { t } = useTranslation();
  useDialogScope(DEPTH);
  useEffect(() => {
    const element = dialog.current;
    if (element?.open === false) element.showModal();
    element?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => element?.close();
  }, []);
  return (
    <DialogDepth value={DEPTH}>
      <dialog
        ref={dialog}
        className={styles.cover}
        aria-label={t('session.title')}
        onCancel={(event) => event.preventDefault()}
        // Chromium closes at the second Escape whatever is prevented.
        onClose={() => {
          if (dialog.current?.open === false) dialog.current.showModal();
        }}
      >
        <main className={styles.box}>
          {state.agencyName === '' ? null : <p className={styles.agency}>{state.agencyName}</p>}
          <h1>{t('session.title')}</h1>
          {state.byAccount === null ? null : <AccountEntry name={state.byAccount.name} />}
          {state.people.length === 0 ? null : <PinEntry people={state.people} />}
          <CoreBanner />
        </main>
      </dialog>
    </DialogDepth>
  );
}

function AccountEntry({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const signIn = useCommand('session.signInByAccount');
  return (
    <div className={styles.form}>
      <Button variant="main" data-autofocus busy={signIn.busy} onClick={() => void signIn.run({})}>
        {t('session.byAccount', { name })}
      </Button>
      {signIn.failure === null ? null : <ErrorNote failure={signIn.failure} />}
    </div>
  );
}

function PinEntry({ people }: { readonly people: CallOutput<'session.state'>['people'] }) {
  const { t } = useTranslation();
  const signIn = useCommand('session.signIn');
  const last = lastPerson();
  const [personId, setPersonId] = useState(
    () => (people.find((each) => each.personId === last) ?? people[0])?.personId ?? '',
  );
  const [pin, setPin] = useState('');
  const digits = pin.replaceAll(/\s/gu, '');
  const isPin = /^\d+$/u.test(digits) && digits.length >= MIN_PIN && digits.length <= MAX_PIN;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isPin) return;
    const outcome = await signIn.run({ personId, pin: digits });
    setPin('');
    if (outcome.ok) rememberPerson(personId);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <Select
        label={t('session.person')}
        value={personId}
        onChange={setPersonId}
        options={people.map((each) => ({
          value: each.personId,
          label: each.title === '' ? each.name : t('session.withTitle', { name: each.name, title: each.title }),
        }))}
      />
      <TextField
        label={t('session.pin')}
        help={t('session.pinHelp', { min: MIN_PIN, max: MAX_PIN })}
        type="password"
        value={pin}
        onChange={setPin}
        maxLength={MAX_PIN}
        autoFocus
      />
      <Button variant="main" type="submit" busy={signIn.busy} disabled={!isPin}>
        {t('session.enter')}
      </Button>
      {signIn.failure === null ? null : <ErrorNote failure={signIn.failure} />}
    </form>
  );
}
