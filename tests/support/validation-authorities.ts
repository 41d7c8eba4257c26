import { execFileSync } from 'node:child_process';
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { SigningCredential } from '#pdf/sign-pdf.ts';
import type { TrustStore } from '#pdf/verify-pdf.ts';

/**
 * Authorities of openssl that answer on loopback where their certificates say: time stamps, OCSP, revocation lists and
 * issuers' certificates. Below one root an authority for people, of few years, and one for time stamps, of many.
 */

const YEAR = 365;
const issuers = { root: 'root', people: 'root', stamps: 'root' } as const;
type Issuer = keyof typeof issuers;

interface Subject {
  readonly name: string;
  readonly issuer: Issuer;
  readonly days: number;
  readonly extensions: string;
  readonly rsa?: boolean;
}

const authorityExtensions = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign';
const signerExtensions = 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation';
const stamperExtensions = `basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping`;

const subjects = {
  root: { name: '/C=VN/CN=Test Root', issuer: 'root', days: 40 * YEAR, extensions: authorityExtensions },
  people: { name: '/C=VN/CN=Test People CA', issuer: 'root', days: 3 * YEAR, extensions: authorityExtensions },
  stamps: { name: '/C=VN/CN=Test Stamps CA', issuer: 'root', days: 30 * YEAR, extensions: authorityExtensions },
  person: {
    name: '/C=VN/O=Test Office/title=Head/CN=Test Person',
    issuer: 'people',
    days: YEAR,
    extensions: signerExtensions,
    rsa: true,
  },
  agency: {
    name: '/C=VN/O=Test Office/CN=Test Office',
    issuer: 'people',
    days: YEAR,
    extensions: signerExtensions,
    rsa: true,
  },
  tsa: { name: '/C=VN/CN=Test TSA', issuer: 'stamps', days: 20 * YEAR, extensions: stamperExtensions },
  briefTsa: { name: '/C=VN/CN=Test Brief TSA', issuer: 'stamps', days: 30, extensions: stamperExtensions },
} as const satisfies Readonly<Record<string, Subject>>;
export type Member = keyof typeof subjects;
export type Stamper = 'tsa' | 'briefTsa';

/** What `GET` and `POST` meet at a path, instead of openssl's answer. */
type Instead = (body: Uint8Array) => Answer;
interface Answer {
  readonly status?: number;
  readonly body?: Uint8Array;
  readonly location?: string;
}

export interface ValidationAuthorities {
  readonly dir: string;
  /** `method path` of every request so far. */
  readonly asked: string[];
  /** By path, such as `/ocsp/people`. */
  readonly instead: Map<string, Instead>;
  /** By member: revoked since then. */
  readonly revoked: Map<Member, Date>;
  tsaAddress(stamper?: Stamper): string;
  certificate(member: Member): Uint8Array;
  /** With the issuers' certificates enclosed, or alone. */
  credential(member: 'person' | 'agency', alone?: boolean): SigningCredential;
  /** PKCS#12 file with the chain. */
  p12(member: 'person' | 'agency', password: string): string;
  /** A revocation list made at `now`, good for a month. */
  list(issuer: Issuer, now?: Date): Uint8Array;
  /** What `openssl ocsp` answers. */
  ocsp(issuer: Issuer, request: Uint8Array, ...options: readonly string[]): Uint8Array;
  /** The root as anchor, with lists as they are at `now`; without it none. */
  trust(now?: Date): TrustStore;
  close(): void;
}

