import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { isPaperToPost, type Delivery } from '#shared/domain/delivery.ts';
import { isOtherToPost } from '#shared/domain/other-recipient.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { Button } from '../../components/button.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { Tag } from '../../components/tag.tsx';
import { useNow } from '../../i18n/use-now.ts';
import { formatStamp } from '../document/format-stamp.ts';
import { RecordPaperDialog } from './record-paper-dialog.tsx';
import styles from './paper-copies.module.css';

const hasPaper = ({ paperNeeded, paperPostedOn, paperReceivedAt }: Delivery): boolean =>
  paperNeeded || paperPostedOn !== null || paperReceivedAt !== null;

/** Paper beside the electronic document: to whom it must still go, who has it. Nothing where none is needed or went. */
export function PaperCopies({ detail }: { readonly detail: OutgoingDetail }) {
  const { t } = useTranslation();
  const now = useNow();
  const [recording, setRecording] = useState(false);
  const isSent = detail.sentAt !== null;
  const rows = detail.deliveries.filter(hasPaper);
  const others = detail.otherRecipients.filter(({ kind }) => kind === 'paper');
  const toPost = rows.filter(isPaperToPost).length + others.filter(isOtherToPost).length;
  const columns: readonly Column<Delivery>[] = [
    {
      id: 'agency',
      header: t('outgoing.deliveries.agency'),
      cell: ({ agencyName }) => <span title={agencyName}>{agencyName}</span>,
    },
    {
      id: 'paper',
      header: t('paper.state'),
      width: '50%',
      wrap: true,
      cell: (row) => (
        <>
          <Tag tone={row.paperReceivedAt !== null ? 'good' : isPaperToPost(row) && isSent ? 'warn' : 'plain'}>
            {describe(t, row, isSent)}
          </Tag>
          {row.paperReceivedAt === null ? null : (
            <small className={styles.when}>{formatStamp(row.paperReceivedAt, now)}</small>
          )}
        </>
      ),
    },
  ];
  if (rows.length + others.length === 0 && !isSent) return null;
  // Inside the office nothing is posted.
  if (detail.deliveries.length + others.length === 0) return null;
  return (
    <section className={styles.copies} aria-label={t('paper.title')} data-testid="paper-copies">
      <div className={styles.head}>
        <h3>{t('paper.title')}</h3>
        <span className={styles.soft}>
          {!isSent
            ? t('paper.willNeed', { count: rows.length + others.length })
            : toPost > 0
              ? t('paper.toPost', { count: toPost })
              : rows.length + others.length === 0
                ? t('paper.electronicOnly')
                : t('paper.allPosted')}
        </span>
        {isSent ? (
          <Button variant={toPost > 0 ? 'plain' : 'quiet'} onClick={() => setRecording(true)}>
            {t('paper.record')}
          </Button>
        ) : null}
      </div>
      {rows.length === 0 ? null : (
        <Table caption={t('paper.title')} columns={columns} rows={rows} rowKey={({ agencyCode }) => agencyCode} />
      )}
      {recording ? <RecordPaperDialog detail={detail} onClose={() => setRecording(false)} /> : null}
    </section>
  );
}

function describe(t: TFunction, delivery: Delivery, isSent: boolean): string {
  const { paperPostedOn, paperItem, paperWay, paperReceivedAt } = delivery;
  const posted =
    paperPostedOn === null
      ? ''
      : [
          t('paper.posted', { day: formatVnDate(paperPostedOn) }),
          paperWay === null ? '' : t(`paper.ways.${paperWay}`),
          paperItem,
        ]
          .filter((part) => part !== '')
          .join(' · ');
  if (paperReceivedAt !== null) return [t('paper.received'), posted].filter((part) => part !== '').join(' · ');
  if (posted !== '') return posted;
  return t(isSent ? 'paper.notPosted' : 'paper.needed');
}
