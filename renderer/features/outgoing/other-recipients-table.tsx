import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { isOtherToPost } from '#shared/domain/other-recipient.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { Button } from '../../components/button.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { Tag } from '../../components/tag.tsx';
import { PostingResultDialog } from './posting-result-dialog.tsx';
import styles from './deliveries.module.css';

type Row = OutgoingDetail['otherRecipients'][number];

/** Recipients that the exchange does not reach, when their paper went, and what became of it. Nothing where there are none. */
export function OtherRecipientsTable({ detail }: { readonly detail: OutgoingDetail }) {
  const { t } = useTranslation();
  const [recording, setRecording] = useState<Row | null>(null);
  if (detail.otherRecipients.length === 0) return null;
  const columns: readonly Column<Row>[] = [
    { id: 'name', header: t('outgoing.others.title'), cell: ({ name }) => <span title={name}>{name}</span> },
    {
      id: 'state',
      header: t('outgoing.deliveries.state'),
      width: '50%',
      wrap: true,
      cell: (row) => (
        <>
          <Tag tone={isOtherToPost(row) && detail.sentAt !== null ? 'warn' : 'plain'}>
            {row.kind === 'inside'
              ? t('outgoing.others.insideTag')
              : row.postedOn === null
                ? t(detail.sentAt === null ? 'paper.needed' : 'paper.notPosted')
                : describePosting(t, row)}
          </Tag>{' '}
          {row.result === null ? null : (
            <Tag tone={row.result === 'delivered' ? 'good' : 'warn'}>
              {t(`paper.result.is.${row.result}`, { day: row.resultOn === null ? '' : formatVnDate(row.resultOn) })}
            </Tag>
          )}
          {row.postedOn === null ? null : (
            <Button
              variant="quiet"
              label={t('paper.result.openFor', { name: row.name })}
              onClick={() => setRecording(row)}
            >
              {t('paper.result.open')}
            </Button>
          )}
          {row.resultNote === '' ? null : <small className={styles.reason}>{row.resultNote}</small>}
        </>
      ),
    },
  ];
  return (
    <>
      <Table
        caption={t('outgoing.others.title')}
        columns={columns}
        rows={detail.otherRecipients}
        rowKey={({ kind, name }) => `${kind} ${name}`}
        isBad={({ result }) => result === 'returned'}
      />
      {recording === null ? null : (
        <PostingResultDialog id={detail.id} recipient={recording} onClose={() => setRecording(null)} />
      )}
    </>
  );
}

function describePosting(t: TFunction, { postedOn, way, item, copies }: Row): string {
  return [
    t('paper.posted', { day: formatVnDate(postedOn ?? '') }),
    way === null ? '' : t(`paper.ways.${way}`),
    item,
    copies === 1 ? '' : t('paper.copiesOf', { count: copies }),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
