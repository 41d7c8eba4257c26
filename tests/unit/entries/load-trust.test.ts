import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadTrust } from '#entries/load-trust.ts';
import { noLog } from '#entries/machine-ports.ts';
import { testPki } from '#tests/support/test-office.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vanthu-trust-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const pem = (der: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;

it('reads DER and PEM, one or several to a file, below each folder', () => {
  const [root, issuing] = [testPki().certificate('root'), testPki().certificate('issuing')];
  const second = join(folder, 'second');
  for (const kind of ['anchors', 'intermediates', 'crls']) mkdirSync(join(folder, 'first', kind), { recursive: true });
  mkdirSync(join(second, 'anchors'), { recursive: true });
  writeFileSync(join(folder, 'first/anchors/a.cer'), root);
  writeFileSync(join(folder, 'first/intermediates/b.pem'), `text before\n${pem(issuing)}${pem(root)}`);
  writeFileSync(join(folder, 'first/crls/c.crl'), testPki().crl('root'));
  writeFileSync(join(second, 'anchors/d.pem'), pem(issuing));
  const trust = loadTrust([join(folder, 'first'), second, join(folder, 'not there')], noLog);
  expect(trust.anchors.map((der) => Buffer.from(der))).toEqual([root, issuing].map((der) => Buffer.from(der)));
  expect(trust.intermediates).toHaveLength(2);
  expect(trust.crls).toHaveLength(1);
});

it('a file that cannot be read is told and left out; the others count', () => {
  const errors: string[] = [];
  mkdirSync(join(folder, 'anchors/a-folder.cer'), { recursive: true });
  writeFileSync(join(folder, 'anchors/b.cer'), testPki().certificate('root'));
  const trust = loadTrust([folder], {
    ...noLog,
    error: (event, _, details) => void errors.push(`${event} ${String(details?.['name'])}`),
  });
  expect(trust.anchors).toHaveLength(1);
  expect(errors).toEqual(['trust-file-unreadable a-folder.cer']);
});
