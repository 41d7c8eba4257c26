import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fetched } from '#core/ports/validation-services.ts';
import { httpValidationServices } from '#network/validation-services.ts';
import { DerError } from '#pdf/crypto/der.ts';
import { readOcspAnswer } from '#pdf/crypto/ocsp.ts';
import { readTimestampAnswer, readTimestampInfo } from '#pdf/crypto/timestamp.ts';
import { signAtLevel } from '#pdf/sign-at-level.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { dir, timestampToken } from '#tests/support/foreign-signature.ts';
import { pdfsig, qpdf, qpdfCheck } from '#tests/support/other-readers.ts';
import { credential, letter, testPki, trust } from '#tests/support/signing-fixtures.ts';
import { runVanthu } from '#tests/support/vanthu-command.ts';

/** `openssl ts -reply` on the request, after the keys of the authority were made. */
function answerOf(request: Uint8Array, section = 'tsa'): Uint8Array {
  writeFileSync(join(dir, 'request'), request);
  const args = ['ts', '-reply', '-queryfile', 'request', '-config', 'tsa.cnf', '-section', section, '-out', 'answer'];
  execFileSync('openssl', args, { cwd: dir, stdio: 'ignore' });
  return new Uint8Array(readFileSync(join(dir, 'answer')));
}

const stamp = (
  ask: (request: Uint8Array) => Promise<Uint8Array>,
  clock = () => new Date(),
  more: { input?: Uint8Array; password?: string } = {},
): Promise<Uint8Array> => {
  timestampToken((content) => content)(join(dir, 'tsa.cnf'));
  const request = { role: 'person', credential: credential('person'), trust: trust() } as const;
  const look = { signingTime: new Date(), appearance: { image: null } };
  const services = { askTimestamp: ask, askOcsp: unasked, fetchList: unasked, fetchIssuer: unasked };
  const { input = letter(), password } = more;
  return signAtLevel(input, { ...request, ...look, password }, 'B-T', services, clock);
};
const unasked = (): Promise<Fetched> => Promise.reject(new Error('level B-T asks nobody but the authority'));
const over = (fetch: () => Promise<Response>) =>
  httpValidationServices(fetch, { timestampAddress: 'http://a:b@tsa.invalid/', timeoutMs: 50 });
const silent = (_url: string, { signal }: RequestInit): Promise<Response> =>
  new Promise((_answer, fail) => signal?.addEventListener('abort', () => fail(new Error('silent'))));

it('a letter of level B-T is sound for others too, begins with the input, and its time is proven', async () => {
  writeFileSync(join(dir, 'tsa.cnf'), '');
  const bytes = await stamp((request) => Promise.resolve(answerOf(request)));
  expect(Buffer.compare(bytes.subarray(0, letter().length), letter())).toBe(0);
  const report = verifyPdf(bytes, { trust: trust(), now: new Date(Date.now() + 5_000) });
  expect(report.signatures).toMatchObject([{ level: 'B-T', findings: [], provenTime: expect.any(String) as string }]);
  expect(pdfsig(bytes)).toEqual(['Signature is Valid.']);
  expect(qpdfCheck(bytes)).toMatchObject({ status: 0 });
});

it('an encrypted letter is time-stamped as well', async () => {
  writeFileSync(join(dir, 'tsa.cnf'), '');
  const more = { input: qpdf(letter(), '--encrypt', 'khach', 'chu', '256', '--'), password: 'khach' };
  const bytes = await stamp((request) => Promise.resolve(answerOf(request)), undefined, more);
  const options = { trust: trust(), now: new Date(Date.now() + 5_000), password: 'chu' };
  expect(verifyPdf(bytes, options).signatures).toMatchObject([{ level: 'B-T', findings: [] }]);
  expect(pdfsig(bytes, '-upw', 'khach')).toEqual(['Signature is Valid.']);
});

it('an answer that is cut, another one, or none is refused with its reason', async () => {
  writeFileSync(join(dir, 'tsa.cnf'), '');
  const cut = stamp((request) => Promise.resolve(answerOf(request).subarray(0, 900)));
  await expect(cut).rejects.toMatchObject({ code: 'TSA_ANSWER_BROKEN' });
  const changed = (at: number) => (request: Uint8Array) => {
    const other = Uint8Array.from(request);
    other[at] = (other[at] ?? 0) ^ 1;
    return Promise.resolve(answerOf(other));
  };
  await expect(stamp(changed(40))).rejects.toMatchObject({ code: 'TSA_ANSWER_MISMATCH', params: { what: 'imprint' } });
  await expect(stamp(changed(64))).rejects.toMatchObject({ code: 'TSA_ANSWER_MISMATCH', params: { what: 'nonce' } });
  const refused = stamp(() => Promise.resolve(Uint8Array.of(0x30, 5, 0x30, 3, 2, 1, 2)));
  await expect(refused).rejects.toMatchObject({ code: 'TSA_REFUSED' });
});

