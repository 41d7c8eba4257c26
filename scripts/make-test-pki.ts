import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Password of every PKCS#12 file made here. These keys protect nothing: they exist for demo and tests only. */
export const TEST_PKI_PASSWORD = 'vanthu-demo';

/** Marks a folder as finished. */
const COMPLETE = 'complete';

interface Subject {
  /** Base name of its files. */
  readonly id: string;
  /** Distinguished name in openssl's `/K=V` form. */
  readonly subject: string;
  readonly profile: 'signer' | 'tls';
  readonly curve?: 'prime256v1' | 'secp384r1';
  readonly validity?: readonly [start: string, end: string];
  readonly revoked?: boolean;
}

const OFFICE = 'Văn phòng UBND tỉnh Đắk Lắk';
const SECOND_OFFICE = 'Sở Thông tin và Truyền thông tỉnh Đắk Lắk';
const PROVINCE = 'Ủy ban nhân dân tỉnh Đắk Lắk';
const officer = (name: string, office: string, title: string): string => `/C=VN/O=${office}/title=${title}/CN=${name}`;

const subjects = [
  { id: 'person', subject: officer('Bùi Hồng Quý', OFFICE, 'Chánh Văn phòng'), profile: 'signer' },
  { id: 'agency', subject: `/C=VN/O=${PROVINCE}/CN=${OFFICE}`, profile: 'signer' },
  { id: 'person2', subject: officer('Trần Thị Hoa', SECOND_OFFICE, 'Giám đốc'), profile: 'signer' },
  { id: 'agency2', subject: `/C=VN/O=${PROVINCE}/CN=${SECOND_OFFICE}`, profile: 'signer' },
  {
    id: 'expired',
    subject: officer('Lê Văn Cũ', OFFICE, 'Phó Chánh Văn phòng'),
    profile: 'signer',
    validity: ['20190101000000Z', '20210101000000Z'],
  },
  {
    id: 'future',
    subject: officer('Ngô Thị Mai Sau', OFFICE, 'Phó Chánh Văn phòng'),
    profile: 'signer',
    validity: ['20450101000000Z', '20480101000000Z'],
  },
  { id: 'revoked', subject: officer('Phạm Văn Hồi', OFFICE, 'Phó Chánh Văn phòng'), profile: 'signer', revoked: true },
  { id: 'person-ec', subject: officer('Đỗ Thị Êban', OFFICE, 'Trưởng phòng'), profile: 'signer', curve: 'prime256v1' },
  { id: 'person-ec384', subject: officer('Y Bình Niê', OFFICE, 'Trưởng phòng'), profile: 'signer', curve: 'secp384r1' },
  { id: 'wrong-usage', subject: '/C=VN/O=Máy chủ/CN=may-chu.example.invalid', profile: 'tls' },
] as const satisfies readonly Subject[];

export type TestSubjectId = (typeof subjects)[number]['id'];

export interface TestPki {
  readonly dir: string;
  readonly password: string;
  /** Path of a subject's PKCS#12 file (modern encryption, full chain). */
  p12(id: TestSubjectId): string;
  /** The person's key in a PKCS#12 file with the encryption of older programs (RC2 and 3DES). */
  readonly legacyP12: string;
  /** DER of a certificate. */
  certificate(id: TestSubjectId | 'root' | 'issuing'): Uint8Array;
  /** DER of the revocation list of an authority. */
  crl(id: 'root' | 'issuing'): Uint8Array;
}

/**
 * Makes a small certificate authority with the openssl command: root, issuing CA, people, agencies and certificates
 * that must be refused; PEM and DER certificates, revocation lists, PKCS#12 files. Does nothing when `dir` already
 * holds a complete one.
 * @throws Error with openssl's message when a command fails
 */
export function makeTestPki(dir: string, password: string = TEST_PKI_PASSWORD): TestPki {
  const root = resolve(dir);
  if (!existsSync(join(root, COMPLETE))) {
    const temporary = `${root}.${process.pid}.tmp`;
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary, { recursive: true });
    build(temporary, password);
    writeFileSync(join(temporary, COMPLETE), '');
    install(temporary, root);
  }
  return {
    dir: root,
    password,
    p12: (id) => join(root, `${id}.p12`),
    legacyP12: join(root, 'person-legacy.p12'),
    certificate: (id) => new Uint8Array(readFileSync(join(root, `${id}.der`))),
    crl: (id) => new Uint8Array(readFileSync(join(root, `${id}.crl`))),
  };
}

/** Several processes may make the same folder at once: the first one wins, whole. */
function install(temporary: string, root: string): void {
  try {
    renameSync(temporary, root);
  } catch (error) {
    if (!existsSync(join(root, COMPLETE))) throw error;
    rmSync(temporary, { recursive: true, force: true });
  }
}

