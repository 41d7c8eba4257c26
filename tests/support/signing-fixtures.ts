import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signPdf } from '#pdf/sign-pdf.ts';
import type { SignedPdf, SignRequest } from '#pdf/sign-pdf.ts';
import type { TrustStore } from '#pdf/verify-pdf.ts';
import { makeTestPki } from '#scripts/make-test-pki.ts';
import type { TestPki, TestSubjectId } from '#scripts/make-test-pki.ts';
import { openPkcs12 } from '#tokens/pkcs12.ts';
import type { Pkcs12Credential } from '#tokens/pkcs12.ts';

const repositoryUrl = new URL('../..', import.meta.url);
const read = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, repositoryUrl)));

let made: TestPki | undefined;

/** The test authority, made once per machine and version of its script. */
export function testPki(): TestPki {
  const version = createHash('sha256').update(read('scripts/make-test-pki.ts')).digest('hex').slice(0, 12);
  made ??= makeTestPki(join(tmpdir(), `van-thu-test-pki-${version}`));
  return made;
}

export function credential(id: TestSubjectId): Pkcs12Credential {
  return openPkcs12(new Uint8Array(readFileSync(testPki().p12(id))), testPki().password).holders(new Date())[0];
}

/** The sample letter: two pages, classic cross-reference table. */
export const letter = (): Uint8Array => read('resources/demo/letters/cong-van-241.pdf');
export const scan = (): Uint8Array => read('resources/demo/letters/cong-van-241-scan.pdf');
export const signatureImage = (): Uint8Array => read('resources/demo/signature.png');
export const sealImage = (): Uint8Array => read('resources/demo/seal.png');

/** Between "CHÁNH VĂN PHÒNG" and "Bùi Hồng Quý" on page 2 of the letter. */
export const letterAnchor = { page: 2, x: 399.9, y: 141, width: 140.7, height: 54 };

export function trust(): TrustStore {
  const pki = testPki();
  return {
    anchors: [pki.certificate('root')],
    intermediates: [pki.certificate('issuing')],
    crls: [pki.crl('root'), pki.crl('issuing')],
  };
}

export function signAsPerson(bytes: Uint8Array, change: Partial<SignRequest> = {}): Promise<SignedPdf> {
  return signPdf(bytes, {
    role: 'person',
    credential: credential('person'),
    signingTime: new Date(),
    appearance: { image: signatureImage() },
    ...change,
  });
}

export function sealAsAgency(bytes: Uint8Array, change: Partial<SignRequest> = {}): Promise<SignedPdf> {
  return signPdf(bytes, {
    role: 'seal',
    credential: credential('agency'),
    signingTime: new Date(),
    appearance: { image: sealImage() },
    ...change,
  });
}

/** The letter, signed by the person and sealed by the agency. */
export async function signedLetter(): Promise<{ person: SignedPdf; sealed: SignedPdf }> {
  const person = await signAsPerson(letter(), { appearance: { image: signatureImage(), anchor: letterAnchor } });
  return { person, sealed: await sealAsAgency(person.bytes) };
}
