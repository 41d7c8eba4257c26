import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { isE164, numberAs } from '#shared/domain/phone-number.ts';
import { type HttpResult, requestOnce } from './http-request.ts';
import type { Notice, NoticeGateway, Outcome, ReadReport, RejectReason } from './notice-gateway.ts';
import { outcomesOf, reasonOf, tellable } from './outcomes.ts';
import type { Secret } from './secret.ts';

export interface ZaloTokens {
  readonly accessToken: string;
  /** Works once: with the next access token comes the next one. */
  readonly refreshToken: string;
  readonly expiresAt: Date;
}

/** Keeps the tokens of one official account. Losing the last refresh token means that a person has to make a new one. */
export interface ZaloTokenStore {
  /** Null when none was put there yet. */
  read(): Promise<ZaloTokens | null>;
  /**
   * Calls `renew` with what is stored, while nobody else can (a locked row, in the caller's transaction), and stores its result before resolving. When
   * `renew` throws nothing changes.
   */
  update(renew: (current: ZaloTokens | null) => Promise<ZaloTokens>): Promise<ZaloTokens>;
}

export interface ZaloOptions {
  readonly name: string;
  /** `https://business.openapi.zalo.me/message/template` */
  readonly url: string;
  /** `https://oauth.zaloapp.com/v4/oa/access_token` */
  readonly tokenUrl: string;
  readonly appId: string;
  readonly appSecret: Secret;
  /** Signs what Zalo calls back with ("OA secret key"); not the application's. */
  readonly oaSecret: Secret;
  readonly templateId: string;
  /** Zalo delivers to the account's own administrators alone, and free of charge. */
  readonly development: boolean;
  readonly timeoutMs: number;
}

/** Renewed this long before it ends, so that it does not end on the way. */
const RENEW_BEFORE_MS = 5 * 60_000;
const TOKEN_INVALID = -124;

/** Codes that say why (zalo.cloud, "Cách xử lý mã lỗi"); any other is `other`. */
const rejections: Readonly<Record<number, RejectReason>> = {
  [-101]: 'credentials',
  [-102]: 'credentials',
  [-103]: 'credentials',
  [-104]: 'credentials',
  [-105]: 'credentials',
  [-108]: 'invalid-number',
  [-109]: 'template',
  [-110]: 'not-on-zalo',
  [-111]: 'template',
  [-112]: 'template',
  [-114]: 'not-on-zalo',
  [-115]: 'quota',
  [-116]: 'template',
  [-117]: 'template',
  [-118]: 'not-on-zalo',
  [-119]: 'blocked',
  [-124]: 'credentials',
  [-125]: 'credentials',
  [-126]: 'quota',
  [-131]: 'template',
  [-132]: 'template',
  [-135]: 'credentials',
  [-139]: 'blocked',
  [-140]: 'blocked',
  [-141]: 'blocked',
  [-144]: 'quota',
  [-145]: 'quota',
  [-147]: 'quota',
};
/** An error that nobody knows, and the time of day when nothing may be sent: the same may go later. */
const temporary: ReadonlySet<number> = new Set([-100, -133]);

const answerSchema = z.object({
  error: z.number(),
  message: z.string().nullish(),
  data: z.object({ msg_id: z.string() }).nullish(),
});
const tokenSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
});
const eventSchema = z.object({
  event_name: z.string(),
  app_id: z.string().optional(),
  timestamp: z.union([z.string(), z.number()]).transform(String),
  message: z
    .object({
      msg_id: z.string().optional(),
      tracking_id: z.string().optional(),
      delivery_time: z.union([z.string(), z.number()]).optional(),
    })
    .optional(),
});

