import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestSubjectId } from '#scripts/make-test-pki.ts';
import { testPki } from './signing-fixtures.ts';

/** Debian's SoftHSM2: a token in a folder, by others' hands. */
export const softHsm = '/usr/lib/softhsm/libsofthsm2.so';
const SECURITY_OFFICER_PIN = '87654321';

export interface SoftToken {
  readonly module: string;
  /** For the environment of the process that loads the module. */
  readonly environment: { readonly SOFTHSM2_CONF: string };
  readonly pin: string;
  /** Where the token lies; deleted, it is as pulled out. */
  readonly tokens: string;
  remove(): void;
}

/**
 * A token with keys and certificates of the test authority, the first of CKA_ID 01, and the authorities' certificates.
 * SoftHSM looks for it where this process's environment says, once, when it is first loaded.
 */
export function softToken(subjects: readonly TestSubjectId[], label = 'Thẻ văn thư'): SoftToken {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-token-'));
  const tokens = join(folder, 'tokens');
  mkdirSync(tokens);
  const configuration = join(folder, 'softhsm2.conf');
  writeFileSync(configuration, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  const pin = '123456';
  const environment = { SOFTHSM2_CONF: configuration };
  Object.assign(process.env, environment);
  const run = (program: string, ...args: readonly string[]): void => {
    execFileSync(program, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  const pki = testPki();
  const login = ['--module', softHsm, '--token-label', label, '--login', '--pin', pin];
  const putCertificate = (file: string, id: string, name: string): void =>
    run('pkcs11-tool', ...login, '--write-object', file, '--type', 'cert', '--id', id, '--label', name);
  run('softhsm2-util', '--init-token', '--free', '--label', label, '--so-pin', SECURITY_OFFICER_PIN, '--pin', pin);
  for (const [index, subject] of subjects.entries()) {
    const id = String(index + 1).padStart(2, '0');
    const key = join(pki.dir, `${subject}.key`);
    run('softhsm2-util', '--import', key, '--token', label, '--label', subject, '--id', id, '--pin', pin);
    putCertificate(join(pki.dir, `${subject}.der`), id, subject);
  }
  putCertificate(join(pki.dir, 'issuing.der'), 'A0', 'issuing');
  putCertificate(join(pki.dir, 'root.der'), 'A1', 'root');
  return { module: softHsm, environment, pin, tokens, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
