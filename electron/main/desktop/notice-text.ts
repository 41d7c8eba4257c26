import type { FromCore } from '#shared/contract/control.ts';
import type { ErrorParams } from '#shared/errors/coded-error.ts';
import type { EventPayload } from '#shared/contract/events.ts';
import { formatVnDate, vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { fillMessage } from '#shared/messages/shell-messages.ts';
import type { ShellMessages } from '#shared/messages/shell.vi.ts';

export type NoticeName = Extract<FromCore, { type: 'notice' }>['notice'];

/** A line of a desktop notification is cut by the system, often in the middle of a letter; better cut here. */
const MAX_LINE = 120;

/** @param params `until`, where there is one, is an instant in UTC and shown in Việt Nam's time */
export function noticeText(
  { notices, openBefore, noticeWhileLocked }: ShellMessages,
  notice: NoticeName,
  { until, ...params }: ErrorParams,
  /** Nobody is signed in: that there is something may be read by anybody who passes, what it is may not. */
  locked = false,
): { readonly title: string; readonly body: string } {
  const { title, body } = notices[notice];
  if (locked) return { title, body: noticeWhileLocked };
  const short = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shorten(value)]));
  return { title, body: fillMessage(body, until === undefined ? short : { ...short, until: before(String(until)) }) };

  function before(instant: string): string {
    const [date = '', time = ''] = vietnamTimestamp(Date.parse(instant)).split('T');
    return fillMessage(openBefore, { time: time.slice(0, 5), date: formatVnDate(date) });
  }
}

/** Where a click on the notification leads; null where showing the window is all there is to do. */
export function noticeTarget(notice: NoticeName, params: ErrorParams): EventPayload<'shell.navigate'> | null {
  switch (notice) {
    case 'express-arrived':
    case 'arrived':
      return typeof params['id'] === 'string' ? { to: 'to-register', id: params['id'] } : { to: 'to-register' };
    case 'feedback-answered':
      return { to: 'feedback' };
    case 'refused':
    case 'sending-blocked':
    case 'extension-asked':
    case 'hour-changed':
    case 'hour-kept':
      return null;
  }
}

function shorten(value: string | number): string {
  const letters = Array.from(String(value));
  return letters.length > MAX_LINE ? `${letters.slice(0, MAX_LINE - 1).join('')}…` : letters.join('');
}