export async function startAuthorities(): Promise<ValidationAuthorities> {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-authorities-'));
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'ignore', 'ignore'] });
  };
  const at = (file: string): string => join(dir, file);
  const read = (file: string): Uint8Array => new Uint8Array(readFileSync(at(file)));
  const asked: string[] = [];
  const instead = new Map<string, Instead>();
  const revoked = new Map<Member, Date>();

  const server = createServer((request, response) => {
    void answer(request).then(({ status = 200, body, location }) => {
      // A connection that is kept may be given up just as the next request comes.
      const headers = { connection: 'close', ...(location === undefined ? {} : { location }) };
      response.writeHead(status, headers).end(body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const members = Object.keys(subjects) as Member[];
  const serialOf = (member: Member): string => (members.indexOf(member) + 0x1000).toString(16).toUpperCase();
  for (const member of members) make(member);

  function make(member: Member): void {
    const { name, issuer, days, extensions, ...more }: Subject = subjects[member];
    const key = more.rsa === true ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    openssl('req', '-new', '-newkey', ...key, '-nodes', '-keyout', `${member}.key`, '-out', 'csr', '-subj', name);
    const access = `authorityInfoAccess=OCSP;URI:${base}/ocsp/${issuer},caIssuers;URI:${base}/issuer/${issuer}`;
    const points = `crlDistributionPoints=URI:${base}/crl/${issuer}`;
    writeFileSync(at('extensions'), member === 'root' ? extensions : `${extensions}\n${access}\n${points}\n`);
    const by = member === 'root' ? ['-key', 'root.key'] : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`];
    const given = ['-set_serial', `0x${serialOf(member)}`, '-days', String(days), '-extfile', 'extensions'];
    openssl('x509', '-req', '-in', 'csr', ...given, ...by, '-out', `${member}.pem`);
    openssl('x509', '-in', `${member}.pem`, '-outform', 'DER', '-out', `${member}.der`);
  }

  /** The index of `openssl ca`: a line for each certificate of the issuer. */
  function writeIndex(issuer: Issuer): void {
    const lines = members
      .filter((member) => member !== 'root' && subjects[member].issuer === issuer)
      .map((member) => {
        const since = revoked.get(member);
        const state = since ? `R\t600101000000Z\t${asUtcTime(since)},keyCompromise` : 'V\t600101000000Z\t';
        return `${state}\t${serialOf(member)}\tunknown\t/CN=${member}\n`;
      });
    writeFileSync(at('index'), lines.join(''));
  }

  function list(issuer: Issuer, now = new Date()): Uint8Array {
    writeIndex(issuer);
    const files = `database=index\ncertificate=${issuer}.pem\nprivate_key=${issuer}.key`;
    writeFileSync(at('ca.cnf'), `[ca]\ndefault_ca=own\n[own]\n${files}\ndefault_md=sha256\n`);
    const days = [
      '-crl_lastupdate',
      asUtcTime(now),
      '-crl_nextupdate',
      asUtcTime(new Date(now.getTime() + 30 * DAY_MS)),
    ];
    openssl('ca', '-gencrl', '-config', 'ca.cnf', ...days, '-out', 'crl.pem');
    openssl('crl', '-in', 'crl.pem', '-outform', 'DER', '-out', 'crl.der');
    return read('crl.der');
  }

  function ocsp(issuer: Issuer, request: Uint8Array, ...options: readonly string[]): Uint8Array {
    writeIndex(issuer);
    writeFileSync(at('ocsp.request'), request);
    const files = ['-index', 'index', '-CA', `${issuer}.pem`, '-reqin', 'ocsp.request', '-respout', 'ocsp.answer'];
    const by = options.includes('-rsigner') ? [] : ['-rsigner', `${issuer}.pem`, '-rkey', `${issuer}.key`];
    openssl('ocsp', ...files, ...by, '-ndays', '1', ...options);
    return read('ocsp.answer');
  }

  function stamp(member: Stamper, request: Uint8Array): Uint8Array {
    writeFileSync(at('stamp.request'), request);
    writeFileSync(at('serial'), '01\n');
    const own = `signer_cert=${member}.pem\nsigner_key=${member}.key\ncerts=stamps.pem\nserial=serial\n`;
    writeFileSync(at('tsa.cnf'), `[tsa]\n${own}${tsaRules}`);
    const reply = ['-reply', '-queryfile', 'stamp.request', '-config', 'tsa.cnf', '-section', 'tsa'];
    openssl('ts', ...reply, '-out', 'stamp.answer');
    return read('stamp.answer');
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    const path = request.url ?? '';
    asked.push(`${request.method} ${path}`);
    const body = new Uint8Array(await buffer(request));
    const other = instead.get(path);
    if (other) return other(body);
    const [, kind, who] = path.split('/');
    if (kind === 'tsa') return { body: stamp(who as Stamper, body) };
    if (kind === 'ocsp') return { body: ocsp(who as Issuer, body) };
    if (kind === 'crl') return { body: list(who as Issuer) };
    return kind === 'issuer' ? { body: read(`${who}.der`) } : { status: 404 };
  }

  const certificate = (member: Member): Uint8Array => read(`${member}.der`);
  return {
    dir,
    asked,
    instead,
    revoked,
    tsaAddress: (stamper = 'tsa') => `${base}/tsa/${stamper}`,
    certificate,
    credential: (member, alone = false) => ({
      chain: (alone ? [member] : ([member, 'people', 'root'] as const)).map(certificate),
      signData: (data) => Promise.resolve(sign('sha256', data, createPrivateKey(readFileSync(at(`${member}.key`))))),
    }),
    p12: (member, password) => {
      const chain = [read('people.pem'), read('root.pem')];
      writeFileSync(at('chain.pem'), Buffer.concat(chain));
      const files = [
        '-inkey',
        `${member}.key`,
        '-in',
        `${member}.pem`,
        '-certfile',
        'chain.pem',
        '-out',
        `${member}.p12`,
      ];
      openssl('pkcs12', '-export', ...files, '-passout', `pass:${password}`);
      return at(`${member}.p12`);
    },
    list,
    ocsp,
    trust: (now) => ({
      anchors: [certificate('root')],
      intermediates: [],
      crls: now ? (['root', 'people', 'stamps'] as const).map((issuer) => list(issuer, now)) : [],
    }),
    close: () => {
      server.close();
      rmSync(dir, { recursive: true });
    },
  };
}

export const DAY_MS = 24 * 3_600_000;

/** When a certificate runs out. */
export function endOf(der: Uint8Array): Date {
  return new Date(new X509Certificate(der).validTo);
}

function asUtcTime(date: Date): string {
  return `${date.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`;
}

const tsaRules = `crypto_device=builtin
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256
accuracy=secs:1
ess_cert_id_chain=no
ess_cert_id_alg=sha256
`;
