import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { httpValidationServices } from '#network/validation-services.ts';
import { renewTimestamp } from '#pdf/renew-timestamp.ts';
import { signAtLevel } from '#pdf/sign-at-level.ts';
import type { StampedLevel } from '#pdf/sign-at-level.ts';
import { signPdf } from '#pdf/sign-pdf.ts';
import type { SignRequest } from '#pdf/sign-pdf.ts';
import { openPdf } from '#pdf/syntax/document.ts';
import { emptyTrust, verifyPdf } from '#pdf/verify-pdf.ts';
import type { TrustStore } from '#pdf/verify-pdf.ts';
import { drawnPages, pdfsig, qpdf, qpdfCheck, qpdfJson } from '#tests/support/other-readers.ts';
import type { QpdfDict } from '#tests/support/other-readers.ts';
import { letter, signatureImage } from '#tests/support/signing-fixtures.ts';
import { DAY_MS, endOf, startAuthorities } from '#tests/support/validation-authorities.ts';
import type { Member, Stamper, ValidationAuthorities } from '#tests/support/validation-authorities.ts';
import { runVanthu } from '#tests/support/vanthu-command.ts';

/** Levels B-LT and B-LTA with authorities of openssl that answer over HTTP on loopback. */

let world: ValidationAuthorities;
beforeAll(async () => {
  world = await startAuthorities();
});
afterEach(() => {
  world.asked.length = 0;
  world.instead.clear();
  world.revoked.clear();
});
afterAll(() => world.close());

interface Wish {
  readonly level?: StampedLevel;
  readonly by?: 'person' | 'agency';
  readonly stamper?: Stamper;
  readonly trust?: TrustStore;
  readonly alone?: boolean;
  readonly clock?: () => Date;
  readonly password?: string;
}

const present = (): Date => new Date();
const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);
const services = (stamper?: Stamper) =>
  httpValidationServices((url, init) => fetch(url, init), { timestampAddress: world.tsaAddress(stamper) });
/** How often a private key was used. */
let used = 0;

function request({ by = 'person', alone = false, trust = world.trust(), password }: Wish = {}): SignRequest {
  const own = world.credential(by, alone);
  const signData = (data: Uint8Array): Promise<Uint8Array> => {
    used += 1;
    return own.signData(data);
  };
  const role = by === 'person' ? 'person' : 'seal';
  const appearance = { image: signatureImage() };
  return { role, credential: { ...own, signData }, signingTime: new Date(), appearance, trust, password };
}

const sign = (bytes: Uint8Array, wish: Wish = {}): Promise<Uint8Array> =>
  signAtLevel(bytes, request(wish), wish.level ?? 'B-LT', services(wish.stamper), wish.clock ?? present);

/** Verdict of the document, then the level of each signature and the codes of its findings. */
function judged(bytes: Uint8Array, now = new Date(), trust = world.trust()) {
  const report = verifyPdf(bytes, { trust, now });
  const signatures = report.signatures.map(({ role, level, findings }) =>
    [role === 'timestamp' ? role : level, ...findings.map(({ code }) => code)].join(' '),
  );
  return [report.verdict, ...signatures];
}

function refuse(path: string, status = 503): void {
  world.instead.set(path, () => ({ status }));
}

/** The store as qpdf reads it: references and bytes of each kind. */
function storeOf(bytes: Uint8Array) {
  const { catalog, resolve, stream } = qpdfJson(bytes);
  const store = resolve(catalog['/DSS']) as QpdfDict;
  const kind = (key: string) => ((store[key] ?? []) as string[]).map((ref) => ({ ref, bytes: stream(ref) }));
  return { keys: Object.keys(store), certs: kind('/Certs'), lists: kind('/CRLs'), answers: kind('/OCSPs') };
}

const hex = (items: readonly { bytes: Uint8Array }[]): string[] =>
  items.map(({ bytes }) => Buffer.from(bytes).toString('hex')).toSorted();
const certificates = (...members: readonly Member[]): string[] =>
  hex(members.map((member) => ({ bytes: world.certificate(member) })));

