import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { VerificationReport } from '#shared/domain/verification.ts';
import { httpRevocationServices, httpValidationServices } from '#network/validation-services.ts';
import { readCertificate } from '#pdf/crypto/certificate.ts';
import { buildOcspRequest } from '#pdf/crypto/ocsp.ts';
import { signAtLevel } from '#pdf/sign-at-level.ts';
import { signPdf } from '#pdf/sign-pdf.ts';
import { emptyTrust, verifyPdf } from '#pdf/verify-pdf.ts';
import { verifyOnline } from '#pdf/verify-online.ts';
import { letter, signatureImage } from '#tests/support/signing-fixtures.ts';
import { startAuthorities } from '#tests/support/validation-authorities.ts';
import type { ValidationAuthorities } from '#tests/support/validation-authorities.ts';
import { runVanthu } from '#tests/support/vanthu-command.ts';

/** Files that keep no validation data, and authorities of openssl that are asked while one looks at them. */

let world: ValidationAuthorities;
let signed: Uint8Array;
beforeAll(async () => {
  world = await startAuthorities();
  signed = (await signPdf(letter(), request())).bytes;
});
afterEach(() => {
  world.asked.length = 0;
  world.instead.clear();
  world.revoked.clear();
});
afterAll(() => world.close());

const clock = (): Date => new Date();
const request = (): Parameters<typeof signPdf>[1] => ({
  role: 'person',
  credential: world.credential('person'),
  signingTime: new Date(),
  appearance: { image: signatureImage() },
});
const services = httpRevocationServices((url, init) => fetch(url, init), 2_000);
const online = (bytes = signed, trust = world.trust()): Promise<VerificationReport> =>
  verifyOnline(bytes, trust, services, clock);
const trustFindings = ({ signatures }: VerificationReport): string[] =>
  signatures.flatMap(({ findings }) => findings.filter(({ scope }) => scope === 'trust').map(({ code }) => code));
const down = (...paths: readonly string[]): void => {
  for (const path of paths) world.instead.set(path, () => ({ status: 503 }));
};

describe('certificates that nothing at hand proves good', () => {
  it('are asked about, each below the root once', async () => {
    expect(verifyPdf(signed, { trust: world.trust(), now: clock() }).verdict).toBe('INDET');
    expect((await online()).verdict).toBe('VALID');
    expect(world.asked.toSorted()).toEqual(['POST /ocsp/people', 'POST /ocsp/root']);
  });

  it('by their list where the responder is down', async () => {
    down('/ocsp/people');
    expect((await online()).verdict).toBe('VALID');
    expect(world.asked).toContain('GET /crl/people');
  });

  it('stay unproven where nobody answers, and are not taken for good', async () => {
    down('/ocsp/people', '/crl/people');
    const report = await online();
    expect(report.verdict).toBe('INDET');
    expect(trustFindings(report)).toEqual(['REVOCATION_NOT_CHECKED']);
  });

  it.for(['person', 'people'] as const)('that were revoked (%s) are', async (member) => {
    world.revoked.set(member, new Date(Date.now() - 60_000));
    const report = await online();
    expect(report.verdict).toBe('INVALID');
    expect(trustFindings(report)).toEqual(['CERT_REVOKED']);
  });

  it('an answer to another question proves nothing', async () => {
    const [people, root] = (['people', 'root'] as const).map((member) => readCertificate(world.certificate(member)));
    if (!people || !root) throw new Error('no certificate');
    const other = buildOcspRequest(people, root, new Uint8Array(16).fill(7));
    world.instead.set('/ocsp/people', () => ({ body: world.ocsp('root', other) }));
    down('/crl/people');
    expect((await online()).verdict).toBe('INDET');
  });
});

describe('nobody is asked', () => {
  it('about certificates that lead to no trusted root', async () => {
    expect(trustFindings(await online(signed, emptyTrust))).toEqual(['CERT_UNTRUSTED']);
    expect(world.asked).toEqual([]);
  });

  it('when lists at hand say it', async () => {
    expect((await online(signed, world.trust(clock()))).verdict).toBe('VALID');
    expect(world.asked).toEqual([]);
  });

  it('when the file keeps it', async () => {
    const options = { timestampAddress: world.tsaAddress() };
    const both = httpValidationServices((url, init) => fetch(url, init), options);
    const kept = await signAtLevel(letter(), { ...request(), trust: world.trust() }, 'B-LT', both, clock);
    world.asked.length = 0;
    expect((await online(kept)).verdict).toBe('VALID');
    expect(world.asked).toEqual([]);
  });
});

it('the authority of a time stamp is asked about, and then what was judged by its time', async () => {
  const options = { timestampAddress: world.tsaAddress() };
  const both = httpValidationServices((url, init) => fetch(url, init), options);
  const stamped = await signAtLevel(letter(), { ...request(), trust: world.trust() }, 'B-T', both, clock);
  world.asked.length = 0;
  const report = await online(stamped);
  expect(report.verdict).toBe('VALID');
  expect(report.signatures[0]?.provenTime).toBeDefined();
  expect(world.asked.filter((one) => one === 'POST /ocsp/stamps')).toHaveLength(1);
});

describe('the command line', () => {
  const vanthu = async (...args: readonly string[]): Promise<readonly [number | null, string]> => {
    const file = join(world.dir, 'signed.pdf');
    writeFileSync(file, signed);
    const { status, stdout } = await runVanthu([
      'verify',
      file,
      '--trust',
      join(world.dir, 'root.pem'),
      '--json',
      ...args,
    ]);
    return [status, (JSON.parse(stdout) as { verdict: string }).verdict];
  };

  it('asks, unless it is offline or the moment is another one', async () => {
    expect(await vanthu()).toEqual([0, 'VALID']);
    expect(world.asked).not.toEqual([]);
    world.asked.length = 0;
    expect(await vanthu('--offline')).toEqual([11, 'INDET']);
    expect(await vanthu('--at', new Date().toISOString())).toEqual([11, 'INDET']);
    expect(world.asked).toEqual([]);
  });
});
