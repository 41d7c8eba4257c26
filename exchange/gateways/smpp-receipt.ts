import type { ReportState } from './notice-gateway.ts';
import { type Delivered, readText } from './smpp-pdu.ts';

export interface Receipt {
  readonly messageId: string;
  readonly state: ReportState;
  readonly at: Date;
  readonly detail: string;
}

const [MESSAGE_PAYLOAD, RECEIPTED_MESSAGE_ID, MESSAGE_STATE] = [0x0424, 0x001e, 0x0427];
/** Bits 5 to 2 of esm_class: what kind of message it is (5.2.12). */
const [KIND, RECEIPT_KIND] = [0b0011_1100, 0b0000_0100];

/** message_state (5.2.28), and the words of appendix B. */
const byNumber: Readonly<Record<number, ReportState>> = {
  1: 'buffered',
  2: 'delivered',
  3: 'expired',
  4: 'failed',
  5: 'failed',
  6: 'buffered',
  8: 'failed',
};
const byWord: Readonly<Record<string, ReportState>> = {
  ENROUTE: 'buffered',
  DELIVRD: 'delivered',
  EXPIRED: 'expired',
  DELETED: 'failed',
  UNDELIV: 'failed',
  ACCEPTD: 'buffered',
  REJECTD: 'failed',
};

/**
 * A delivery receipt, or null when it is another message (a person's answer, say). Its form is each SMSC's own (appendix B);
 * the optional parameters are believed before the text.
 */
export function readReceipt(delivered: Delivered, now: Date): Receipt | null {
  const { esmClass, message, parameters } = delivered;
  if ((esmClass & KIND) !== RECEIPT_KIND) return null;
  const text = (parameters.get(MESSAGE_PAYLOAD) ?? message).toString('latin1');
  const field = (name: string): string | undefined => new RegExp(`\\b${name}:(\\S+)`, 'i').exec(text)?.[1];
  const tagged = parameters.get(RECEIPTED_MESSAGE_ID);
  const messageId = tagged ? readText(tagged) : (field('id') ?? '');
  const state = byNumber[parameters.get(MESSAGE_STATE)?.[0] ?? 0] ?? byWord[(field('stat') ?? '').toUpperCase()];
  if (messageId === '' || state === undefined) return null;
  const detail = `${field('stat') ?? ''} err:${field('err') ?? ''}`;
  return { messageId, state, at: instantOf(field('done date'), now), detail };
}

/** `YYMMDDhhmm` or `YYMMDDhhmmss` on a Vietnamese clock; what is no instant, or one to come, is `now`. */
function instantOf(value: string | undefined, now: Date): Date {
  const parts = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/.exec(value ?? '');
  if (!parts) return now;
  const [, year, month, day, hour, minute, second = '00'] = parts;
  const instant = new Date(`20${year}-${month}-${day}T${hour}:${minute}:${second}+07:00`);
  return instant.getTime() <= now.getTime() ? instant : now;
}
