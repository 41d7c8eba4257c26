import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { installTrust } from '#scripts/demo/install-trust.ts';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { repositoryRoot, sampleLetter, testPki } from '#tests/support/test-office.ts';
import { fullDocument } from '#tests/unit/edxml/sample-messages.ts';

const cliScript = join(repositoryRoot, 'electron/entries/cli.ts');
const lockedLetter = join(repositoryRoot, 'tests/fixtures/letters/bad/password.pdf');
// Each test starts several processes, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vanthu-cli-'));
  installTrust(folder, testPki());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as IT runs it, in a process of its own. */
async function vanthu(...args: string[]): Promise<Result> {
  const child = spawn(process.execPath, [cliScript, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, KEY: TEST_PKI_PASSWORD, WRONG: 'sai' },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout, stderr };
}
/** A process takes a second of a core to start, so two run at a time. */
async function inPairs(runs: readonly string[][]): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < runs.length; at += 2) {
    results.push(...(await Promise.all(runs.slice(at, at + 2).map((args) => vanthu(...args)))));
  }
  return results;
}
const path = (name: string) => join(folder, name);
function write(name: string, bytes: Uint8Array | string): string {
  writeFileSync(path(name), bytes);
  return path(name);
}
const signing = (input: string, out: string, change: Record<string, string> = {}) => [
  'sign',
  input,
  ...Object.entries({
    '--p12': testPki().p12('person'),
    '--password-env': 'KEY',
    '--role': 'person',
    '--out': path(out),
    ...change,
  }).flat(),
];

describe('wrong use and unreadable files: one line, status 2', () => {
  it.each<[string, () => string[][]]>([
    ['commands and flags', () => [[], ['nonsense'], ['constructor'], ['edxml', 'read', sampleLetter, '--xml']]],
    [
      'missing or surplus parts',
      () => [['edxml'], ['edxml', 'write', sampleLetter], ['sign', sampleLetter], ['verify', sampleLetter, 'more']],
    ],
    [
      'letters',
      () => {
        const huge = write('huge.pdf', makePdf());
        truncateSync(huge, 200 * 1024 * 1024);
        return [
          ['propose', path('none.pdf'), '--json'],
          ['propose', write('empty.pdf', ''), '--json'],
          ['propose', lockedLetter, '--json'],
          ['verify', huge, '--json'],
          ['verify', write('text.pdf', 'Không phải PDF'), '--json'],
        ];
      },
    ],
    [
      'other files',
      () => [
        ['edxml', 'read', sampleLetter, '--json'],
        signing(sampleLetter, 'out.pdf', { '--p12': path('none.p12') }),
      ],
    ],
    [
      'options of sign',
      () => [
        signing(sampleLetter, 'out.pdf', { '--role': 'boss' }),
        signing(sampleLetter, 'out.pdf', { '--password-env': 'NOT_SET' }),
        signing(sampleLetter, 'no-such-folder/out.pdf'),
      ],
    ],
  ])('%s', async (_, cases) => {
    const runs = cases();
    const results = await inPairs(runs);
    results.forEach(({ status, stdout, stderr }, at) => {
      const run = (runs[at] ?? []).join(' ');
      expect({ run, status }).toEqual({ run, status: 2 });
      if (run === '') return expect(stdout).toContain('vanthu <command>');
      expect({ run, stdout }).toEqual({ run, stdout: '' });
      expect(stderr).toMatch(/^vanthu: [^\n]+\n$/);
    });
    expect(readdirSync(folder).filter((name) => name.includes('out.pdf'))).toEqual([]);
  });
});

