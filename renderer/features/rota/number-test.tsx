import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatPhone } from '#shared/domain/phone-number.ts';
import { awaitsReport, type TestNotice } from '#shared/domain/test-notice.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatTime } from '../../i18n/format.ts';
import styles from './rota.module.css';

const ASKS_AGAIN_MS = 3_000;
/** A report that has not come by now comes late or never. */
const WAITS_MS = 3 * 60_000;

/** Has a text sent to a verified number, and says what became of it. */
export function NumberTest({ phone }: { readonly phone: string }) {
  const { t } = useTranslation();
  const send = useCommand('duty.tryNumber');
  const [sent, setSent] = useState<TestNotice | null>(null);
  const latest = useCall(
    'duty.numberTried',
    { id: sent?.id ?? '' },
    { enabled: sent !== null && awaitsReport(sent), again: pauseAfter },
  );
  const test = latest.data ?? sent;
  const ask = async () => {
    const outcome = await send.run({ phone });
    if (outcome.ok) setSent(outcome.value);
  };
  return (
    <div className={styles.verification}>
      <Button busy={send.busy} onClick={() => void ask()}>
        {t('rota.test.send', { phone: formatPhone(phone) })}
      </Button>
      {send.failure ? <ErrorNote failure={send.failure} /> : null}
      <p role="status" className={styles.testResult} data-state={test?.state}>
        {test === null ? (
          t('rota.test.hint')
        ) : (
          <>
            <Icon name={test.state === 'delivered' ? 'check' : awaitsReport(test) ? 'clock' : 'warning'} size={12} />
            <span>
              {test.state === 'failed'
                ? t(`rota.test.fault.${test.fault ?? 'network'}`)
                : t(`rota.test.${test.state}`, { at: formatTime(test.settledAt ?? test.sentAt) })}
            </span>
          </>
        )}
      </p>
    </div>
  );
}

function pauseAfter(test: TestNotice | undefined): number | false {
  if (test === undefined) return ASKS_AGAIN_MS;
  const isLate = Date.now() - Date.parse(test.sentAt) > WAITS_MS;
  return awaitsReport(test) && !isLate ? ASKS_AGAIN_MS : false;
}
