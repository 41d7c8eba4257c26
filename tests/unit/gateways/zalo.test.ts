import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '#exchange/gateways/secret.ts';
import { createZaloGateway, zaloReportReader } from '#exchange/gateways/zalo.ts';
import { openZaloTokenFile } from '#exchange/gateways/zalo-token-file.ts';
import { answerJson, type LocalProvider, startLocalProvider } from '#tests/support/local-provider.ts';
import { never, notice } from './gateway-fixtures.ts';

let provider: LocalProvider;
let folder: string;
let tokenFile: string;
/** Each refresh token works once, as at Zalo. */
let goodRefresh = 'refresh-1';
let goodAccess = '';
let renewals = 0;
let messageAnswer: unknown;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zalo-'));
  tokenFile = path.join(folder, 'tokens.json');
  await writeFile(tokenFile, JSON.stringify({ refreshToken: 'refresh-1' }));
  [goodRefresh, goodAccess, renewals] = ['refresh-1', '', 0];
  messageAnswer = { error: 0, message: 'Success', data: { msg_id: 'zns-1', sent_time: '1', quota: {} } };
  provider = await startLocalProvider((request, response) => {
    if (request.url.pathname === '/token') {
      const form = new URLSearchParams(request.body);
      if (form.get('refresh_token') !== goodRefresh || request.headers['secret_key'] !== 'app-secret') {
        return answerJson(response, { error: -14014, error_name: 'Invalid refresh token.' });
      }
      renewals += 1;
      [goodRefresh, goodAccess] = [`refresh-${renewals + 1}`, `access-${renewals}`];
      return answerJson(response, { access_token: goodAccess, refresh_token: goodRefresh, expires_in: '90000' });
    }
    if (request.headers['access_token'] !== goodAccess)
      return answerJson(response, { error: -124, message: 'invalid' });
    answerJson(response, messageAnswer);
  });
});
afterEach(async () => {
  await provider.stop();
  await rm(folder, { recursive: true });
});

const secrets = { appId: '4242', oaSecret: new Secret('oa-secret') };
function open() {
  return createZaloGateway(
    {
      name: 'zalo',
      url: `${provider.origin}/message/template`,
      tokenUrl: `${provider.origin}/token`,
      ...secrets,
      appSecret: new Secret('app-secret'),
      templateId: '301',
      development: false,
      timeoutMs: 5_000,
    },
    openZaloTokenFile(tokenFile),
  );
}
const parameters = { so: '241/VPUBND', gio: '14:00' };
const stored = async () => JSON.parse(await readFile(tokenFile, 'utf8')) as Record<string, string>;

describe('a Zalo notice', () => {
  test('is the template with its parameters, under our id, with a token renewed first', async () => {
    const one = notice({ parameters });
    expect(await open().send(one, never)).toMatchObject({ kind: 'accepted', providerId: 'zns-1', final: false });
    const request = provider.requests.at(-1);
    expect(request?.headers['access_token']).toBe('access-1');
    expect(JSON.parse(request?.body ?? '')).toEqual({
      phone: '84912345678',
      template_id: '301',
      template_data: parameters,
      tracking_id: one.id,
    });
    expect(await stored()).toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-2' });
    expect((await stat(tokenFile)).mode & 0o777).toBe(0o600);
  });

  test('of many at once renews the token once', async () => {
    const gateway = open();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => gateway.send(notice({ parameters }), never)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(8).fill('accepted'));
    expect(renewals).toBe(1);
  });

  test('whose token was withdrawn is sent with a new one', async () => {
    const gateway = open();
    await gateway.send(notice({ parameters }), never);
    goodAccess = 'another';
    expect(await gateway.send(notice({ parameters }), never)).toMatchObject({ kind: 'accepted' });
    expect(renewals).toBe(2);
  });

  test('without a good refresh token is rejected, and the file stays', async () => {
    goodRefresh = 'somebody used it';
    const outcome = await open().send(notice({ parameters }), never);
    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'credentials' });
    expect(JSON.stringify(outcome)).not.toMatch(/refresh-1|app-secret/);
    expect(await stored()).toEqual({ refreshToken: 'refresh-1' });
  });

  test.each([
    [-108, 'rejected', 'invalid-number'],
    [-114, 'rejected', 'not-on-zalo'],
    [-118, 'rejected', 'not-on-zalo'],
    [-115, 'rejected', 'quota'],
    [-132, 'rejected', 'template'],
    [-999, 'rejected', 'other'],
    [-100, 'retry', 'provider-busy'],
  ])('answered with %i is %s: %s', async (error, kind, reason) => {
    messageAnswer = { error, message: 'why' };
    expect(await open().send(notice({ parameters }), never)).toMatchObject({ kind, reason });
  });

  test('without parameters is rejected before anything is sent', async () => {
    expect(await open().send(notice(), never)).toMatchObject({ kind: 'rejected', reason: 'template' });
    expect(provider.requests).toEqual([]);
  });
});

describe('the webhook', () => {
  const now = new Date('2026-11-28T00:00:00Z');
  const event = (name: string) =>
    JSON.stringify({
      event_name: name,
      app_id: secrets.appId,
      timestamp: '1764288000000',
      message: { msg_id: 'zns-1', tracking_id: 'our-id', delivery_time: '1764287000000' },
    });
  const read = (body: string, key = 'oa-secret') => {
    const mac = createHash('sha256').update(`${secrets.appId}${body}1764288000000${key}`).digest('hex');
    const headers = { 'x-zevent-signature': `mac=${mac}` };
    return zaloReportReader({ name: 'zalo', ...secrets })(
      { path: '', query: new URLSearchParams(), headers, body },
      now,
    );
  };

  test('says that the notice was received', () => {
    expect(read(event('user_received_message'))).toMatchObject({
      id: 'our-id',
      providerId: 'zns-1',
      state: 'delivered',
      at: new Date(1764287000000),
    });
  });
  test('signed with another key is refused', () => {
    expect(read(event('user_received_message'), 'guess')).toBe('refused');
  });
  test('about something else is ignored', () => expect(read(event('user_send_text'))).toBe('ignored'));
  test('without JSON is refused', () => expect(read('<xml/>')).toBe('refused'));
});