describe('what it answers', () => {
  it('propose: every field of the letter', async () => {
    const { status, stdout, stderr } = await vanthu('propose', sampleLetter, '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      number: '241',
      notation: 'VPUBND-HCTC',
      date: '2017-05-22',
      place: 'Đắk Lắk',
      documentType: 'Công văn',
      abstract: 'V/v tăng cường thực hiện gửi, nhận văn bản điện tử',
      signerName: 'Bùi Hồng Quý',
      addressees: ['Các Sở, ban, ngành', 'UBND các huyện, thị xã, thành phố'],
      urgency: 'normal',
    });
    const { confidence } = JSON.parse(stdout) as { confidence: Record<string, number> };
    for (const value of Object.values(confidence)) expect(value >= 0 && value <= 1).toBe(true);
  });

  it('sign twice, verify: person then seal, with and without trust', async () => {
    expect(await vanthu(...signing(sampleLetter, 'person.pdf'))).toEqual({ status: 0, stdout: '', stderr: '' });
    const sealed = await vanthu(
      ...signing(path('person.pdf'), 'sealed.pdf', { '--p12': testPki().p12('agency'), '--role': 'seal' }),
    );
    expect(sealed.status).toBe(0);
    const [trusted, untrusted] = await Promise.all([
      vanthu('verify', path('sealed.pdf'), '--json', '--trust', path('trust')),
      vanthu('verify', path('sealed.pdf'), '--json'),
    ]);
    const report = JSON.parse(trusted.stdout) as { verdict: string; integrity: string; signatures: { role: string }[] };
    expect(report).toMatchObject({ verdict: 'VALID', integrity: 'VALID' });
    expect(report.signatures.map(({ role }) => role)).toEqual(['person', 'seal']);
    expect(JSON.parse(untrusted.stdout)).toMatchObject({ integrity: 'VALID', verdict: 'INDET' });
    const letter = readFileSync(sampleLetter);
    expect(readFileSync(path('sealed.pdf')).subarray(0, letter.length).equals(letter)).toBe(true);
  });

  it('sign refuses with status 3 and the reason, and writes nothing', async () => {
    const cases: [string, string[]][] = [
      ['P12_WRONG_PASSWORD', signing(sampleLetter, 'refused.pdf', { '--password-env': 'WRONG' })],
      ['SIGN_CERT_EXPIRED', signing(sampleLetter, 'refused.pdf', { '--p12': testPki().p12('expired') })],
      ['PDF_ENCRYPTED', signing(lockedLetter, 'refused.pdf')],
      [
        'SIGN_NOT_PERSON_SIGNED',
        signing(sampleLetter, 'refused.pdf', { '--role': 'seal', '--p12': testPki().p12('agency') }),
      ],
    ];
    const results = await inPairs(cases.map(([, args]) => args));
    results.forEach(({ status, stdout, stderr }, at) => {
      const code = cases[at]?.[0] ?? '';
      expect({ code, status, stdout }).toEqual({ code, status: 3, stdout: '' });
      expect(stderr).toMatch(new RegExp(`^vanthu: [^\\n]*${code}[^\\n]*\\n$`));
      expect(stderr).not.toContain('sai');
    });
    expect(existsSync(path('refused.pdf'))).toBe(false);
  });

  it('edxml read: the message without its bytes', async () => {
    const { status, stdout } = await vanthu(
      'edxml',
      'read',
      write('message.edxml', writeEdxmlDocument(fullDocument)),
      '--json',
    );
    expect(status).toBe(0);
    const shown = JSON.parse(stdout) as { attachments: object[] };
    expect(shown).toMatchObject({ kind: 'document', codeNumber: '241', from: { organId: 'H15.02' } });
    expect(shown.attachments[0]).toMatchObject({
      name: 'cong-van-241.pdf',
      size: fullDocument.attachments[0]?.bytes.length,
    });
    expect(shown.attachments[0]).not.toHaveProperty('bytes');
  });

  it('doctor: what works here, and a data folder that another process holds', async () => {
    mkdirSync(path('data'));
    const healthy = vanthu('doctor', '--json');
    const held = openRegisters(path('data'), noLog);
    const busy = await vanthu('doctor', '--json', '--data-dir', path('data'));
    held.close();
    const { status, stdout } = await healthy;
    const report = JSON.parse(stdout) as { ok: boolean; checks: { name: string; outcome: string }[] };
    expect({ status, ok: report.ok }).toEqual({ status: 0, ok: true });
    expect(report.checks.map(({ name }) => name)).toEqual(['node', 'registers', 'files', 'pdf', 'disk', 'trust']);
    expect(busy.status).toBe(1);
    expect(JSON.parse(busy.stdout)).toMatchObject({ ok: false });
    expect(busy.stdout).toContain('FOLDER_IN_USE');
  });
});
