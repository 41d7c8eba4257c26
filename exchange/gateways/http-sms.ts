import { z } from 'zod';
import { isE164, numberAs, type NumberForm } from '#shared/domain/phone-number.ts';
import { encodeText } from './gsm7.ts';
import { type HttpResult, requestOnce } from './http-request.ts';
import type { Notice, NoticeGateway, Outcome, ReadReport, RejectReason, ReportState } from './notice-gateway.ts';
import { outcomesOf, tellable } from './outcomes.ts';
import { provenId, reportAddress } from './report-address.ts';
import type { Secret } from './secret.ts';

export interface HttpSmsOptions {
  readonly name: string;
  readonly url: string;
  readonly apiKey: Secret;
  readonly secretKey: Secret;
  readonly brandname: string;
  /** The provider's class of message; 2 = customer care at most of them. */
  readonly smsType: string;
  readonly numberForm: NumberForm;
  /** Without its last part, see {@link reportAddress}. */
  readonly callbackUrl: string;
  readonly reportSecret: Secret;
  readonly timeoutMs: number;
}

const answerSchema = z.object({
  CodeResult: z.union([z.string(), z.number()]).transform(String),
  SMSID: z.union([z.string(), z.number()]).transform(String).nullish(),
  ErrorMessage: z.string().nullish(),
});

const ACCEPTED = '100';
/** This RequestId is there already: what was asked for before was taken. */
const REPEATED = '124';
/** Codes that say why (developers.esms.vn, "Table of error codes"); any other is `other`. */
const rejections: Readonly<Record<string, RejectReason>> = {
  99: 'blocked',
  101: 'credentials',
  102: 'credentials',
  103: 'quota',
  104: 'credentials',
  108: 'invalid-number',
  118: 'credentials',
  140: 'credentials',
  146: 'template',
  177: 'blocked',
};

/**
 * Text messages through the HTTP gateways of Viet Nam that speak eSMS's JSON. `RequestId` is the notice's id, so a
 * repeat is not sent twice.
 */
export function createHttpSmsGateway(options: HttpSmsOptions): NoticeGateway {
  const outcomes = outcomesOf(options.name, [options.apiKey, options.secretKey, options.reportSecret]);

  const send = async (notice: Notice, signal: AbortSignal): Promise<Outcome> => {
    if (!isE164(notice.to)) return outcomes.rejected('invalid-number', 'not a number in E.164');
    const body = JSON.stringify({
      ApiKey: options.apiKey.reveal(),
      SecretKey: options.secretKey.reveal(),
      Phone: numberAs(options.numberForm, notice.to),
      Content: notice.text,
      Brandname: options.brandname,
      SmsType: options.smsType,
      IsUnicode: encodeText(notice.text).coding === 'gsm7' ? '0' : '1',
      RequestId: notice.id,
      CallbackUrl: reportAddress(options.callbackUrl, options.name, notice.id, options.reportSecret),
    });
    const headers = { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' };
    const url = new URL(options.url);
    return judge(await requestOnce({ method: 'POST', url, headers, body, timeoutMs: options.timeoutMs }, signal));
  };

  const judge = (result: HttpResult): Outcome => {
    if (result.kind === 'not-sent') return outcomes.retry(result.aborted ? 'aborted' : 'unreachable', result.detail);
    if (result.kind === 'no-answer') return outcomes.unsure(result.detail);
    const { status, body, retryAfterMs } = result;
    const answer = readAnswer(body);
    if (answer !== null && status < 500) {
      const { CodeResult: code, SMSID: smsId, ErrorMessage: words } = answer;
      const detail = `${code} ${words ?? ''}`;
      if (code === ACCEPTED || code === REPEATED) return outcomes.accepted(smsId || null, detail);
      return outcomes.rejected(rejections[code] ?? 'other', detail);
    }
    const detail = `${status} ${body}`;
    if (status === 429) return outcomes.retry('throttled', detail, retryAfterMs);
    if (status === 503) return outcomes.retry('provider-busy', detail, retryAfterMs);
    if (status === 401 || status === 403) return outcomes.rejected('credentials', detail);
    if (status >= 400 && status < 500) return outcomes.rejected('other', detail);
    return outcomes.unsure(detail);
  };

  return { channel: 'sms', name: options.name, send, close: async () => {} };
}

/** Reads a callback: GET with the query that developers.esms.vn, "Callback Url", lists. */
export function httpSmsReportReader(name: string, reportSecret: Secret): ReadReport {
  return ({ path, query }, now) => {
    const id = provenId(path, name, reportSecret);
    if (id === null) return 'refused';
    const state = stateOf(query);
    if (state === null) return 'ignored';
    const detail = ['SendStatus', 'SendSuccess', 'SendFailed', 'telcoid'].map(
      (key) => `${key}=${query.get(key) ?? ''}`,
    );
    return { gateway: name, id, providerId: query.get('SMSID'), state, at: now, detail: tellable(detail.join(' ')) };
  };
}

/** SendStatus: 1 and 2 wait at the provider, 4 refused, 5 ended (how, the counts say), 7 with the operator. */
function stateOf(query: URLSearchParams): ReportState | null {
  const status = query.get('SendStatus');
  if (status === '1' || status === '2' || status === '7') return 'buffered';
  if (status === '4') return 'failed';
  if (status !== '5') return null;
  if (Number(query.get('SendSuccess')) > 0) return 'delivered';
  return Number(query.get('SendFailed')) > 0 ? 'failed' : 'buffered';
}

function readAnswer(body: string): z.infer<typeof answerSchema> | null {
  try {
    return answerSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