/** Zalo Notification Service: an approved template with parameters. `tracking_id` is the notice's id. */
export function createZaloGateway(options: ZaloOptions, tokens: ZaloTokenStore): NoticeGateway {
  const outcomes = outcomesOf(options.name, [options.appSecret, options.oaSecret]);

  const send = async (notice: Notice, signal: AbortSignal): Promise<Outcome> => {
    if (!isE164(notice.to)) return outcomes.rejected('invalid-number', 'not a number in E.164');
    if (notice.parameters === undefined) return outcomes.rejected('template', 'the notice has no parameters');
    let used = '';
    // Twice at most: the second time with a new token, when the first was refused and so nothing was sent.
    for (let attempt = 1; ; attempt += 1) {
      try {
        used = await accessToken(attempt === 1 ? null : used, signal);
      } catch (error) {
        if (error instanceof TokenRefused) return outcomes.rejected('credentials', error.message);
        return outcomes.retry(signal.aborted ? 'aborted' : 'unreachable', reasonOf(error));
      }
      const result = await post(notice, notice.parameters, used, signal);
      const answer = result.kind === 'answer' ? readJson(result.body, answerSchema) : null;
      if (answer?.error !== TOKEN_INVALID || attempt === 2) return judge(result, answer);
    }
  };

  const post = (notice: Notice, parameters: Readonly<Record<string, string>>, token: string, signal: AbortSignal) =>
    requestOnce(
      {
        method: 'POST',
        url: new URL(options.url),
        headers: { access_token: token, 'content-type': 'application/json' },
        body: JSON.stringify({
          phone: numberAs('international', notice.to),
          template_id: options.templateId,
          template_data: parameters,
          tracking_id: notice.id,
          ...(options.development ? { mode: 'development' } : {}),
        }),
        timeoutMs: options.timeoutMs,
      },
      signal,
    );

  const judge = (result: HttpResult, answer: z.infer<typeof answerSchema> | null): Outcome => {
    if (result.kind === 'not-sent') return outcomes.retry(result.aborted ? 'aborted' : 'unreachable', result.detail);
    if (result.kind === 'no-answer') return outcomes.unsure(result.detail);
    if (answer !== null && result.status < 500) {
      const detail = `${answer.error} ${answer.message ?? ''}`;
      if (answer.error === 0) return outcomes.accepted(answer.data?.msg_id ?? null, detail);
      if (temporary.has(answer.error)) return outcomes.retry('provider-busy', detail);
      return outcomes.rejected(rejections[answer.error] ?? 'other', detail);
    }
    const detail = `${result.status} ${result.body}`;
    if (result.status === 429) return outcomes.retry('throttled', detail, result.retryAfterMs);
    if (result.status === 503) return outcomes.retry('provider-busy', detail, result.retryAfterMs);
    if (result.status >= 400 && result.status < 500) return outcomes.rejected('other', detail);
    return outcomes.unsure(detail);
  };

  /** @param refused a token that Zalo did not take: another is wanted, whatever its time says */
  const accessToken = async (refused: string | null, signal: AbortSignal): Promise<string> => {
    const isGood = (held: ZaloTokens | null): held is ZaloTokens =>
      held !== null && held.accessToken !== refused && held.expiresAt.getTime() - Date.now() > RENEW_BEFORE_MS;
    const held = await tokens.read();
    if (isGood(held)) return held.accessToken;
    // Another process may have renewed it while this one waited for its turn.
    const next = await tokens.update(async (current) => (isGood(current) ? current : renew(current, signal)));
    return next.accessToken;
  };

  const renew = async (current: ZaloTokens | null, signal: AbortSignal): Promise<ZaloTokens> => {
    if (current === null) throw new TokenRefused('no refresh token was stored');
    const result = await requestOnce(
      {
        method: 'POST',
        url: new URL(options.tokenUrl),
        headers: {
          secret_key: options.appSecret.reveal(),
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({
          refresh_token: current.refreshToken,
          app_id: options.appId,
          grant_type: 'refresh_token',
        }).toString(),
        timeoutMs: options.timeoutMs,
      },
      signal,
    );
    if (result.kind !== 'answer') throw new Error(`the token was not renewed: ${result.detail}`);
    const renewed = readJson(result.body, tokenSchema);
    if (renewed !== null) {
      const expiresAt = new Date(Date.now() + renewed.expires_in * 1000);
      return { accessToken: renewed.access_token, refreshToken: renewed.refresh_token, expiresAt };
    }
    if (result.status >= 500) throw new Error(`the token was not renewed: ${result.status}`);
    // Its body may hold half of an answer with tokens in it.
    const words = readJson(result.body, z.object({ error: z.number(), error_name: z.string().nullish() }));
    throw new TokenRefused(
      `the refresh token was refused: ${words?.error ?? result.status} ${words?.error_name ?? ''}`,
    );
  };

  return { channel: 'zalo', name: options.name, send, close: async () => {} };
}

/** Nothing but a person at Zalo's site will help. */
class TokenRefused extends Error {}

/**
 * Reads Zalo's webhook: `X-ZEvent-Signature: mac=` SHA-256 over application id, body, the body's timestamp and the OA
 * secret key, in hexadecimal.
 */
export function zaloReportReader(options: Pick<ZaloOptions, 'name' | 'appId' | 'oaSecret'>): ReadReport {
  return ({ headers, body }, now) => {
    const event = readJson(body, eventSchema);
    if (event === null) return 'refused';
    const signed = `${options.appId}${body}${event.timestamp}${options.oaSecret.reveal()}`;
    const expected = Buffer.from(createHash('sha256').update(signed).digest('hex'));
    const given = Buffer.from(String(headers['x-zevent-signature'] ?? '').replace(/^mac\s*=\s*/, ''));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'refused';
    if (event.event_name !== 'user_received_message' || event.message === undefined) return 'ignored';
    const { tracking_id: id = null, msg_id: providerId = null, delivery_time: deliveredAt } = event.message;
    if (id === null && providerId === null) return 'ignored';
    return {
      gateway: options.name,
      id,
      providerId,
      state: 'delivered',
      at: instantOf(deliveredAt, now),
      detail: tellable(event.event_name),
    };
  };
}

/** Milliseconds since 1970 as Zalo writes them; what is no instant, or one to come, is `now`. */
function instantOf(value: string | number | undefined, now: Date): Date {
  const instant = new Date(Number(value));
  return instant.getTime() > 0 && instant.getTime() <= now.getTime() ? instant : now;
}

function readJson<Schema extends z.ZodType>(text: string, schema: Schema): z.infer<Schema> | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
