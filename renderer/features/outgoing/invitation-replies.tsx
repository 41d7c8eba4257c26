import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { countAnswers, type InvitationAnswer } from '#shared/domain/meeting.ts';
import type { WatchedDelivery } from '#shared/domain/watched-delivery.ts';
import { Table, type Column } from '../../components/table.tsx';
import { Tag, type Tone } from '../../components/tag.tsx';
import { useNow } from '../../i18n/use-now.ts';
import { formatStamp } from '../document/format-stamp.ts';
import styles from './invitation-replies.module.css';

interface Invited {
  readonly code: string;
  readonly name: string;
  /** Null while the agency has not answered. */
  readonly reply: WatchedDelivery['invitation'];
}

/** Those who were invited, in the order of the letter, each with its last answer. */
export function invitedOf({ deliveries, watched }: Pick<OutgoingDetail, 'deliveries' | 'watched'>): readonly Invited[] {
  return deliveries.map(({ agencyCode, agencyName }) => {
    const replies = watched
      .filter(({ delivery }) => delivery.recipient === agencyCode)
      .flatMap(({ delivery }) => (delivery.invitation === null ? [] : [delivery.invitation]));
    const last = replies.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).at(-1) ?? null;
    return { code: agencyCode, name: agencyName, reply: last };
  });
}

const toneOf: Readonly<Record<InvitationAnswer, Tone>> = { yes: 'good', substitute: 'good', no: 'warn' };

/** "Dự 5 · Cử người thay 1 · Không dự 1 · Chưa trả lời 3", and each answer. */
export function InvitationReplies({ detail }: { readonly detail: OutgoingDetail }) {
  const { t } = useTranslation();
  const now = useNow();
  const invited = invitedOf(detail);
  const counts = countAnswers(invited.map(({ reply }) => reply?.answer ?? null));
  const columns: readonly Column<Invited>[] = [
    { id: 'agency', header: t('outgoing.deliveries.agency'), wrap: true, cell: ({ name }) => name },
    {
      id: 'reply',
      header: t('outgoing.replies.reply'),
      width: '132px',
      cell: ({ reply }) =>
        reply === null ? (
          t('outgoing.replies.answers.none')
        ) : (
          <Tag tone={toneOf[reply.answer]}>{t(`outgoing.replies.answers.${reply.answer}`)}</Tag>
        ),
    },
    {
      id: 'who',
      header: t('outgoing.replies.who'),
      width: '34%',
      wrap: true,
      cell: ({ reply }) =>
        reply === null
          ? ''
          : [reply.attendee, reply.title, reply.phone, reply.note].filter((part) => part !== '').join(' · '),
    },
    {
      id: 'at',
      header: t('outgoing.replies.at'),
      width: '96px',
      kind: 'time',
      cell: ({ reply }) => (reply === null ? '' : formatStamp(reply.at, now)),
    },
  ];
  return (
    <div className={styles.replies}>
      <p data-testid="reply-counts">{t('outgoing.replies.counts', { ...counts })}</p>
      <Table caption={t('outgoing.replies.table')} columns={columns} rows={invited} rowKey={({ code }) => code} />
    </div>
  );
}