it('an authority whose certificate has run out, or whose clock is ahead, is refused', async () => {
  writeFileSync(join(dir, 'tsa.cnf'), '');
  const answer = (request: Uint8Array) => Promise.resolve(answerOf(request));
  const at = (days: number) => () => new Date(Date.now() + days * 24 * 3_600_000);
  await expect(stamp(answer, at(31))).rejects.toMatchObject({ code: 'TSA_CERT_EXPIRED' });
  await expect(stamp(answer, at(-1))).rejects.toMatchObject({
    code: 'TSA_ANSWER_MISMATCH',
    params: { what: 'time' },
  });
});

it('the command line asks an authority over HTTP, and writes nothing when that refuses', async () => {
  writeFileSync(join(dir, 'tsa.cnf'), '');
  timestampToken((content) => content)(join(dir, 'tsa.cnf'));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.headers['content-type']} ${request.headers.authorization}`);
    void buffer(request).then((body) => {
      response.writeHead(request.url === '/tsa' ? 200 : 503, { 'content-type': 'application/timestamp-reply' });
      response.end(request.url === '/tsa' ? answerOf(body) : '');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  writeFileSync(join(dir, 'letter.pdf'), letter());
  const sign = async (address: string, out: string): Promise<number | null> => {
    const key = ['--p12', testPki().p12('person'), '--password-env', 'KEY', '--role', 'person'];
    const level = ['--level', 'B-T', '--tsa', address, '--out', join(dir, out)];
    const { status } = await runVanthu(['sign', join(dir, 'letter.pdf'), ...key, ...level], {
      KEY: testPki().password,
    });
    return status;
  };
  try {
    expect(await sign(`http://u:p@127.0.0.1:${port}/tsa`, 'stamped.pdf')).toBe(0);
    expect(await sign(`http://127.0.0.1:${port}/other`, 'refused.pdf')).toBe(3);
  } finally {
    server.close();
  }
  expect(asked).toEqual([
    `POST application/timestamp-query Basic ${Buffer.from('u:p').toString('base64')}`,
    'POST application/timestamp-query undefined',
  ]);
  expect(existsSync(join(dir, 'refused.pdf'))).toBe(false);
  const bytes = new Uint8Array(readFileSync(join(dir, 'stamped.pdf')));
  const report = verifyPdf(bytes, { trust: trust(), now: new Date(Date.now() + 5_000) });
  expect(report).toMatchObject({ verdict: 'VALID', signatures: [{ level: 'B-T' }] });
  expect(pdfsig(bytes)).toEqual(['Signature is Valid.']);
});

it('a silent server, one that fails and one without end are given up', async () => {
  const ask = (services: ReturnType<typeof over>) => services.askTimestamp(new Uint8Array(1));
  const never = httpValidationServices(silent, { timestampAddress: 'http://tsa.invalid/', timeoutMs: 20 });
  await expect(ask(never)).rejects.toMatchObject({ code: 'TSA_UNREACHABLE' });
  expect(await never.askOcsp('http://ocsp.invalid/', new Uint8Array(1))).toEqual({ failure: 'no answer' });
  expect(await never.fetchList('http://crl.invalid/')).toEqual({ failure: 'no answer' });
  await expect(ask(over(() => Promise.resolve(new Response('', { status: 500 }))))).rejects.toMatchObject({
    code: 'TSA_UNREACHABLE',
  });
  const endless = new ReadableStream<Uint8Array>({ pull: (queue) => queue.enqueue(new Uint8Array(65_536)) });
  await expect(ask(over(() => Promise.resolve(new Response(endless))))).rejects.toMatchObject({
    code: 'TSA_ANSWER_BROKEN',
  });
});

it('whatever bytes come, the readers answer or say that they are malformed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      for (const read of [readTimestampAnswer, readTimestampInfo, readOcspAnswer]) {
        try {
          read(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(DerError);
        }
      }
    }),
  );
});
