import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../api/use-call.ts';
import { useCommand } from '../api/use-command.ts';
import { Button } from '../components/button.tsx';
import { Menu } from '../components/menu.tsx';
import { useShortcut } from '../components/use-shortcut.tsx';
import { formKeeper } from '../features/forms/form-keeper.ts';
import { ChangePinDialog } from '../features/session/change-pin-dialog.tsx';
import styles from './frame.module.css';

/** Who is signed in, for whom she acts, and the way to lock the screen. */
export function SignedInPerson() {
  const { t } = useTranslation();
  const { data } = useCall('session.state', {});
  const lock = useCommand('session.lock');
  const canLock = data?.required === true;
  const lockNow = (): void => {
    // Behind the lock nothing can be kept.
    formKeeper.hurry();
    void lock.run({});
  };
  const [changing, setChanging] = useState(false);
  useShortcut('Ctrl+L', lockNow, canLock);
  const { name = '', actsFor = [] } = data?.person ?? {};
  const shown = name === '' ? t('frame.office') : name;
  const forWhom = actsFor.map((each) => each.name).join(', ');
  const text = forWhom === '' ? shown : t('session.actsFor', { name: shown, for: forWhom });
  return (
    <>
      <span className={styles.role} title={text}>
        {text}
      </span>
      {canLock && data.person?.hasPin === true ? (
        <Menu
          variant="quiet"
          icon="chevron-down"
          label={t('session.own')}
          items={[{ id: 'pin', label: t('session.changePin'), run: () => setChanging(true) }]}
        />
      ) : null}
      {canLock ? (
        <Button variant="quiet" icon="key" kbd="Ctrl+L" busy={lock.busy} onClick={lockNow}>
          {t('session.lock')}
        </Button>
      ) : null}
      {changing ? <ChangePinDialog onClose={() => setChanging(false)} /> : null}
    </>
  );
}
