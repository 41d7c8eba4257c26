import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { isOtherToPost } from '#shared/domain/other-recipient.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { Table, type Column } from '../../components/table.tsx';
import { Tag } from '../../components/tag.tsx';

type Row = OutgoingDetail['otherRecipients'][number];

/** Recipients that the exchange does not reach, and when their paper went. Nothing where there are none. */
export function OtherRecipientsTable({ detail }: { readonly detail: OutgoingDetail }) {
  const { t } = useTranslation();
  if (detail.otherRecipients.length === 0) return null;
  const columns: readonly Column<Row>[] = [
    { id: 'name', header: t('outgoing.others.title'), cell: ({ name }) => <span title={name}>{name}</span> },
    {
      id: 'state',
      header: t('outgoing.deliveries.state'),
      width: '50%',
      wrap: true,
      cell: (row) => (
        <Tag tone={isOtherToPost(row) && detail.sentAt !== null ? 'warn' : 'plain'}>
          {row.kind === 'inside'
            ? t('outgoing.others.insideTag')
            : row.postedOn === null
              ? t(detail.sentAt === null ? 'paper.needed' : 'paper.notPosted')
              : [
                  t('paper.posted', { day: formatVnDate(row.postedOn) }),
                  row.item,
                  row.copies === 1 ? '' : t('paper.copiesOf', { count: row.copies }),
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
        </Tag>
      ),
    },
  ];
  return (
    <Table
      caption={t('outgoing.others.title')}
      columns={columns}
      rows={detail.otherRecipients}
      rowKey={({ kind, name }) => `${kind} ${name}`}
    />
  );
}
