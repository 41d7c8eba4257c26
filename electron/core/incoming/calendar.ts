import { TZDate } from '@date-fns/tz';
import { ICalAlarmType, ICalCalendar, ICalCalendarMethod } from 'ical-generator';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { IncomingRecord } from './incoming-store.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const HOUR_S = 3600;

/** UTC+7 without daylight saving, since 1975; RFC 5545 section 3.6.5 wants it in every calendar that names the zone. */
const zone = [
  'BEGIN:VTIMEZONE',
  `TZID:${ZONE}`,
  'BEGIN:STANDARD',
  'DTSTART:19750613T000000',
  'TZOFFSETFROM:+0700',
  'TZOFFSETTO:+0700',
  'TZNAME:+07',
  'END:STANDARD',
  'END:VTIMEZONE',
].join('\r\n');

/**
 * The meeting of an invitation as an iCalendar file (RFC 5545), with an alarm an hour before. Its id is the sender's id of the
 * document: whoever takes it twice has it once. @throws CodedError NO_MEETING_HOUR
 */
export function calendarOf(record: IncomingRecord, now: Date): { readonly name: string; readonly text: string } {
  const { fields, received, id } = record;
  if (fields.meetingAt === null) throw new CodedError('NO_MEETING_HOUR');
  // The library writes a plain Date in the zone of the machine.
  const local = (instant: string): Date => new TZDate(Date.parse(instant), ZONE);
  const calendar = new ICalCalendar({
    prodId: { company: 'Van Thu', product: 'Van Thu', language: 'VI' },
    method: ICalCalendarMethod.PUBLISH,
    // Of no zone itself: DTSTAMP must be in UTC (RFC 5545 section 3.8.7.2).
    timezone: { name: null, generator: () => zone },
  });
  const event = calendar.createEvent({
    id: `${encodeURIComponent(received?.documentId ?? id)}@van-thu`,
    stamp: now,
    timezone: ZONE,
    start: local(fields.meetingAt),
    summary: fields.abstract,
    description: describe(record),
    ...(fields.meetingEndsAt === null ? {} : { end: local(fields.meetingEndsAt) }),
    ...(fields.meetingPlace === '' ? {} : { location: fields.meetingPlace }),
  });
  event.createAlarm({ type: ICalAlarmType.display, triggerBefore: HOUR_S, description: fields.abstract });
  const text = calendar.toString();
  return { name: `${fields.codeText || 'lich-hop'}.ics`, text: text.endsWith('\r\n') ? text : `${text}\r\n` };
}

function describe({ fields }: IncomingRecord): string {
  const { agencyName, codeText, meetingChair, meetingLink, meetingPapers } = fields;
  const lines = [
    `Giấy mời ${codeText} của ${agencyName}`,
    meetingChair === '' ? '' : `Chủ trì: ${meetingChair}`,
    meetingLink === '' ? '' : `Họp trực tuyến: ${meetingLink}`,
    meetingPapers === '' ? '' : `Tài liệu mang theo: ${meetingPapers}`,
  ];
  return lines.filter((line) => line !== '').join('\n');
}
