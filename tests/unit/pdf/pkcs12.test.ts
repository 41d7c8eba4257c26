import { execFileSync } from 'node:child_process';
import { createVerify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readCertificate } from '#pdf/crypto/certificate.ts';
import { openPkcs12 } from '#tokens/pkcs12.ts';
import { letter, testPki } from '#tests/support/signing-fixtures.ts';

const open = (path: string, password = testPki().password) =>
  openPkcs12(new Uint8Array(readFileSync(path)), password).holders(new Date())[0];

describe('PKCS#12 files', () => {
  it.for([
    ['modern, RSA', () => testPki().p12('person'), 'rsa'],
    ['legacy, RSA', () => testPki().legacyP12, 'rsa'],
    ['modern, P-256', () => testPki().p12('person-ec'), 'ec'],
    ['modern, P-384', () => testPki().p12('person-ec384'), 'ec'],
  ] as const)('%s', async ([, path, keyType]) => {
    const opened = open(path());
    expect(opened.keyType).toBe(keyType);
    expect(opened.chain).toHaveLength(3);
    const data = Buffer.from('văn bản');
    const signature = await opened.signData(data);
    const key = readCertificate(opened.chain[0] ?? new Uint8Array()).publicKey;
    expect(key && createVerify('sha256').update(data).verify(key, signature)).toBe(true);
  });

  it.for([
    ['modern', []],
    ['legacy', ['-legacy']],
  ] as const)('a password with Vietnamese letters, %s encryption', ([, options]) => {
    const folder = mkdtempSync(join(tmpdir(), 'van-thu-p12-'));
    const password = 'mật khẩu của Đắk Lắk';
    const pem = join(folder, 'all.pem');
    const own = join(folder, 'own.p12');
    const openssl = (...args: readonly string[]) => execFileSync('openssl', ['pkcs12', ...args]);
    openssl('-in', testPki().p12('person'), '-passin', `pass:${testPki().password}`, '-nodes', '-out', pem);
    openssl('-export', '-in', pem, '-passout', `pass:${password}`, '-out', own, ...options);
    expect(open(own, password).subject).toBe('Bùi Hồng Quý');
    expect(() => open(own, 'mat khau cua Dak Lak')).toThrow('P12_WRONG_PASSWORD');
    rmSync(folder, { recursive: true });
  });

  it('what the screen shows', () => {
    const opened = open(testPki().p12('agency'));
    expect(opened).toMatchObject({
      subject: 'Văn phòng UBND tỉnh Đắk Lắk',
      issuer: 'Văn Thư CA cấp phát thử nghiệm',
    });
    expect(opened.serial).toMatch(/^[0-9A-F]{16,}$/);
    expect(opened.notAfter.getTime()).toBeGreaterThan(opened.notBefore.getTime());
  });

  it.for(['sai mật khẩu', '', 'vanthu-demo '])('wrong password %j', (password) => {
    for (const path of [testPki().p12('person'), testPki().legacyP12, testPki().p12('person-ec')]) {
      let failure: unknown;
      try {
        open(path, password);
      } catch (error) {
        failure = error;
      }
      expect(failure).toMatchObject({ code: password === '' ? 'P12_NO_PASSWORD' : 'P12_WRONG_PASSWORD' });
      if (password !== '') expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(password);
    }
  });

  it.for([
    ['empty', new Uint8Array(0)],
    ['a PDF', letter()],
    ['text', new Uint8Array(Buffer.from('-----BEGIN PKCS12-----'))],
    ['other DER', new Uint8Array([0x30, 0x03, 0x02, 0x01, 0x05])],
  ] as const)('%s is broken', ([, bytes]) => {
    expect(() => openPkcs12(bytes, 'x')).toThrow(expect.objectContaining({ code: 'P12_BROKEN' }));
  });

  it('cut off', () => {
    const bytes = new Uint8Array(readFileSync(testPki().p12('person')));
    expect(() => openPkcs12(bytes.subarray(0, bytes.length - 200), testPki().password)).toThrow(
      expect.objectContaining({ code: 'P12_BROKEN' }),
    );
  });
});
