import { describe, expect, it } from 'vitest';
import type { FindingCode, SignatureReport } from '#shared/domain/verification.ts';
import type { SigningCredential } from '#pdf/sign-pdf.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import type { TrustStore } from '#pdf/verify-pdf.ts';
import type { TestSubjectId } from '#scripts/make-test-pki.ts';
import { credential, letter, sealAsAgency, signAsPerson, testPki, trust } from '#tests/support/signing-fixtures.ts';

async function judged(
  id: TestSubjectId,
  options: { trust?: Partial<TrustStore>; now?: Date; signingTime?: Date } = {},
): Promise<SignatureReport> {
  const signingTime = options.signingTime ?? new Date();
  const { bytes } = await signAsPerson(letter(), { credential: credential(id), signingTime });
  const [signature] = verifyPdf(bytes, {
    trust: { ...trust(), ...options.trust },
    now: options.now ?? new Date(),
  }).signatures;
  if (!signature) throw new Error('no signature');
  return signature;
}

const codes = (signature: SignatureReport): FindingCode[] => signature.findings.map((finding) => finding.code);

describe('trust never touches integrity, and never turns a gap green', () => {
  it('no anchor', async () => {
    const signature = await judged('person', { trust: { anchors: [] } });
    expect(signature).toMatchObject({ verdict: 'INDET', integrity: 'VALID' });
    expect(codes(signature)).toEqual(['CERT_UNTRUSTED']);
  });

  it('no revocation lists', async () => {
    const signature = await judged('person', { trust: { crls: [] } });
    expect(signature).toMatchObject({ verdict: 'INDET', integrity: 'VALID' });
    expect(codes(signature)).toEqual(['REVOCATION_NOT_CHECKED', 'REVOCATION_NOT_CHECKED']);
  });

  it('the list of the root alone does not cover the person', async () => {
    const signature = await judged('person', { trust: { crls: [testPki().crl('root')] } });
    expect(signature.findings).toMatchObject([{ code: 'REVOCATION_NOT_CHECKED', params: { name: 'Bùi Hồng Quý' } }]);
  });

  it('a forged list counts for nothing', async () => {
    const forged = testPki().crl('issuing');
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    const signature = await judged('person', { trust: { crls: [testPki().crl('root'), forged] } });
    expect(codes(signature)).toEqual(['REVOCATION_NOT_CHECKED']);
  });

  it('lists out of date', async () => {
    const now = new Date(Date.now() + 3 * 365 * 86_400_000);
    const signature = await judged('person', { now });
    expect(signature).toMatchObject({ verdict: 'INDET', integrity: 'VALID' });
    expect(new Set(codes(signature))).toEqual(new Set(['REVOCATION_STALE']));
  });

  it('revoked', async () => {
    const signature = await judged('revoked');
    expect(signature).toMatchObject({ verdict: 'INVALID', integrity: 'VALID' });
    expect(signature.findings).toMatchObject([{ code: 'CERT_REVOKED', params: { name: 'Phạm Văn Hồi' } }]);
  });

  it('expired since', async () => {
    const signature = await judged('expired', { signingTime: new Date('2020-06-01T00:00:00Z') });
    expect(signature).toMatchObject({ verdict: 'INDET', integrity: 'VALID' });
    expect(codes(signature)).toContain('CERT_EXPIRED');
  });

  it('not yet valid', async () => {
    const signature = await judged('future', { signingTime: new Date('2046-01-01T00:00:00Z') });
    expect(signature).toMatchObject({ verdict: 'INDET', integrity: 'VALID' });
    expect(codes(signature)).toContain('CERT_NOT_YET_VALID');
  });

  it('an issuer that is no authority', async () => {
    const person = credential('person2');
    const signature = await judged('person', { trust: { anchors: [person.chain[0] ?? new Uint8Array()] } });
    expect(codes(signature)).toEqual(['CERT_UNTRUSTED']);
  });

  it('unreadable trust counts as absent', async () => {
    const garbage = [new Uint8Array([1, 2, 3])];
    const signature = await judged('person', { trust: { anchors: garbage, intermediates: garbage, crls: garbage } });
    expect(codes(signature)).toEqual(['CERT_UNTRUSTED']);
  });
});

describe('refused before the key is used', () => {
  const silent = (id: TestSubjectId): SigningCredential => ({
    chain: credential(id).chain,
    signData: () => Promise.reject(new Error('the key was used')),
  });

  it.for([
    ['expired', 'SIGN_CERT_EXPIRED', 'Lê Văn Cũ'],
    ['future', 'SIGN_CERT_NOT_YET_VALID', 'Ngô Thị Mai Sau'],
    ['wrong-usage', 'SIGN_CERT_WRONG_USAGE', 'may-chu.example.invalid'],
  ] as const)('%s', async ([id, code, name]) => {
    const attempt = signAsPerson(letter(), { credential: silent(id) });
    await expect(attempt).rejects.toMatchObject({ code, params: { name } });
  });

  it('an authority is no signer', async () => {
    const chain = [testPki().certificate('issuing'), testPki().certificate('root')];
    const attempt = signAsPerson(letter(), { credential: { chain, signData: silent('person').signData } });
    await expect(attempt).rejects.toMatchObject({ code: 'SIGN_CERT_WRONG_USAGE' });
  });

  it('unreadable certificates', async () => {
    const chain = [new Uint8Array([0x30, 0x80])];
    const attempt = signAsPerson(letter(), { credential: { chain, signData: silent('person').signData } });
    await expect(attempt).rejects.toMatchObject({ code: 'SIGN_CERT_UNREADABLE' });
    const none = signAsPerson(letter(), { credential: { chain: [], signData: silent('person').signData } });
    await expect(none).rejects.toMatchObject({ code: 'SIGN_CERT_UNREADABLE' });
  });

  it('no seal on an unsigned letter, nor on one that only an agency signed (Decree 30/2020, Article 32)', async () => {
    await expect(sealAsAgency(letter(), { credential: silent('agency') })).rejects.toMatchObject({
      code: 'SIGN_NOT_PERSON_SIGNED',
    });
    const { bytes } = await signAsPerson(letter(), { credential: credential('agency2') });
    await expect(sealAsAgency(bytes, { credential: silent('agency') })).rejects.toMatchObject({
      code: 'SIGN_NOT_PERSON_SIGNED',
    });
  });
});
