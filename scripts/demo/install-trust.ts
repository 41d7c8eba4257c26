import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestPki } from '../make-test-pki.ts';

/** Makes the test authority trusted in a data folder, with its revocation lists, as the IT department would. */
export function installTrust(dataDir: string, pki: TestPki): void {
  const files = {
    'anchors/root.cer': pki.certificate('root'),
    'intermediates/issuing.cer': pki.certificate('issuing'),
    'crls/root.crl': pki.crl('root'),
    'crls/issuing.crl': pki.crl('issuing'),
  };
  for (const [name, bytes] of Object.entries(files)) {
    const file = path.join(dataDir, 'trust', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}
