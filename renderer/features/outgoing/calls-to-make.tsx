import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { Button } from '../../components/button.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { useNow } from '../../i18n/use-now.ts';
import { formatStamp } from '../document/format-stamp.ts';
import { RecordCallDialog } from './record-call-dialog.tsx';
import { RequestList, RequestRow } from './request-list.tsx';
import { callsOf, timesTold, type Watched } from './watched.ts';

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
    <RequestList
      tone="urgent"
      icon="phone"
      title={t('outgoing.watch.callTitle', { count: calls.length })}
      hint={t('outgoing.watch.callHint')}
      dialog={
        calling === null ? null : <RecordCallDialog id={detail.id} watched={calling} onClose={() => setCalling(null)} />
      }
    >
      {calls.map((watched) => {
        const { messageId, recipient, call } = watched.delivery;
        return (
          <RequestRow
            key={messageId + recipient}
            name={watched.agencyName}
            why={reasonOf(t, watched, now)}
            fact={call?.phone}
            note={call?.askFor ? t('outgoing.watch.askFor', { name: call.askFor }) : null}
          >
            <Button
              {...(watched === first ? { variant: 'main', kbd: 'Ctrl+Enter' } : {})}
              title={t('outgoing.watch.recordFor', { name: watched.agencyName })}
              onClick={() => setCalling(watched)}
            >
              {t('outgoing.watch.record')}
            </Button>
          </RequestRow>
        );
      })}
    </RequestList>
  );
}

function reasonOf(t: TFunction, { delivery }: Watched, now: number): string {
  const reason = delivery.call?.reason ?? 'not-opened';
  if (reason !== 'unreachable') return t(`outgoing.watch.reasons.${reason}`, { count: timesTold(delivery) });
  if (delivery.lastContactAt === null) return t('outgoing.watch.reasons.unreachable-ever');
  return t('outgoing.watch.reasons.unreachable', { time: formatStamp(delivery.lastContactAt, now) });
}