function build(dir: string, password: string): void {
  const openssl = (...args: readonly string[]): void => {
    const result = spawnSync('openssl', args, { cwd: dir, encoding: 'utf8' });
    if (result.error) throw new Error(`openssl could not be run: ${result.error.message}`);
    if (result.status !== 0) throw new Error(`openssl ${args[0]} failed: ${result.stderr}`);
  };
  for (const authority of ['root', 'issuing'] as const) {
    writeFileSync(join(dir, `${authority}.cnf`), configuration(authority));
    writeFileSync(join(dir, `${authority}.index`), '');
    writeFileSync(join(dir, `${authority}.index.attr`), 'unique_subject = no\n');
    writeFileSync(join(dir, `${authority}.crlnumber`), '01\n');
  }
  const request = (id: string, subject: string, curve?: string): void => {
    const key = curve ? ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${curve}`] : ['-newkey', 'rsa:2048'];
    const names = ['-config', 'root.cnf', '-utf8', '-subj', subject];
    openssl('req', '-new', ...key, '-nodes', '-keyout', `${id}.key`, '-out', `${id}.csr`, ...names);
  };
  const issue = (authority: string, id: string, profile: string, ...more: readonly string[]): void => {
    const files = ['-in', `${id}.csr`, '-out', `${id}.pem`];
    openssl(
      'ca',
      '-batch',
      '-notext',
      '-utf8',
      '-config',
      `${authority}.cnf`,
      '-extensions',
      profile,
      ...files,
      ...more,
    );
    openssl('x509', '-in', `${id}.pem`, '-outform', 'DER', '-out', `${id}.der`);
  };
  request('root', '/C=VN/O=Văn Thư thử nghiệm/CN=Văn Thư Root CA thử nghiệm');
  // A clock that a test has stopped, or another machine's, may be a little behind.
  const yesterday = `${new Date(Date.now() - 24 * 3_600_000).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
  issue('root', 'root', 'authority', '-selfsign', '-startdate', yesterday, '-days', '7300');
  request('issuing', '/C=VN/O=Văn Thư thử nghiệm/CN=Văn Thư CA cấp phát thử nghiệm');
  issue('root', 'issuing', 'issuing', '-startdate', yesterday, '-days', '5475');
  writeFileSync(
    join(dir, 'chain.pem'),
    readFileSync(join(dir, 'issuing.pem'), 'utf8') + readFileSync(join(dir, 'root.pem'), 'utf8'),
  );
  for (const entry of subjects as readonly Subject[]) {
    request(entry.id, entry.subject, entry.curve);
    const [start, end] = entry.validity ?? [yesterday, ''];
    issue(
      'issuing',
      entry.id,
      entry.profile,
      '-startdate',
      start,
      ...(end === '' ? ['-days', '1825'] : ['-enddate', end]),
    );
    exportP12(openssl, entry.id, `${entry.id}.p12`, password);
    if (entry.revoked)
      openssl('ca', '-config', 'issuing.cnf', '-revoke', `${entry.id}.pem`, '-crl_reason', 'keyCompromise');
  }
  exportP12(openssl, 'person', 'person-legacy.p12', password, '-legacy');
  for (const authority of ['root', 'issuing']) {
    openssl(
      'ca',
      '-config',
      `${authority}.cnf`,
      '-gencrl',
      '-crl_lastupdate',
      yesterday,
      '-out',
      `${authority}.crl.pem`,
    );
    openssl('crl', '-in', `${authority}.crl.pem`, '-outform', 'DER', '-out', `${authority}.crl`);
  }
}

function exportP12(
  openssl: (...args: readonly string[]) => void,
  id: string,
  out: string,
  password: string,
  ...more: readonly string[]
): void {
  const files = ['-inkey', `${id}.key`, '-in', `${id}.pem`, '-certfile', 'chain.pem', '-out', out];
  openssl('pkcs12', '-export', '-name', id, '-passout', `pass:${password}`, ...files, ...more);
}

/** An openssl configuration for one authority; all paths are relative to the folder. */
function configuration(authority: string): string {
  return `
[req]
distinguished_name = names
string_mask = utf8only
default_md = sha256
[names]
[ca]
default_ca = self
[self]
database = ${authority}.index
crlnumber = ${authority}.crlnumber
new_certs_dir = .
certificate = ${authority}.pem
private_key = ${authority}.key
default_md = sha256
default_crl_days = 730
rand_serial = yes
policy = anything
string_mask = utf8only
[anything]
countryName = optional
organizationName = optional
title = optional
commonName = supplied
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[issuing]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[signer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tls]
basicConstraints = critical,CA:FALSE
keyUsage = critical,keyEncipherment
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [dir, password] = process.argv.slice(2);
  if (dir === undefined) {
    console.error('usage: node scripts/make-test-pki.ts DIR [PASSWORD]');
    process.exitCode = 2;
  } else console.log(makeTestPki(dir, password).dir);
}
