import { execFileSync } from 'node:child_process';
import { createVerify, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import { answerSignerRequest } from '#tokens/answer-signer-request.ts';
import type { KeyOpeners } from '#tokens/key-session.ts';
import { testPki } from '#tests/support/signing-fixtures.ts';

const password = 'correct horse';
const file = (name: string) => ({ kind: 'file' as const, path: name });
const pem = () => readFile(path.join(folder, 'certificate.pem'), 'utf8');
const ownCertificate = async () => new Uint8Array(new X509Certificate(await pem()).raw);
let folder: string;
let keyFile: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'signer-'));
  keyFile = path.join(folder, 'person.p12');
  const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
  const subject = '/C=VN/O=UBND tỉnh Đắk Lắk/CN=Bùi Hồng Quý';
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-utf8',
      '-subj',
      subject,
      '-days',
      '30',
      '-keyout',
      key,
      '-out',
      certificate,
    ],
    { stdio: 'ignore' },
  );
  const passwordArgument = `pass:${password}`;
  execFileSync('openssl', [
    'pkcs12',
    '-export',
    '-inkey',
    key,
    '-in',
    certificate,
    '-out',
    keyFile,
    '-passout',
    passwordArgument,
  ]);
  execFileSync('openssl', [
    'pkcs12',
    '-export',
    '-nokeys',
    '-in',
    certificate,
    '-out',
    path.join(folder, 'no-key.p12'),
    '-passout',
    passwordArgument,
  ]);
  await writeFile(path.join(folder, 'broken.p12'), 'not a key file');
  await writeFile(path.join(folder, 'huge.p12'), Buffer.alloc(2 * 1024 * 1024));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the signing process', () => {
  it('tells whose key the file holds', async () => {
    const reply = await answerSignerRequest({
      id: 3,
      what: 'inspect',
      key: file(keyFile),
      secret: password,
      certificate: null,
    });
    expect(reply).toMatchObject({
      id: 3,
      ok: true,
      holders: [{ subject: 'Bùi Hồng Quý', organisation: 'UBND tỉnh Đắk Lắk', issuer: 'Bùi Hồng Quý', agency: false }],
    });
  });

  it('signs what it is given', async () => {
    const data = new TextEncoder().encode('signed attributes');
    const own = await ownCertificate();
    const key = file(keyFile);
    const reply = await answerSignerRequest({ id: 4, what: 'sign', key, secret: password, certificate: own, data });
    if (!reply.ok || reply.signature === undefined) throw new Error('not signed');
    expect(
      createVerify('sha256')
        .update(data)
        .verify(await pem(), reply.signature),
    ).toBe(true);
  });

  it.each([
    ['P12_WRONG_PASSWORD', 'person.p12', 'wrong'],
    ['P12_BROKEN', 'broken.p12', password],
    ['P12_BROKEN', 'huge.p12', password],
    ['P12_NO_KEY', 'no-key.p12', password],
    ['P12_MISSING', 'none.p12', password],
    ['P12_MISSING', '.', password],
  ])('answers %s for %s', async (code, name, given) => {
    const key = file(path.join(folder, name));
    const reply = await answerSignerRequest({ id: 5, what: 'inspect', key, secret: given, certificate: null });
    expect(reply).toEqual({ id: 5, ok: false, code });
  });

  it.each([
    [{ id: 6, what: 'export-key', key: file('x'), secret: '', certificate: null }, 6],
    [{ id: 7, what: 'inspect', key: file('x'), secret: '', certificate: null, extra: 1 }, 7],
    [{ id: 8, what: 'sign', key: file('x'), secret: '', certificate: new Uint8Array(), data: 'text' }, 8],
    [{ id: 9, what: 'inspect', key: { kind: 'cloud', path: 'x' }, secret: '', certificate: null }, 9],
    [{ what: 'inspect' }, -1],
    [null, -1],
    ['nonsense', -1],
  ])('answers INVALID_INPUT for what is no request: %j', async (message, id) => {
    expect(await answerSignerRequest(message)).toEqual({ id, ok: false, code: 'INVALID_INPUT' });
  });

  it('answers SIGN_KEY_MISMATCH where the key of the certificate is no longer, before anything is signed', async () => {
    const other = testPki().certificate('person');
    const asked = { key: file(keyFile), secret: password, certificate: other };
    const [inspected, signed] = await Promise.all([
      answerSignerRequest({ id: 10, what: 'inspect', ...asked }),
      answerSignerRequest({ id: 11, what: 'sign', ...asked, data: new Uint8Array(1) }),
    ]);
    expect(inspected).toEqual({ id: 10, ok: false, code: 'SIGN_KEY_MISMATCH' });
    expect(signed).toEqual({ id: 11, ok: false, code: 'SIGN_KEY_MISMATCH' });
    const own = { ...asked, certificate: await ownCertificate() };
    expect(await answerSignerRequest({ id: 12, what: 'inspect', ...own })).toMatchObject({ id: 12, ok: true });
  });

  it('opens a token by its own opener: the PIN is tried once, and the session closed whatever happens', async () => {
    const tried: string[] = [];
    let open = 0;
    const openers: KeyOpeners = {
      token: ({ serial }, pin) => {
        tried.push(`${serial} ${pin}`);
        if (pin !== '1234') return Promise.reject(new CodedError('TOKEN_PIN_WRONG', { serial }));
        open += 1;
        const holder = {
          chain: [],
          subject: 'A',
          organisation: '',
          agency: false,
          issuer: '',
          serial: '',
          notBefore: '',
          notAfter: '',
        };
        return Promise.resolve({
          holders: [holder],
          has: () => true,
          sign: (_certificate, data) =>
            data.length === 0 ? Promise.reject(new Error('the driver broke')) : Promise.resolve(data.toReversed()),
          close: () => {
            open -= 1;
          },
        });
      },
    };
    const key = { kind: 'token', module: '/lib/token.so', serial: 'T1', certificateId: null };
    const sign = (secret: string, ...data: number[]) =>
      answerSignerRequest(
        { id: 1, what: 'sign', key, secret, certificate: new Uint8Array(), data: Uint8Array.from(data) },
        openers,
      );
    expect(await sign('1234', 1, 2)).toEqual({ id: 1, ok: true, signature: Uint8Array.of(2, 1) });
    expect(await sign('0000', 1)).toEqual({ id: 1, ok: false, code: 'TOKEN_PIN_WRONG', params: { serial: 'T1' } });
    expect(await sign('1234')).toEqual({ id: 1, ok: false, code: 'UNEXPECTED' });
    expect(tried).toEqual(['T1 1234', 'T1 0000', 'T1 1234']);
    expect(open).toBe(0);
    const store = { kind: 'store', thumbprint: 'AB' };
    expect(await answerSignerRequest({ id: 2, what: 'inspect', key: store, secret: '', certificate: null })).toEqual({
      id: 2,
      ok: false,
      code: 'KEY_KIND_UNSUPPORTED',
    });
  });
});
