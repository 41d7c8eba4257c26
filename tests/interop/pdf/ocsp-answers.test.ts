import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readOcspAnswer } from '#pdf/crypto/ocsp.ts';
import { openPdf } from '#pdf/syntax/document.ts';
import { IncrementalUpdate } from '#pdf/syntax/incremental-update.ts';
import { dict, isRef, withEntries } from '#pdf/syntax/objects.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { dir } from '#tests/support/foreign-signature.ts';
import { letter, signAsPerson, testPki, trust } from '#tests/support/signing-fixtures.ts';

/** Answers of `openssl ocsp` in the security store of a signed letter, with nothing else known of the signer's certificate. */

const DAY_MS = 24 * 3_600_000;
const pki = (file: string): string => join(testPki().dir, file);
const own = (file: string): string => join(dir, file);
const openssl = (...args: readonly string[]): string =>
  execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

let signed: Uint8Array;
let serial: string;

beforeAll(async () => {
  signed = (await signAsPerson(letter())).bytes;
  serial = openssl('x509', '-in', pki('person.pem'), '-noout', '-serial').trim().replace('serial=', '');
  responder('appointed', 'extendedKeyUsage=OCSPSigning', ['-CA', pki('issuing.pem'), '-CAkey', pki('issuing.key')]);
  responder('unappointed', 'extendedKeyUsage=emailProtection', [
    '-CA',
    pki('issuing.pem'),
    '-CAkey',
    pki('issuing.key'),
  ]);
  responder('stranger', 'extendedKeyUsage=OCSPSigning', ['-key', own('stranger.key')]);
});

function responder(id: string, extension: string, issuer: readonly string[]): void {
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', own(`${id}.key`), '-out', own(`${id}.csr`)];
  openssl('req', '-new', ...key, '-subj', `/C=VN/CN=${id}`);
  writeFileSync(own(`${id}.cnf`), `${extension}\n`);
  const args = ['-in', own(`${id}.csr`), '-days', '30', '-set_serial', '4712', '-out', own(`${id}.pem`)];
  openssl('x509', '-req', ...args, '-extfile', own(`${id}.cnf`), ...issuer);
}

function said(bytes: Uint8Array) {
  const { tbs, signature } = readOcspAnswer(bytes);
  return { tbs, signature };
}

interface Asked {
  readonly by?: 'issuing' | 'appointed' | 'unappointed' | 'stranger';
  readonly state?: 'good' | 'revoked' | 'unknown';
  /** Whose certificate is asked about. */
  readonly about?: 'person' | 'agency';
}

function answer({ by = 'issuing', state = 'good', about = 'person' }: Asked = {}): Uint8Array {
  const rows = {
    good: `V\t400101000000Z\t\t${serial}\tunknown\t/CN=x\n`,
    revoked: `R\t400101000000Z\t260101000000Z,keyCompromise\t${serial}\tunknown\t/CN=x\n`,
    unknown: '',
  };
  const other = openssl('x509', '-in', pki('agency.pem'), '-noout', '-serial').trim().replace('serial=', '');
  writeFileSync(own('index.txt'), `${rows[state]}V\t400101000000Z\t\t${other}\tunknown\t/CN=y\n`);
  const at = by === 'issuing' ? pki : own;
  const asked = ['-issuer', pki('issuing.pem'), '-cert', pki(`${about}.pem`)];
  const signer = ['-rsigner', at(`${by}.pem`), '-rkey', at(`${by}.key`), '-CA', pki('issuing.pem')];
  openssl('ocsp', '-index', own('index.txt'), ...signer, ...asked, '-ndays', '1', '-respout', own('answer'));
  return new Uint8Array(readFileSync(own('answer')));
}

/** The letter with these answers in its security store. */
function keeping(...answers: readonly Uint8Array[]): Uint8Array {
  const document = openPdf(signed);
  const update = new IncrementalUpdate(document);
  const streams = answers.map((bytes) => update.add({ kind: 'stream', dict: dict({}), raw: Buffer.from(bytes) }));
  const root = document.trailer.entries.get('Root');
  if (!isRef(root)) throw new Error('no catalog');
  update.set(root, withEntries(document.catalog, { DSS: dict({ OCSPs: streams }) }));
  return new Uint8Array(update.finish().bytes);
}

function judged(file: Uint8Array, after = 0): readonly [verdict: string, ...codes: string[]] {
  const { anchors, intermediates, crls } = trust();
  // The list of the root alone: who issued the signer's certificate keeps silent.
  const known = { anchors, intermediates, crls: crls.slice(0, 1) };
  const report = verifyPdf(file, { trust: known, now: new Date(Date.now() + after) });
  const [signature] = report.signatures;
  return [report.verdict, ...(signature?.findings ?? []).map(({ code }) => code)];
}

describe('an OCSP answer kept in the file', () => {
  it('proves the certificate good when its issuer, or whom that appointed, says so; without one nothing is known', () => {
    expect(judged(signed)).toEqual(['INDET', 'REVOCATION_NOT_CHECKED']);
    expect(judged(keeping(answer()))).toEqual(['VALID']);
    expect(judged(keeping(answer({ by: 'appointed' })))).toEqual(['VALID']);
  });

  it.each<[string, Asked]>([
    ['somebody whom the issuer certified for other things', { by: 'unappointed' }],
    ['a stranger', { by: 'stranger' }],
    ['an issuer that does not know the certificate', { state: 'unknown' }],
    ['an issuer about another certificate', { about: 'agency' }],
  ])('proves nothing from %s', (_who, asked) => {
    expect(judged(keeping(answer(asked)))).toEqual(['INDET', 'REVOCATION_NOT_CHECKED']);
  });

  it('revokes it, whatever a better answer beside it says; but not in the words of a stranger', () => {
    const revoked = answer({ state: 'revoked' });
    expect(judged(keeping(revoked))).toEqual(['INVALID', 'CERT_REVOKED']);
    expect(judged(keeping(answer(), revoked))).toEqual(['INVALID', 'CERT_REVOKED']);
    // Long out of date as well.
    expect(judged(keeping(revoked), 2 * DAY_MS)).toContain('CERT_REVOKED');
    expect(judged(keeping(answer(), answer({ state: 'revoked', by: 'stranger' })))).toEqual(['VALID']);
  });

  it('is good for the day that it names and no longer', () => {
    expect(judged(keeping(answer()), 2 * DAY_MS)).toEqual(['INDET', 'REVOCATION_STALE']);
  });

  it('proves nothing once a bit of it was changed, wherever', () => {
    const whole = answer();
    for (let at = 0; at < whole.length; at += 29) {
      const changed = Uint8Array.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const [verdict] = judged(keeping(changed));
      // What goes with the answer is not signed: another certificate, or an unread length, changes nothing of what is said.
      if (verdict !== 'VALID') expect(verdict).toBe('INDET');
      else expect(said(changed)).toEqual(said(whole));
    }
  });
});
