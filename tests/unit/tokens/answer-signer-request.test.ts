import { execFileSync } from 'node:child_process';
import { createVerify } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerSignerRequest } from '#tokens/answer-signer-request.ts';

const password = 'correct horse';
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
    const reply = await answerSignerRequest({ id: 3, what: 'inspect', path: keyFile, password });
    expect(reply).toMatchObject({
      id: 3,
      ok: true,
      identity: { subject: 'Bùi Hồng Quý', organisation: 'UBND tỉnh Đắk Lắk', issuer: 'Bùi Hồng Quý' },
    });
  });

  it('signs what it is given', async () => {
    const data = new TextEncoder().encode('signed attributes');
    const reply = await answerSignerRequest({ id: 4, what: 'sign', path: keyFile, password, data });
    const certificate = await readFile(path.join(folder, 'certificate.pem'));
    if (!reply.ok || reply.signature === undefined) throw new Error('not signed');
    expect(createVerify('sha256').update(data).verify(certificate, reply.signature)).toBe(true);
  });

  it.each([
    ['P12_WRONG_PASSWORD', 'person.p12', 'wrong'],
    ['P12_BROKEN', 'broken.p12', password],
    ['P12_BROKEN', 'huge.p12', password],
    ['P12_NO_KEY', 'no-key.p12', password],
    ['P12_MISSING', 'none.p12', password],
    ['P12_MISSING', '.', password],
  ])('answers %s for %s', async (code, name, given) => {
    const reply = await answerSignerRequest({ id: 5, what: 'inspect', path: path.join(folder, name), password: given });
    expect(reply).toEqual({ id: 5, ok: false, code });
  });

  it.each([
    [{ id: 6, what: 'export-key', path: 'x', password: '' }, 6],
    [{ id: 7, what: 'inspect', path: 'x', password: '', extra: 1 }, 7],
    [{ id: 8, what: 'sign', path: 'x', password: '', data: 'text' }, 8],
    [{ what: 'inspect' }, -1],
    [null, -1],
    ['nonsense', -1],
  ])('answers INVALID_INPUT for what is no request: %j', async (message, id) => {
    expect(await answerSignerRequest(message)).toEqual({ id, ok: false, code: 'INVALID_INPUT' });
  });
});
