import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHttpSmsGateway, httpSmsReportReader, type HttpSmsOptions } from '#exchange/gateways/http-sms.ts';
import { listenForReports } from '#exchange/gateways/report-listener.ts';
import { Secret } from '#exchange/gateways/secret.ts';
import { answerJson, type LocalProvider, startLocalProvider } from '#tests/support/local-provider.ts';
import { freePorts } from '#tests/support/free-port.ts';
import { keepReports, never, notice, reportSecret } from './gateway-fixtures.ts';

let provider: LocalProvider;
/** What the provider sent, by RequestId: a repeat is answered and not sent. */
const sent = new Map<string, { readonly SMSID: string; readonly Content: string; readonly CallbackUrl: string }>();

beforeEach(async () => {
  sent.clear();
  provider = await startLocalProvider(({ body }, response) => {
    const asked = JSON.parse(body) as Record<string, string>;
    const id = String(asked['RequestId']);
    if (asked['ApiKey'] !== 'api-key')
      return answerJson(response, { CodeResult: '101', ErrorMessage: 'Authorize Failed' });
    if (sent.has(id)) return answerJson(response, { CodeResult: '124', ErrorMessage: 'Duplicate RequestId' });
    const SMSID = `sms-${sent.size + 1}`;
    sent.set(id, { SMSID, Content: String(asked['Content']), CallbackUrl: String(asked['CallbackUrl']) });
    answerJson(response, { CodeResult: '100', CountRegenerate: 1, SMSID });
  });
});
afterEach(() => provider.stop());

function open(changes: Partial<HttpSmsOptions> = {}) {
  return createHttpSmsGateway({
    name: 'esms',
    url: `${provider.origin}/MainService.svc/json/send`,
    apiKey: new Secret('api-key'),
    secretKey: new Secret('secret-key'),
    brandname: 'UBND TINH',
    smsType: '2',
    numberForm: 'national',
    callbackUrl: 'https://truc.tinh.gov.vn/v1/notices/reports',
    reportSecret,
    timeoutMs: 5_000,
    ...changes,
  });
}

