import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aptGet } from '#scripts/lib/system-packages.ts';

let folder: string;
const path = process.env['PATH'] ?? '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vanthu-apt-'));
  process.env['PATH'] = `${folder}${delimiter}${path}`;
});
afterEach(() => {
  process.env['PATH'] = path;
  rmSync(folder, { recursive: true, force: true });
});

/** An apt-get that fails `times` with these words and then succeeds; each run adds its arguments to `runs`. */
function fakeAptGet(times: number, words: string): void {
  const runs = join(folder, 'runs');
  writeFileSync(
    join(folder, 'apt-get'),
    `#!/bin/sh
echo "$*" >> '${runs}'
[ "$(wc -l < '${runs}')" -gt ${times} ] && exit 0
echo "${words}" >&2
exit 100
`,
  );
  chmodSync(join(folder, 'apt-get'), 0o755);
}
const runs = (): string[] => {
  const file = join(folder, 'runs');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};
const soon = { limitMs: 5_000, everyMs: 1 };

it.each([
  'E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 1234 (unattended-upgr)',
  'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 77 (apt-get)',
  'E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?',
  'E: Unable to lock directory /var/lib/apt/lists/',
])('waits while another package manager is at work: %s', async (words) => {
  fakeAptGet(3, words);
  await aptGet(['update', '-q'], soon);
  expect(runs()).toEqual(Array.from({ length: 4 }, () => 'update -q'));
});

it('does not repeat what fails for another reason', async () => {
  fakeAptGet(3, 'E: Unable to locate package no-such-package');
  await expect(aptGet(['install', 'no-such-package'], soon)).rejects.toThrow(/Unable to locate package/);
  expect(runs()).toHaveLength(1);
});

it('gives up when the other one never ends, and says who holds the lock', async () => {
  fakeAptGet(1_000, 'E: Could not get lock /var/lib/dpkg/lock. It is held by process 9 (dpkg)');
  await expect(aptGet(['update'], { limitMs: 20, everyMs: 5 })).rejects.toThrow(/held by process 9/);
  expect(runs().length).toBeGreaterThanOrEqual(1);
});
