import { createVerify, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyRef } from '#shared/contract/control.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { toHex } from '#pdf/crypto/der.ts';
import type { KeySession } from '#tokens/key-session.ts';
import { openKey } from '#tokens/key-session.ts';
import { openKeyFile } from '#tokens/open-key-file.ts';
import { loadDriver } from '#tokens/pkcs11/driver.ts';
import { listTokens } from '#tokens/pkcs11/list-tokens.ts';
import { openToken } from '#tokens/pkcs11/open-token.ts';
import { testPki } from '#tests/support/signing-fixtures.ts';
import { softHsm, softToken } from '#tests/support/soft-token.ts';
import type { SoftToken } from '#tests/support/soft-token.ts';

// What every kind of key promises, by the same tests. One that is added (the store of Windows) is another row.

const openers = { file: openKeyFile, token: openToken };
let token: SoftToken;
let tokenRef: KeyRef;

beforeAll(() => {
  token = softToken(['person'], 'Thẻ của một người');
  const serial = listTokens(softHsm).find(({ label }) => label === 'Thẻ của một người')?.serial ?? '';
  tokenRef = { kind: 'token', module: softHsm, serial, certificateId: null };
});

afterAll(() => {
  loadDriver(softHsm).close();
  token.remove();
});

const kinds: readonly [kind: string, ref: () => KeyRef, secret: () => string][] = [
  ['a file', () => ({ kind: 'file', path: testPki().p12('person') }), () => testPki().password],
  ['a token', () => tokenRef, () => token.pin],
];

describe.each(kinds)('a key: %s', (_kind, ref, secret) => {
  const own = testPki().certificate('person');
  const open = (given = secret()): Promise<KeySession> => openKey(openers, ref(), given, new Date());

  it('names its holder with the chain, signer first', async () => {
    const session = await open();
    const [holder, ...others] = session.holders;
    session.close();
    expect(others).toEqual([]);
    expect(holder).toMatchObject({
      subject: 'Bùi Hồng Quý',
      organisation: 'Văn phòng UBND tỉnh Đắk Lắk',
      agency: false,
      serial: new X509Certificate(own).serialNumber,
    });
    const pki = testPki();
    expect(holder.chain.map(toHex)).toEqual(
      [own, pki.certificate('issuing'), pki.certificate('root')].map((der) => toHex(der)),
    );
  });

  it('signs as often as it is asked, with the key of the certificate that is named and no other', async () => {
    const session = await open();
    expect(session.has(own)).toBe(true);
    expect(session.has(testPki().certificate('person2'))).toBe(false);
    for (const text of ['one', 'two']) {
      const data = new TextEncoder().encode(text);
      const signature = await session.sign(own, data);
      const { publicKey } = new X509Certificate(own);
      expect(createVerify('sha256').update(data).verify(publicKey, signature)).toBe(true);
    }
    await expect(session.sign(testPki().certificate('person2'), new Uint8Array(1))).rejects.toMatchObject({
      code: 'SIGN_KEY_MISMATCH',
    });
    session.close();
  });

  it('opens again after it was closed, and only for the right secret', async () => {
    (await open()).close();
    for (const wrong of ['', `${secret()}x`]) {
      // An expected failure, with words for whoever typed it.
      await expect(open(wrong)).rejects.toBeInstanceOf(CodedError);
    }
    (await open()).close();
  });

  it('is a kind that a machine without an opener refuses, before anything is tried', async () => {
    await expect(openKey({}, ref(), secret(), new Date())).rejects.toMatchObject({ code: 'KEY_KIND_UNSUPPORTED' });
  });
});