describe('a text message through an HTTP gateway', () => {
  test('has the form that the provider documents', async () => {
    const one = notice({ text: 'Văn bản hỏa tốc' });
    expect(await open().send(one, never)).toMatchObject({ kind: 'accepted', providerId: 'sms-1', final: false });
    expect(JSON.parse(provider.requests[0]?.body ?? '')).toEqual({
      ApiKey: 'api-key',
      SecretKey: 'secret-key',
      Phone: '0912345678',
      Content: 'Văn bản hỏa tốc',
      Brandname: 'UBND TINH',
      SmsType: '2',
      IsUnicode: '1',
      RequestId: one.id,
      CallbackUrl: expect.stringMatching(
        new RegExp(`^https://truc\\.tinh\\.gov\\.vn/v1/notices/reports/esms/${one.id}/[0-9a-f]{32}$`),
      ),
    });
  });

  test('repeated after a lost answer is sent once', async () => {
    const { answer } = provider;
    const gateway = open();
    const one = notice();
    provider.answer = (request, response) => {
      const lost = { writeHead: () => ({ end: () => response.destroy() }) };
      answer(request, lost as unknown as typeof response);
    };
    expect(await gateway.send(one, never)).toMatchObject({ kind: 'unsure' });
    provider.answer = answer;
    expect(await gateway.send(one, never)).toMatchObject({ kind: 'accepted' });
    expect([...sent.keys()]).toEqual([one.id]);
  });

  test.each([
    ['99', 'blocked'],
    ['101', 'credentials'],
    ['103', 'quota'],
    ['104', 'credentials'],
    ['108', 'invalid-number'],
    ['146', 'template'],
    ['987', 'other'],
  ])('refused with %s is rejected: %s', async (CodeResult, reason) => {
    provider.answer = (_, response) => answerJson(response, { CodeResult, ErrorMessage: 'why' });
    expect(await open().send(notice(), never)).toMatchObject({ kind: 'rejected', reason, detail: `${CodeResult} why` });
  });

  test.each([
    ['an error of the server', 500, 'oops', 'unsure'],
    ['a gateway in between that gave up', 504, '<html>', 'unsure'],
    ['no JSON', 200, '<html>welcome</html>', 'unsure'],
    ['JSON of another form', 200, '{"ok":true}', 'unsure'],
    ['busy', 503, '', 'retry'],
    ['too many', 429, '', 'retry'],
    ['not allowed', 403, '', 'rejected'],
    ['too long an answer', 200, 'x'.repeat(100_000), 'unsure'],
  ])('answered with %s', async (_, status, body, kind) => {
    provider.answer = (_request, response) => response.writeHead(status, { 'retry-after': '7' }).end(body);
    const outcome = await open().send(notice(), never);
    expect(outcome.kind).toBe(kind);
    if (outcome.kind === 'retry') expect(outcome.afterMs).toBe(7_000);
  });

  test('that is not answered in time is unsure', async () => {
    provider.answer = () => undefined;
    expect(await open({ timeoutMs: 100 }).send(notice(), never)).toMatchObject({ kind: 'unsure' });
  });

  test('to a server that is down was not sent', async () => {
    const [port = 0] = await freePorts(1);
    const outcome = await open({ url: `http://127.0.0.1:${port}/` }).send(notice(), never);
    expect(outcome).toMatchObject({ kind: 'retry', reason: 'unreachable' });
  });

  test('aborted before it went out was not sent, after that is unsure', async () => {
    expect(await open().send(notice(), AbortSignal.abort())).toMatchObject({ kind: 'retry', reason: 'aborted' });
    const abort = new AbortController();
    provider.answer = () => abort.abort();
    expect(await open().send(notice(), abort.signal)).toMatchObject({ kind: 'unsure' });
  });

  test('whose answer repeats our keys does not bring them into the log', async () => {
    provider.answer = ({ body }, response) => response.writeHead(400).end(body);
    const outcome = await open().send(notice(), never);
    expect(JSON.stringify(outcome)).not.toMatch(/api-key|secret-key/);
  });
});

describe('a callback', () => {
  async function callBack(query: string, change = (url: string) => url) {
    const receiver = keepReports();
    const readers = new Map([['esms', httpSmsReportReader('esms', reportSecret)]]);
    const listener = await listenForReports({ host: '127.0.0.1', port: 0 }, 'http://x/reports', readers, receiver);
    try {
      const one = notice();
      await open({ callbackUrl: `http://127.0.0.1:${listener.port}/reports` }).send(one, never);
      const { status } = await fetch(`${change(sent.get(one.id)?.CallbackUrl ?? '')}?${query}`);
      return { status, reports: receiver.reports, id: one.id };
    } finally {
      await listener.close();
    }
  }

  test.each([
    ['SMSID=s&SendStatus=5&SendSuccess=1&SendFailed=0', 'delivered'],
    ['SMSID=s&SendStatus=5&SendSuccess=0&SendFailed=1', 'failed'],
    ['SMSID=s&SendStatus=7', 'buffered'],
    ['SMSID=s&SendStatus=4', 'failed'],
  ])('%s', async (query, state) => {
    const { status, reports, id } = await callBack(query);
    expect(status).toBe(200);
    expect(reports).toMatchObject([{ id, providerId: 's', state, gateway: 'esms' }]);
  });

  test.each([
    ['with another proof', (url: string) => url.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
    ['about another notice', (url: string) => url.replace(/[0-9a-f-]{36}/, '00000000-0000-4000-8000-000000000000')],
    ['without a proof', (url: string) => url.replace(/\/[0-9a-f]{32}$/, '')],
  ])('%s is refused', async (_, change) => {
    const { status, reports } = await callBack('SendStatus=5&SendSuccess=1', change);
    expect(status).toBe(403);
    expect(reports).toEqual([]);
  });
});
