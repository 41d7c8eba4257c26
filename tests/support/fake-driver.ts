import { execFileSync } from 'node:child_process';
import { createSign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testPki } from './signing-fixtures.ts';

/** What the driver does when a function of it is called: it answers a CKR (then without token, for "remove"), hangs or crashes. */
export type Behaviour = readonly [what: 'fail' | 'remove' | 'hang' | 'crash', whom: string, value?: number];

/** A driver with one token, which holds the test authority's person; see fake-driver.c. PIN 1234. */
export interface FakeDriver {
  readonly module: string;
  /** For the environment of the process that loads it. */
  readonly folder: string;
  readonly serial: 'FAKE0001';
  behave(...behaviour: readonly Behaviour[]): void;
  /** What C_Sign will answer: the right signature of these bytes. */
  signs(data: Uint8Array): void;
  /** Functions called so far, C_Sign with its data in hex. */
  calls(): string[];
  remove(): void;
}

/** Compiles the driver into a folder of its own, and has this process find it there. */
export function fakeDriver({ windows = false } = {}): FakeDriver {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-driver-'));
  const module = join(folder, 'driver.so');
  const source = join(import.meta.dirname, 'fake-driver.c');
  execFileSync('gcc', ['-shared', '-fPIC', ...(windows ? ['-DWINDOWS_LAYOUT'] : []), '-o', module, source]);
  const pki = testPki();
  writeFileSync(join(folder, 'certificate'), pki.certificate('person'));
  process.env.FAKE_DRIVER = folder;
  return {
    module,
    folder,
    serial: 'FAKE0001',
    behave: (...behaviour) => {
      const lines = behaviour.map(([what, whom, value = 0]) => `${what} ${whom} ${value}\n`);
      writeFileSync(join(folder, 'behaviour'), lines.join(''));
    },
    signs: (data) => {
      const key = readFileSync(join(pki.dir, 'person.key'));
      writeFileSync(join(folder, 'signature'), createSign('sha256').update(data).sign(key));
    },
    calls: () => readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