describe('the entries of a level, as qpdf and openssl see them', () => {
  const forms: [string, () => Uint8Array][] = [
    ['a table of objects', letter],
    ['streams of objects', () => qpdf(letter(), '--object-streams=generate', '--min-version=1.7')],
    ['PDF 2.0', () => qpdf(letter(), '--force-version=2.0')],
  ];

  it.each(forms)('in a file with %s', async (form, make) => {
    const input = make();
    const bytes = await sign(input, { level: 'B-LTA' });
    expect(Buffer.compare(bytes.subarray(0, input.length), input)).toBe(0);
    const ends = openPdf(bytes).revisions.map(({ end }) => end);
    const steps = ends.slice(-3).map((end) => bytes.slice(0, end + '\n'.length));
    // Each step begins with the one before: signature with time stamp, validation data, document time stamp.
    const levels = steps.map((step) => judged(step, new Date(), emptyTrust)[1]?.split(' ')[0]);
    expect(levels).toEqual(['B-T', 'B-LT', 'B-LTA']);
    const [stamped, kept] = steps.map((step) => qpdfJson(step).catalog);
    expect(stamped).not.toHaveProperty('/DSS');
    expect(kept).toHaveProperty('/DSS');

    const { keys, certs, lists, answers } = storeOf(bytes);
    expect(keys.toSorted()).toEqual(['/Certs', '/OCSPs', '/Type']);
    expect(hex(certs)).toEqual(certificates('person', 'people', 'root', 'tsa', 'stamps'));
    expect(lists).toEqual([]);
    expect(answers).toHaveLength(4);

    const { catalog, fields } = qpdfJson(bytes);
    const extension = { '/ESIC': { '/BaseVersion': '/1.7', '/ExtensionLevel': 1 } };
    expect(catalog['/Extensions']).toEqual(form === 'PDF 2.0' ? undefined : extension);
    // An extension of 1.7 is one of a file that says it is no older.
    expect(catalog['/Version']).toBe(form === 'a table of objects' ? '/1.7' : undefined);
    expect(fields.map(({ value }) => [value['/Type'], value['/SubFilter'], value['/Filter']])).toEqual([
      ['/Sig', '/ETSI.CAdES.detached', '/Adobe.PPKLite'],
      ['/DocTimeStamp', '/ETSI.RFC3161', '/Adobe.PPKLite'],
    ]);
    const archive = fields[1];
    expect(archive?.field).toMatchObject({ '/FT': '/Sig', '/Rect': [0, 0, 0, 0], '/F': 132 });
    expect(opensslAccepts(bytes, archive?.value)).toContain('Verification: OK');

    expect(judged(bytes)).toEqual(['VALID', 'B-LTA', 'timestamp']);
    expect(pdfsig(bytes)[0]).toBe('Signature is Valid.');
    expect(qpdfCheck(bytes)).toMatchObject({ status: 0 });
    expect(drawnPages(bytes)).toEqual(drawnPages(steps[0] ?? input));
  });

  /** `openssl ts` on the token as it stands in the file, over the bytes that it says it covers. */
  function opensslAccepts(bytes: Uint8Array, value: QpdfDict | undefined): string {
    const [start = 0, before = 0, after = 0, rest = 0] = (value?.['/ByteRange'] ?? []) as number[];
    expect([start, after + rest]).toEqual([0, bytes.length]);
    const at = (file: string): string => join(world.dir, file);
    writeFileSync(at('covered'), Buffer.concat([bytes.subarray(0, before), bytes.subarray(after)]));
    const contents = Buffer.from(String(value?.['/Contents']).replace('b:', ''), 'hex');
    writeFileSync(at('token'), contents.subarray(0, contents.readUInt16BE(2) + 4));
    const trusted = ['-CAfile', at('root.pem'), '-untrusted', at('stamps.pem')];
    return execFileSync(
      'openssl',
      ['ts', '-verify', '-data', at('covered'), '-in', at('token'), '-token_in', ...trusted],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
  }
});

describe('who is asked', () => {
  it('the responder of each certificate below a root, before the key is used', async () => {
    const bytes = await sign(letter());
    expect(world.asked).toEqual([
      expect.stringMatching(/^POST \/ocsp\/(people|root)$/),
      expect.stringMatching(/^POST \/ocsp\/(people|root)$/),
      'POST /tsa/tsa',
      expect.stringMatching(/^POST \/ocsp\/(stamps|root)$/),
      expect.stringMatching(/^POST \/ocsp\/(stamps|root)$/),
    ]);
    expect(judged(bytes)).toEqual(['VALID', 'B-LT']);
    expect(pdfsig(bytes)).toEqual(['Signature is Valid.']);
  });

  it('the list where the responder is down, sends too much, is a stranger, or sends an old answer again', async () => {
    const old = world.ocsp('people', requestAbout('person'));
    const stranger = (body: Uint8Array) => ({
      body: world.ocsp('people', body, '-rsigner', 'tsa.pem', '-rkey', 'tsa.key'),
    });
    const troubles = [
      () => ({ status: 503 }),
      () => ({ body: new Uint8Array(64 * 1024 + 1) }),
      () => ({ body: old }),
      () => ({ body: Buffer.from('<html>') }),
      () => ({ status: 302, location: '/elsewhere' }),
      stranger,
    ];
    for (const trouble of troubles) {
      world.instead.set('/ocsp/people', trouble);
      const bytes = await sign(letter());
      expect(judged(bytes)).toEqual(['VALID', 'B-LT']);
      expect(hex(storeOf(bytes).lists)).toHaveLength(1);
    }
    expect(world.asked.filter((line) => line.endsWith('/elsewhere'))).toEqual([]);
  });

  /** A request with a nonce of its own. */
  function requestAbout(member: Member): Uint8Array {
    const at = (file: string): string => join(world.dir, file);
    const asked = ['-issuer', at('people.pem'), '-cert', at(`${member}.pem`), '-reqout', at('own.request')];
    execFileSync('openssl', ['ocsp', ...asked], { stdio: 'ignore' });
    return execFileSync('cat', [at('own.request')]);
  }

  it('nobody for a list that is at hand, once neither responder nor distribution point answers', async () => {
    refuse('/ocsp/people');
    refuse('/crl/people');
    const trust = world.trust(new Date());
    const bytes = await sign(letter(), { trust });
    expect(hex(storeOf(bytes).lists)).toEqual(hex([{ bytes: trust.crls[1] ?? new Uint8Array(0) }]));
    expect(judged(bytes)).toEqual(['VALID', 'B-LT']);
  });

  it('where issuers give their own certificates, when the key file holds none of them', async () => {
    const bytes = await sign(letter(), { alone: true, trust: emptyTrust });
    expect(world.asked.slice(0, 2)).toEqual(['GET /issuer/people', 'GET /issuer/root']);
    expect(hex(storeOf(bytes).certs)).toEqual(certificates('person', 'people', 'root', 'tsa', 'stamps'));
    expect(judged(bytes)).toEqual(['VALID', 'B-LT']);
  });
});

describe('what refuses, with no key used', () => {
  const before = async (wish: Wish = {}) => {
    used = 0;
    const failure = await sign(letter(), wish).catch((error: unknown) => error);
    expect(used).toBe(0);
    expect(world.asked).not.toContain('POST /tsa/tsa');
    return failure;
  };

  it('neither responder nor list: what became of each address is said', async () => {
    refuse('/ocsp/people');
    world.instead.set('/crl/people', () => ({ body: new Uint8Array(10 * 1024 * 1024 + 1) }));
    const failure = await before();
    expect(failure).toMatchObject({ code: 'SIGN_REVOCATION_UNKNOWN', params: { name: 'Test Person' } });
    const { tried } = (failure as { params: { tried: string } }).params;
    expect(tried).toMatch(
      /^OCSP http:\S+\/ocsp\/people: HTTP 503; CRL http:\S+\/crl\/people: more than 10485760 bytes$/,
    );
  });

  it('answers and lists that are out of date', async () => {
    world.instead.set('/crl/people', () => ({ body: world.list('people', inDays(-60)) }));
    const failure = await before({ clock: () => inDays(2) });
    expect(failure).toMatchObject({ code: 'SIGN_REVOCATION_UNKNOWN' });
    expect((failure as { params: { tried: string } }).params.tried.match(/out of date since/g)).toHaveLength(2);
  });

  it('a certificate that was revoked, says its responder or its list, or its issuer was', async () => {
    world.revoked.set('person', inDays(-1));
    expect(await before()).toMatchObject({ code: 'SIGN_CERT_REVOKED', params: { name: 'Test Person' } });
    refuse('/ocsp/people');
    expect(await before()).toMatchObject({ code: 'SIGN_CERT_REVOKED', params: { name: 'Test Person' } });
    world.revoked.clear();
    world.revoked.set('people', inDays(-1));
    expect(await before()).toMatchObject({ code: 'SIGN_CERT_REVOKED', params: { name: 'Test People CA' } });
  });

  it('an issuer whose certificate is nowhere to be had', async () => {
    refuse('/issuer/people', 404);
    expect(await before({ alone: true })).toMatchObject({
      code: 'SIGN_CHAIN_INCOMPLETE',
      params: { name: 'Test Person', issuer: 'Test People CA' },
    });
    // Somebody else's certificate is not the issuer's.
    world.instead.set('/issuer/people', () => ({ body: world.certificate('stamps') }));
    expect(await before({ alone: true })).toMatchObject({ code: 'SIGN_CHAIN_INCOMPLETE' });
  });
});

it('an authority of time stamps is refused when it is revoked, or nobody says whether it is', async () => {
  world.revoked.set('tsa', inDays(-1));
  await expect(sign(letter())).rejects.toMatchObject({ code: 'TSA_CERT_REVOKED', params: { name: 'Test TSA' } });
  world.revoked.clear();
  refuse('/ocsp/stamps');
  refuse('/crl/stamps');
  await expect(sign(letter())).rejects.toMatchObject({ code: 'SIGN_REVOCATION_UNKNOWN', params: { name: 'Test TSA' } });
});

it('an encrypted letter keeps what it needs in its own encryption', async () => {
  const locked = qpdf(letter(), '--encrypt', 'khach', 'chu', '256', '--');
  const signed = await sign(locked, { level: 'B-LTA', password: 'chu' });
  expect(Buffer.compare(signed.subarray(0, locked.length), locked)).toBe(0);
  const { verdict, signatures } = verifyPdf(signed, { trust: world.trust(), now: new Date(), password: 'khach' });
  expect([verdict, ...signatures.map(({ level }) => level)]).toEqual(['VALID', 'B-LTA', undefined]);
  expect(pdfsig(signed, '-upw', 'khach')[0]).toBe('Signature is Valid.');
  expect(qpdfCheck(signed, '--password=khach')).toMatchObject({ status: 0 });
  const root = Buffer.from(world.certificate('root'));
  expect(Buffer.from(signed).includes(root)).toBe(false);
  const opened = Buffer.from(qpdf(signed, '--password=khach', '--decrypt', '--stream-data=uncompress'));
  expect(opened.includes(root)).toBe(true);
});

describe('several signatures', () => {
  it('the second adds to the store, and both stay at B-LT', async () => {
    const person = await sign(letter());
    const sealed = await sign(person, { by: 'agency' });
    expect(Buffer.compare(sealed.subarray(0, person.length), person)).toBe(0);
    expect(judged(sealed)).toEqual(['VALID', 'B-LT', 'B-LT']);
    expect(pdfsig(sealed)).toEqual(['Signature is Valid.', 'Signature is Valid.']);
    const [first, both] = [storeOf(person), storeOf(sealed)];
    for (const kind of ['certs', 'answers'] as const) {
      expect(both[kind].slice(0, first[kind].length)).toEqual(first[kind]);
      expect(new Set(hex(both[kind])).size).toBe(both[kind].length);
    }
    expect(hex(both.certs)).toEqual(certificates('person', 'people', 'root', 'tsa', 'stamps', 'agency'));
  });

  it('a signature after a document time stamp leaves the first at B-LTA', async () => {
    const archived = await sign(letter(), { level: 'B-LTA' });
    const plain = (await signPdf(archived, request({ by: 'agency' }))).bytes;
    const lists = world.trust(new Date());
    expect(judged(plain, new Date(), lists)).toEqual(['VALID', 'B-LTA', 'timestamp', 'B-B']);
    const both = await sign(archived, { by: 'agency', level: 'B-LTA', stamper: 'briefTsa' });
    expect(judged(both)).toEqual(['VALID', 'B-LTA', 'timestamp', 'B-LTA', 'timestamp']);
    expect(pdfsig(both).filter((line) => line === 'Signature is Valid.')).toHaveLength(2);
    expect(qpdfCheck(both)).toMatchObject({ status: 0 });
  });
});

describe('years later', () => {
  const years = (count: number): Date => inDays(count * 365);
  const letters = new Map<StampedLevel, Uint8Array>();
  beforeAll(async () => {
    for (const level of ['B-T', 'B-LT', 'B-LTA'] as const) {
      letters.set(level, await sign(letter(), { level }));
    }
  });
  const later = (level: StampedLevel, now: Date, trust = world.trust(now)) =>
    judged(letters.get(level) ?? letter(), now, trust);

  it('the certificate of the signer has run out: what is kept proves it good when it signed', () => {
    expect(endOf(world.certificate('person')).getTime()).toBeLessThan(years(2).getTime());
    expect(later('B-LT', years(2))).toEqual(['VALID', 'B-LT']);
    expect(later('B-LTA', years(2))).toEqual(['VALID', 'B-LTA', 'timestamp']);
    // Nobody says of the authority of time stamps whether it is still good.
    expect(later('B-LTA', years(2), world.trust())[0]).toBe('INDET');
  });

  it('the issuer has run out too: a document time stamp proves what was known then, nothing else does', () => {
    expect(endOf(world.certificate('people')).getTime()).toBeLessThan(years(5).getTime());
    expect(later('B-LTA', years(5))).toEqual(['VALID', 'B-LTA', 'timestamp']);
    expect(later('B-LT', years(5))[0]).toBe('INDET');
    expect(later('B-T', years(5))[0]).toBe('INDET');
  });

  it('a revocation since does not touch the signature, one from before does', () => {
    world.revoked.set('person', inDays(30));
    expect(later('B-LT', years(0.5))).toEqual(['VALID', 'B-LT']);
    world.revoked.set('person', inDays(-1));
    expect(later('B-LTA', years(0.5))).toEqual(['INVALID', 'B-LTA CERT_REVOKED', 'timestamp']);
  });

  it('a further time stamp carries it over the end of the first authority', async () => {
    const brief = await sign(letter(), { level: 'B-LTA', stamper: 'briefTsa' });
    world.asked.length = 0;
    const renewed = await renewTimestamp(brief, world.trust(), services(), present);
    expect(Buffer.compare(renewed.subarray(0, brief.length), brief)).toBe(0);
    expect(judged(renewed)).toEqual(['VALID', 'B-LTA', 'timestamp', 'timestamp']);
    // Of the first authority all is kept already; the second's proof comes after its time stamp.
    expect(world.asked[0]).toBe('POST /tsa/tsa');
    expect(hex(storeOf(renewed).certs)).toContain(hex([{ bytes: world.certificate('tsa') }])[0]);
    expect(judged(brief, years(1), world.trust(years(1)))[0]).toBe('INDET');
    expect(judged(renewed, years(1), world.trust(years(1)))).toEqual(['VALID', 'B-LTA', 'timestamp', 'timestamp']);
    expect(judged(renewed, years(5), world.trust(years(5)))[0]).toBe('VALID');
    expect(qpdfCheck(renewed)).toMatchObject({ status: 0 });
  });

  it('a letter of level B-LT becomes B-LTA; when its answers have grown old, its authority is asked anew', async () => {
    const kept = letters.get('B-LT') ?? letter();
    const archived = await renewTimestamp(kept, world.trust(), services(), present);
    expect(judged(archived)).toEqual(['VALID', 'B-LTA', 'timestamp']);
    expect(world.asked).toEqual(['POST /tsa/tsa']);
    world.asked.length = 0;
    for (const path of ['/ocsp/stamps', '/ocsp/root']) refuse(path);
    const aged = await renewTimestamp(kept, world.trust(), services(), () => inDays(2));
    expect(world.asked).toContain('GET /crl/stamps');
    expect(judged(aged)).toEqual(['VALID', 'B-LTA', 'timestamp']);
    const old = new Set(hex(storeOf(kept).answers));
    expect(new Set(hex(storeOf(aged).answers))).toEqual(old);
    expect(storeOf(aged).lists).toHaveLength(2);
  });

  it('what keeps no validation data, or was altered, is not renewed', async () => {
    const renew = (bytes: Uint8Array) => renewTimestamp(bytes, world.trust(), services(), present);
    const stamped = letters.get('B-T') ?? letter();
    await expect(renew(stamped)).rejects.toMatchObject({ code: 'RENEW_NO_DATA', params: { level: 'B-T' } });
    await expect(renew(letter())).rejects.toMatchObject({ code: 'RENEW_NO_DATA' });
    const altered = Buffer.from(letters.get('B-LT') ?? letter());
    altered.write('Z', 11, 'latin1');
    await expect(renew(altered)).rejects.toMatchObject({ code: 'SIGN_INVALID_EXISTING' });
    expect(world.asked).toEqual([]);
  });
});

describe('the command line', () => {
  const at = (file: string): string => join(world.dir, file);
  const vanthu = async (...args: readonly string[]): Promise<readonly [status: number | null, said: string]> => {
    const { status, stderr } = await runVanthu(args, { KEY: 'mật khẩu' });
    return [status, stderr];
  };
  const signing = (level: string, out: string): readonly string[] => {
    writeFileSync(at('letter.pdf'), letter());
    const key = ['--p12', world.p12('person', 'mật khẩu'), '--password-env', 'KEY', '--role', 'person'];
    return ['sign', at('letter.pdf'), ...key, '--level', level, '--tsa', world.tsaAddress(), '--out', at(out)];
  };

  it('signs at B-LTA', async () => {
    expect(await vanthu(...signing('B-LTA', 'archived.pdf'))).toEqual([0, '']);
    expect(judged(new Uint8Array(readFileSync(at('archived.pdf'))))).toEqual(['VALID', 'B-LTA', 'timestamp']);
  });

  it('renews a file of level B-LT', async () => {
    writeFileSync(at('kept.pdf'), await sign(letter()));
    const authority = ['--tsa', world.tsaAddress('briefTsa')];
    expect(await vanthu('renew', at('kept.pdf'), ...authority, '--out', at('renewed.pdf'))).toEqual([0, '']);
    expect(judged(new Uint8Array(readFileSync(at('renewed.pdf'))))).toEqual(['VALID', 'B-LTA', 'timestamp']);
  });

  it('writes nothing when nobody says whether a certificate is revoked, and says who was asked', async () => {
    refuse('/ocsp/people');
    refuse('/crl/people', 404);
    const [status, said] = await vanthu(...signing('B-LTA', 'refused.pdf'));
    expect(status).toBe(3);
    expect(said).toMatch(/^vanthu: SIGN_REVOCATION_UNKNOWN: .*HTTP 503.*HTTP 404.*\n$/);
    expect(existsSync(at('refused.pdf'))).toBe(false);
  });

  it('renews nothing that keeps no validation data', async () => {
    writeFileSync(at('letter.pdf'), letter());
    const [status, said] = await vanthu('renew', at('letter.pdf'), '--tsa', world.tsaAddress(), '--out', at('no.pdf'));
    expect([status, said]).toEqual([3, expect.stringMatching(/^vanthu: RENEW_NO_DATA: /)]);
    expect(existsSync(at('no.pdf'))).toBe(false);
  });
});
