import type { FromCore } from '#shared/contract/control.ts';
import type { ErrorParams } from '#shared/errors/coded-error.ts';
import type { EventPayload } from '#shared/contract/events.ts';
import { fillMessage } from '#shared/messages/shell-messages.ts';
import type { ShellMessages } from '#shared/messages/shell.vi.ts';

export type NoticeName = Extract<FromCore, { type: 'notice' }>['notice'];

/** A line of a desktop notification is cut by the system, often in the middle of a letter; better cut here. */
const MAX_LINE = 120;

export function noticeText(
  { notices }: ShellMessages,
  notice: NoticeName,
  params: ErrorParams,
): { readonly title: string; readonly body: string } {
  const { title, body } = notices[notice];
  const short = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shorten(value)]));
  return { title, body: fillMessage(body, short) };
}

/** Where a click on the notification leads; null where showing the window is all there is to do. */
export function noticeTarget(notice: NoticeName, params: ErrorParams): EventPayload<'shell.navigate'> | null {
  switch (notice) {
    case 'express-arrived':
    case 'arrived':
      return typeof params['id'] === 'string' ? { to: 'to-register', id: params['id'] } : { to: 'to-register' };
    case 'refused':
    case 'sending-blocked':
      return null;
  }
}

function shorten(value: string | number): string {
  const letters = Array.from(String(value));
  return letters.length > MAX_LINE ? `${letters.slice(0, MAX_LINE - 1).join('')}…` : letters.join('');
}
