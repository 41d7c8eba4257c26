import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstantDay, formatVnDate, vietnamDay } from '#shared/domain/vn-date.ts';
import { isExpress, type Urgency } from '#shared/domain/urgency.ts';
import { Tag } from '../../components/tag.tsx';
import { formatRemaining, formatTime } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { formatStamp } from '../document/format-stamp.ts';

interface UrgencyTagProps {
  readonly urgency: Urgency;
  /** Hour by which an express document must be opened. */
  readonly expressAt?: string | null;
  /** The hour no longer asks anything of anybody: nothing is counted down. */
  readonly settled?: boolean;
  /** For a column of a table: without what the document itself says. */
  readonly brief?: boolean;
}

/** "Hỏa tốc hẹn giờ · mở trước 14:00 · còn 2 giờ 10 phút"; nothing for a document of normal urgency. */
export function UrgencyTag({ urgency, expressAt = null, settled = false, brief = false }: UrgencyTagProps): ReactNode {
  const { t } = useTranslation();
  const now = useNow();
  if (urgency === 'normal') return null;
  if (!isExpress(urgency)) return <Tag tone="warn">{t(`common.urgency.${urgency}`)}</Tag>;
  const name = t(`common.urgency.${brief && urgency === 'express-timed' ? 'express' : urgency}`);
  const words =
    urgency !== 'express-timed' || expressAt === null
      ? [name]
      : settled
        ? [`${name} ${formatStamp(expressAt, now)}`]
        : [name, t('list.openBefore', { time: formatStamp(expressAt, now) }), formatRemaining(t, expressAt, now)];
  return (
    <Tag tone="urgent" icon="clock">
      {words.join(' · ')}
    </Tag>
  );
}

/** "Họp 15:30", "Họp 16/03 14:00"; asks for a look on its day, until it has begun. */
export function MeetingTag({ meetingAt }: { readonly meetingAt: string }) {
  const { t } = useTranslation();
  const now = useNow();
  const at = Date.parse(meetingAt);
  return (
    <Tag tone={at > now && vietnamDay(at) === vietnamDay(now) ? 'warn' : 'plain'} icon="duty">
      {t('list.meeting', { time: formatStamp(meetingAt, now) })}
    </Tag>
  );
}

interface DueTagProps {
  readonly dueAt: string;
  /** The work is done: the date alone, quietly. */
  readonly settled?: boolean;
  /** For a column of a table: the hour without what is left of it. */
  readonly brief?: boolean;
}

/** "Hạn 26/05 17:00 · còn 4 ngày"; red once the time is past. */
export function DueTag({ dueAt, settled = false, brief = false }: DueTagProps) {
  const { t } = useTranslation();
  const now = useNow();
  const day = formatInstantDay(dueAt);
  const sameYear = day.slice(6) === formatVnDate(vietnamDay(now)).slice(6);
  const date = t('list.due', { date: `${sameYear ? day.slice(0, 5) : day} ${formatTime(dueAt)}` });
  if (settled) return <Tag>{date}</Tag>;
  const late = Date.parse(dueAt) < now;
  return (
    <Tag tone={late ? 'urgent' : 'warn'} {...(late ? { icon: 'clock' as const } : {})}>
      {brief ? date : `${date} · ${formatRemaining(t, dueAt, now)}`}
    </Tag>
  );
}
