import { createVerify, X509Certificate } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '#pdf/crypto/der.ts';
import { signPdf } from '#pdf/sign-pdf.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import type { TestSubjectId } from '#scripts/make-test-pki.ts';
import { loadDriver } from '#tokens/pkcs11/driver.ts';
import { listTokens } from '#tokens/pkcs11/list-tokens.ts';
import { openToken } from '#tokens/pkcs11/open-token.ts';
import { pdfsig } from '#tests/support/other-readers.ts';
import { letter, testPki, trust } from '#tests/support/signing-fixtures.ts';
import { softHsm, softToken } from '#tests/support/soft-token.ts';
import type { SoftToken } from '#tests/support/soft-token.ts';

const held: readonly TestSubjectId[] = ['person', 'agency', 'person-ec', 'person-ec384'];
let token: SoftToken;
let serial: string;

beforeAll(() => {
  token = softToken(held);
  serial = listTokens(softHsm).find(({ label }) => label === 'Thẻ văn thư')?.serial ?? '';
});

afterAll(() => {
  loadDriver(softHsm).close();
  token.remove();
});

const open = (pin = token.pin, certificateId: string | null = null) =>
  openToken({ kind: 'token', module: softHsm, serial, certificateId }, pin, new Date());

describe('a token of SoftHSM', () => {
  it('is listed with its label and the certificates that it shows', () => {
    const listed = listTokens(softHsm).find((one) => one.serial === serial);
    expect(listed).toMatchObject({ label: 'Thẻ văn thư', manufacturer: 'SoftHSM project', pin: 'untouched' });
    expect(serial).toMatch(/^[0-9a-f]{16}$/);
    expect(listed?.certificates.map(({ id }) => id).toSorted()).toEqual(['01', '02', '03', '04', 'A0', 'A1']);
    expect(listed?.certificates.find(({ id }) => id === '01')).toMatchObject({ subject: 'Bùi Hồng Quý' });
  });

  it('tells whose keys it holds, each with the chain that lies beside it', async () => {
    const session = await open();
    try {
      expect(session.holders.map(({ subject }) => subject).toSorted()).toEqual(
        ['Bùi Hồng Quý', 'Văn phòng UBND tỉnh Đắk Lắk', 'Y Bình Niê', 'Đỗ Thị Êban'].toSorted(),
      );
      const pki = testPki();
      const person = session.holders.find(({ subject }) => subject === 'Bùi Hồng Quý');
      expect(person?.chain.map(toHex)).toEqual(
        [pki.certificate('person'), pki.certificate('issuing'), pki.certificate('root')].map(toHex),
      );
      expect(session.has(pki.certificate('person'))).toBe(true);
      expect(session.has(pki.certificate('person2'))).toBe(false);
      await expect(session.sign(pki.certificate('person2'), new Uint8Array(3))).rejects.toMatchObject({
        code: 'SIGN_KEY_MISMATCH',
      });
    } finally {
      session.close();
    }
  });

  it.each(held)('signs with the key of %s as openssl verifies', async (subject) => {
    const certificate = testPki().certificate(subject);
    const session = await open();
    try {
      // As many as find an ECDSA value whose halves have a leading zero or a set first bit.
      for (let round = 0; round < 40; round += 1) {
        const data = new TextEncoder().encode(`signed attributes ${round}`);
        const signature = await session.sign(certificate, data);
        expect(createVerify('sha256').update(data).verify(new X509Certificate(certificate).publicKey, signature)).toBe(
          true,
        );
      }
    } finally {
      session.close();
    }
  });

  it.each(['person', 'person-ec'] as const)(
    'signs a letter for %s that Poppler and our verifier accept',
    async (subject) => {
      const certificate = testPki().certificate(subject);
      const session = await open();
      try {
        const chain = session.holders.find(({ chain: [own] }) => own && toHex(own) === toHex(certificate))?.chain ?? [];
        const credential = { chain, signData: (data: Uint8Array) => session.sign(certificate, data) };
        const request = { role: 'person', credential, signingTime: new Date(), appearance: { image: null } } as const;
        const { bytes } = await signPdf(letter(), request);
        expect(verifyPdf(bytes, { trust: trust(), now: new Date() })).toMatchObject({
          verdict: 'VALID',
          integrity: 'VALID',
        });
        expect(pdfsig(bytes)).toEqual(['Signature is Valid.']);
      } finally {
        session.close();
      }
    },
  );

  it('opens one of several certificates by its id', async () => {
    const session = await open(token.pin, '02');
    expect(session.holders).toMatchObject([{ agency: true }]);
    session.close();
    await expect(open(token.pin, 'A0')).rejects.toMatchObject({ code: 'TOKEN_KEY_MISSING' });
  });

  it('takes a PIN once, says so when it is wrong, and forgets that after the right one', async () => {
    await expect(open('000000')).rejects.toMatchObject({ code: 'TOKEN_PIN_WRONG' });
    expect(listTokens(softHsm).find((one) => one.serial === serial)?.pin).toBe('tried');
    await expect(open('')).rejects.toMatchObject({ code: 'TOKEN_PIN_MISSING' });
    (await open()).close();
    expect(listTokens(softHsm).find((one) => one.serial === serial)?.pin).toBe('untouched');
    // Logged out again: a key is found only behind the PIN.
    await expect(open('000000')).rejects.toMatchObject({ code: 'TOKEN_PIN_WRONG' });
    (await open()).close();
  });

  it('that is not there, or pulled out while it signs, is told apart', async () => {
    await expect(
      openToken({ kind: 'token', module: softHsm, serial: '0000', certificateId: null }, token.pin, new Date()),
    ).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND', params: { serial: '0000' } });
    const session = await open();
    rmSync(token.tokens, { recursive: true });
    await expect(session.sign(testPki().certificate('person'), new Uint8Array(3))).rejects.toMatchObject({
      code: 'TOKEN_REMOVED',
    });
    session.close();
  });
});
