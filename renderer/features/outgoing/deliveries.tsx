import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { countRecipients, isNotArrived, notTakenStates, type Delivery } from '#shared/domain/delivery.ts';
import { isRecalled } from '#shared/domain/recall.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { Tag, type Tone } from '../../components/tag.tsx';
import { useNow } from '../../i18n/use-now.ts';
import { Note } from '../document/note.tsx';
import { formatStamp } from '../document/format-stamp.ts';
import { OtherRecipientsTable } from './other-recipients-table.tsx';
import { PaperCopies } from './paper-copies.tsx';
import { RecallAnswerTag } from './recall-answer-tag.tsx';
import { StatementNotes } from './statement-notes.tsx';
import { WatchFigures, WatchedTable } from './watched-table.tsx';
import { ResendDialog } from './resend-dialog.tsx';
import { ReplaceRecipientDialog } from './replace-recipient-dialog.tsx';
import styles from './deliveries.module.css';

/** Each recipient and how far the document has got there. */
export function Deliveries({ detail }: { readonly detail: OutgoingDetail }) {
  const { t } = useTranslation();
  const now = useNow();
  const line = useCall('exchange.line', {}).data;
  const offline = line?.state === 'offline' || line?.state === 'not-enrolled';
  const [replacing, setReplacing] = useState<Delivery | null>(null);
  const isRefused = detail.sending.state === 'blocked' && detail.sending.errorCode === 'RECIPIENT_UNKNOWN';
  const canReplace = (row: Delivery) => row.state === 'unknown-recipient' || (row.state === 'queued' && isRefused);
  if (detail.deliveries.length === 0 && detail.otherRecipients.length > 0) {
    return (
      <div className={styles.deliveries}>
        <OtherRecipientsTable detail={detail} />
        <PaperCopies detail={detail} />
      </div>
    );
  }
  if (detail.deliveries.length === 0) {
    return <EmptyState icon="send" title={t('outgoing.deliveries.empty')} text={t('outgoing.deliveries.emptyText')} />;
  }
  const isLate = (row: Delivery) => isNotArrived(row, detail.fields.urgency, now);
  const late = detail.deliveries.filter(isLate).length;
  const time = (instant: string | null) => (instant === null ? '' : formatStamp(instant, now));
  const columns: readonly Column<Delivery>[] = [
    {
      id: 'agency',
      header: t('outgoing.deliveries.agency'),
      cell: ({ agencyName }) => <span title={agencyName}>{agencyName}</span>,
    },
    {
      id: 'arrived',
      header: t('outgoing.deliveries.arrivedAt'),
      width: '112px',
      kind: 'time',
      cell: (row) => time(row.arrivedAt),
    },
    {
      id: 'accepted',
      header: t('outgoing.deliveries.acceptedAt'),
      width: '112px',
      kind: 'time',
      cell: (row) => time(row.acceptedAt),
    },
    {
      id: 'state',
      header: t('outgoing.deliveries.state'),
      width: '216px',
      wrap: true,
      cell: (row) =>
        isLate(row) ? (
          <Tag tone="warn">{t('outgoing.deliveries.notArrived')}</Tag>
        ) : (
          <>
            <Tag tone={toneOf(row)}>{describeState(t, row, offline)}</Tag> <RecallAnswerTag detail={detail} row={row} />
            {row.state === 'refused' ? (
              <Button
                variant="quiet"
                label={t('outgoing.resend.openFor', { name: row.agencyName })}
                onClick={() => setReplacing(row)}
              >
                {t('outgoing.resend.open')}
              </Button>
            ) : null}
            {canReplace(row) ? (
              <Button
                variant="quiet"
                label={t('outgoing.replace.openFor', { name: row.agencyName })}
                onClick={() => setReplacing(row)}
              >
                {t('outgoing.replace.open')}
              </Button>
            ) : null}
          </>
        ),
    },
  ];
  return (
    <div className={styles.deliveries}>
      <Summary detail={detail} />
      {detail.recipients.blocked > 0 && (
        <Note title={t('outgoing.deliveries.unknownTitle')}>{t('outgoing.deliveries.unknownNote')}</Note>
      )}
      {/* Of what the exchange follows, the rows below say more, and whom to call is said above. */}
      {late > 0 && detail.watched.length === 0 && (
        <Note title={t('outgoing.deliveries.notArrivedTitle', { count: late })}>
          {t('outgoing.deliveries.notArrivedNote')}
        </Note>
      )}
      <StatementNotes detail={detail} />
      {detail.watched.length > 0 ? (
        <WatchedTable
          detail={detail}
          // Where the exchange has nothing to follow, the state is what there is to say.
          stateOf={(row) => columns.find(({ id }) => id === 'state')?.cell(row)}
        />
      ) : (
        <Table
          caption={t('outgoing.deliveries.table')}
          columns={columns}
          rows={detail.deliveries}
          rowKey={(row) => row.agencyCode}
          isBad={needsCare}
        />
      )}
      <OtherRecipientsTable detail={detail} />
      <PaperCopies detail={detail} />
      {replacing === null ? null : replacing.state === 'refused' ? (
        <ResendDialog detail={detail} recipient={replacing} onClose={() => setReplacing(null)} />
      ) : (
        <ReplaceRecipientDialog detail={detail} recipient={replacing} onClose={() => setReplacing(null)} />
      )}
    </div>
  );
}

function Summary({ detail }: { readonly detail: OutgoingDetail }) {
  const { t } = useTranslation();
  const { deliveries } = detail;
  const counts = countRecipients(deliveries);
  const waiting = deliveries.filter((delivery) => delivery.state === 'queued').length;
  const figures = [
    { id: 'total', value: counts.total, always: true, bad: false },
    { id: 'arrived', value: counts.arrived, always: true, bad: false },
    { id: 'accepted', value: counts.accepted, always: true, bad: false },
    { id: 'waiting', value: waiting, always: false, bad: false },
    { id: 'blocked', value: counts.blocked, always: false, bad: true },
    { id: 'refused', value: counts.refused, always: false, bad: true },
    {
      id: 'recallAgreed',
      value: deliveries.filter(({ recallAnswer }) => recallAnswer === 'agreed').length,
      always: isRecalled(detail.history),
      bad: false,
    },
  ] as const;
  return (
    <dl className={styles.summary}>
      {figures
        .filter((figure) => figure.always || figure.value > 0)
        .map((figure) => (
          <div key={figure.id} data-bad={figure.bad || undefined} data-testid={`figure-${figure.id}`}>
            <dd>{figure.value}</dd>
            <dt>{t(`outgoing.deliveries.${figure.id}`)}</dt>
          </div>
        ))}
      <WatchFigures detail={detail} />
    </dl>
  );
}

function needsCare(delivery: Delivery): boolean {
  return notTakenStates.includes(delivery.state);
}

function toneOf(delivery: Delivery): Tone {
  if (delivery.state === 'opened' || delivery.state === 'accepted' || delivery.state === 'completed') return 'good';
  if (delivery.state === 'refused') return 'warn';
  return delivery.state === 'unknown-recipient' ? 'urgent' : 'plain';
}

function describeState(t: TFunction, delivery: Delivery, offline: boolean): string {
  if (delivery.state === 'refused' && delivery.reason !== null) {
    return t('outgoing.deliveries.states.refusedFor', { reason: delivery.reason });
  }
  if (delivery.state === 'queued' && offline) return t('outgoing.deliveries.states.queuedOffline');
  return t(`outgoing.deliveries.states.${delivery.state}`);
}
