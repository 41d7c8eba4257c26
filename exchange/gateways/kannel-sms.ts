import { isE164 } from '#shared/domain/phone-number.ts';
import { encodeText } from './gsm7.ts';
import { type HttpResult, requestOnce } from './http-request.ts';
import type { DeliveryReport, Notice, NoticeGateway, Outcome, ReadReport, ReportState } from './notice-gateway.ts';
import { outcomesOf, tellable } from './outcomes.ts';
import { provenId, reportAddress } from './report-address.ts';
import type { Secret } from './secret.ts';

export interface KannelOptions {
  readonly name: string;
  /** smsbox's `/cgi-bin/sendsms`. */
  readonly url: string;
  readonly username: string;
  readonly password: Secret;
  /** The brand name, or a short number. */
  readonly from: string;
  /** Without its last part, see {@link reportAddress}. */
  readonly callbackUrl: string;
  readonly reportSecret: Secret;
  readonly timeoutMs: number;
}

/** Delivered 1, failed 2, buffered 4, accepted by the SMSC 8, rejected by it 16 (Kannel User Guide, "Delivery Reports"). */
const ALL_REPORTS = 1 + 2 + 4 + 8 + 16;
const states: Readonly<Record<string, ReportState>> = {
  1: 'delivered',
  2: 'failed',
  4: 'buffered',
  8: 'buffered',
  16: 'failed',
};

/**
 * Text messages through Kannel's smsbox. Kannel does not know repeats: one that is `unsure` may come twice. Its "accepted"
 * does not survive every crash, so a notice without a report is to be sent again. Of a text that it cuts into parts it
 * reports on the first alone.
 */
export function createKannelGateway(options: KannelOptions): NoticeGateway {
  const outcomes = outcomesOf(options.name, [options.password, options.reportSecret]);

  const send = async (notice: Notice, signal: AbortSignal): Promise<Outcome> => {
    if (!isE164(notice.to)) return outcomes.rejected('invalid-number', 'not a number in E.164');
    const url = new URL(options.url);
    const report = reportAddress(options.callbackUrl, options.name, notice.id, options.reportSecret);
    const query: Readonly<Record<string, string>> = {
      username: options.username,
      password: options.password.reveal(),
      from: options.from,
      to: notice.to,
      text: notice.text,
      charset: 'UTF-8',
      coding: encodeText(notice.text).coding === 'gsm7' ? '0' : '2',
      'dlr-mask': String(ALL_REPORTS),
      // Kannel fills in %d (state) and %A (what the SMSC said).
      'dlr-url': `${report}?state=%d&answer=%A`,
    };
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
    return judge(await requestOnce({ method: 'GET', url, timeoutMs: options.timeoutMs }, signal));
  };

  const judge = (result: HttpResult): Outcome => {
    if (result.kind === 'not-sent') return outcomes.retry(result.aborted ? 'aborted' : 'unreachable', result.detail);
    if (result.kind === 'no-answer') return outcomes.unsure(result.detail);
    const { status, body } = result;
    const detail = `${status} ${body}`;
    // "0: Accepted for delivery", "3: Queued for later delivery"
    if (status === 202 && /^[03]:/.test(body)) return outcomes.accepted(null, body);
    if (status === 503 || status === 429) return outcomes.retry('provider-busy', detail, result.retryAfterMs);
    if (/authorization failed/i.test(body)) return outcomes.rejected('credentials', detail);
    if (/receiver/i.test(body)) return outcomes.rejected('invalid-number', detail);
    if (/sender missing/i.test(body)) return outcomes.rejected('credentials', detail);
    if (/not routable/i.test(body)) return outcomes.rejected('blocked', detail);
    if (status >= 400 && status < 500) return outcomes.rejected('other', detail);
    return outcomes.unsure(detail);
  };

  return { channel: 'sms', name: options.name, send, close: async () => {} };
}

/** Reads what Kannel asks the `dlr-url` of a notice with. */
export function kannelReportReader(name: string, reportSecret: Secret): ReadReport {
  return ({ path, query }, now): DeliveryReport | 'refused' | 'ignored' => {
    const id = provenId(path, name, reportSecret);
    if (id === null) return 'refused';
    const state = states[query.get('state') ?? ''];
    if (state === undefined) return 'ignored';
    const detail = tellable(query.get('answer') ?? '', [reportSecret]);
    return { gateway: name, id, providerId: null, state, at: now, detail };
  };
}
