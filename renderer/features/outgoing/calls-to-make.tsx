import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { useNow } from '../../i18n/use-now.ts';
import { formatStamp } from '../document/format-stamp.ts';
import { RecordCallDialog } from './record-call-dialog.tsx';
import { callsOf, timesTold, type Watched } from './watched.ts';
import styles from './calls-to-make.module.css';

/** Exactly whom to call, why, and where to write down that it was done; nothing when nobody needs to be called. */
export function CallsToMake({ detail }: { readonly detail: OutgoingDetail }) {
  const { t } = useTranslation();
  const now = useNow();
  const [calling, setCalling] = useState<Watched | null>(null);
  const calls = callsOf(detail);
  const [first] = calls;
  useShortcut('Ctrl+Enter', () => first !== undefined && setCalling(first), first !== undefined);
  if (first === undefined && calling === null) return null;
  return (
    <section className={styles.calls} aria-label={t('outgoing.watch.callTitle', { count: calls.length })}>
      <p className={styles.head}>
        <Icon name="phone" />
        <b>{t('outgoing.watch.callTitle', { count: calls.length })}</b> <span>{t('outgoing.watch.callHint')}</span>
      </p>
      <ul>
        {calls.map((watched) => (
          <li key={watched.delivery.messageId + watched.delivery.recipient}>
            <div className={styles.who}>
              <b>{watched.agencyName}</b>
              <span>{reasonOf(t, watched, now)}</span>
            </div>
            <div className={styles.number}>
              <b>{watched.delivery.call?.phone}</b>
              {watched.delivery.call?.askFor ? (
                <span>{t('outgoing.watch.askFor', { name: watched.delivery.call.askFor })}</span>
              ) : null}
            </div>
            <Button
              {...(watched === first ? { variant: 'main', kbd: 'Ctrl+Enter' } : {})}
              title={t('outgoing.watch.recordFor', { name: watched.agencyName })}
              onClick={() => setCalling(watched)}
            >
              {t('outgoing.watch.record')}
            </Button>
          </li>
        ))}
      </ul>
      {calling === null ? null : <RecordCallDialog id={detail.id} watched={calling} onClose={() => setCalling(null)} />}
    </section>
  );
}

function reasonOf(t: TFunction, { delivery }: Watched, now: number): string {
  const reason = delivery.call?.reason ?? 'not-opened';
  if (reason !== 'unreachable') return t(`outgoing.watch.reasons.${reason}`, { count: timesTold(delivery) });
  if (delivery.lastContactAt === null) return t('outgoing.watch.reasons.unreachable-ever');
  return t('outgoing.watch.reasons.unreachable', { time: formatStamp(delivery.lastContactAt, now) });
}
