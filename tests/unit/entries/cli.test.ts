import { execFileSync } from 'node:child_process';
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
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { installTrust } from '#scripts/demo/install-trust.ts';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';
import { openRegisters } from '#data/open-registers.ts';
import { readRows } from '#tests/support/office-database.ts';
import { noLog } from '#entries/machine-ports.ts';
import { plainFields } from '#tests/support/office-letters.ts';
import { givenNumber, outgoingRecord } from '#tests/support/office-records.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { repositoryRoot, sampleLetter, testPki } from '#tests/support/test-office.ts';
import { fullDocument } from '#tests/unit/edxml/sample-messages.ts';
import { runVanthu } from '#tests/support/vanthu-command.ts';
import type { CommandResult } from '#tests/support/vanthu-command.ts';

const lockedLetter = join(repositoryRoot, 'tests/fixtures/letters/bad/password.pdf');
// Each test starts several processes, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vanthu-cli-'));
  installTrust(folder, testPki());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const vanthu = (...args: string[]): Promise<CommandResult> =>
  runVanthu(args, { HOME: folder, KEY: TEST_PKI_PASSWORD, WRONG: 'sai', OPEN: 'mật khẩu' }, folder);

/** A process takes a second of a core to start, so two run at a time. */
async function inPairs(runs: readonly string[][]): Promise<CommandResult[]> {
  const results: CommandResult[] = [];
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

describe('audit verify', () => {
  it('says whole, or the first row that does not fit; rows cut off are missed by what core wrote in its log', async () => {
    const dataDir = mkdtempSync(join(folder, 'audit-'));
    const opened = openRegisters(dataDir, noLog);
    opened.registers.tx('test', (stores) => {
      for (let count = 0; count < 3; count += 1)
        stores.audit.add({ at: '2026-11-28T03:00:00.000Z', actor: null, action: 'backup.made', params: { count } });
    });
    const head = opened.registers.audit.head();
    const register = opened.registers.office.register().id;
    // Also while the office has the folder open.
    const whole = await vanthu('audit', 'verify', '--data-dir', dataDir);
    expect(whole).toMatchObject({ status: 0, stderr: '' });
    expect(whole.stdout).toBe(
      `whole: 4 rows, 0 earlier ends found in it; its end, to be written down elsewhere: 4:1:${head?.hash}\n`,
    );
    opened.close();
    mkdirSync(join(dataDir, 'logs'));
    writeFileSync(
      join(dataDir, 'logs', 'core.log'),
      `${JSON.stringify({ event: 'audit-head', ...head, register })}\n${JSON.stringify({ event: 'audit-head', seq: 99, hash: '', epoch: 1, register: 'another' })}\n{"event":"audit-he`,
    );
    const sqlite = new Database(join(dataDir, 'vanthu.db'));
    sqlite.exec('DROP TRIGGER audit_not_deleted; DROP TRIGGER audit_not_changed; DELETE FROM audit WHERE seq = 4');
    const cut = await vanthu('audit', 'verify', '--data-dir', dataDir, '--json');
    expect(cut.status).toBe(1);
    expect(JSON.parse(cut.stdout)).toMatchObject({ rows: 3, anchors: 1, fault: { seq: 4, what: 'cut-off' } });
    sqlite.exec("UPDATE audit SET params = '{}' WHERE seq = 2");
    sqlite.close();
    const changed = await vanthu('audit', 'verify', '--data-dir', dataDir);
    expect(changed).toMatchObject({ status: 1, stdout: expect.stringContaining('BROKEN at row 2') as string });
    const wrong = await vanthu('audit', 'verify', '--data-dir', dataDir, '--anchor', 'x');
    expect(wrong).toMatchObject({ status: 2 });
  });
});

describe('wrong use and unreadable files: one line, status 2', () => {
  it.each<[string, () => string[][]]>([
    ['commands and flags', () => [[], ['nonsense'], ['constructor'], ['edxml', 'read', sampleLetter, '--xml']]],
    [
      'missing or surplus parts',
      () => [
        ['edxml'],
        ['edxml', 'write', sampleLetter],
        ['sign', sampleLetter],
        ['renew', sampleLetter, '--out', path('out.pdf')],
        ['verify', sampleLetter, 'more'],
      ],
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

  it('verify: a status for each verdict, and 2 for wrong use', async () => {
    await vanthu(...signing(sampleLetter, 'signed.pdf'));
    const signed = readFileSync(path('signed.pdf'));
    const pem = ['root.pem', 'root.crl.pem', 'issuing.crl.pem']
      .map((name) => readFileSync(join(testPki().dir, name), 'utf8'))
      .join('');
    const trust = ['--trust', write('trust.pem', pem)];
    const altered = Buffer.from(signed);
    // In the comment of the second line.
    altered.write('Z', 11, 'latin1');
    const text = write('text.pdf', 'Không phải PDF');
    const padded = write('padded.pdf', Buffer.concat([signed, Buffer.alloc(20)]));
    const cases: [status: number, verdict: string, args: string[]][] = [
      [0, 'VALID', [path('signed.pdf'), ...trust]],
      [0, 'VALID', [path('signed.pdf'), ...trust, '--offline', '--at', new Date().toISOString()]],
      [10, 'WARN', [padded, ...trust]],
      [11, 'INDET', [path('signed.pdf')]],
      [11, 'INDET', [path('signed.pdf'), ...trust, '--at', '2040-02-29']],
      [12, 'INVALID', [write('altered.pdf', altered), ...trust]],
      [13, 'UNSIGNED', [sampleLetter]],
      [2, '', [text]],
      [2, '', [lockedLetter]],
      [2, '', [path('nowhere.pdf')]],
      [2, '', [path('signed.pdf'), '--trust', path('nowhere.pem')]],
      [2, '', [path('signed.pdf'), '--trust', text]],
      [2, '', [path('signed.pdf'), '--at', '2026-02-31']],
      [2, '', [path('signed.pdf'), '--at', '2026-02-01T12:00']],
      [2, '', [path('signed.pdf'), '--pdf-password-env', 'NOT_SET']],
      [2, '', [lockedLetter, '--pdf-password-env', 'KEY']],
    ];
    const results = await inPairs(cases.map(([, , args]) => ['verify', ...args, '--json']));
    results.forEach(({ status, stdout }, at) => {
      const [expected, verdict, args] = cases[at] ?? [];
      const said = stdout === '' ? '' : (JSON.parse(stdout) as { verdict: string }).verdict;
      expect({ args, status, said }).toEqual({ args, status: expected, said: verdict });
    });
    expect(JSON.parse(results[0]?.stdout ?? '')).toMatchObject({
      verdict: 'VALID',
      integrity: 'VALID',
      reasons: [],
      signatures: [
        {
          field: 'ChuKySo1',
          verdict: 'VALID',
          integrity: 'VALID',
          trust: 'VALID',
          level: 'B-B',
          signer: 'Bùi Hồng Quý',
          time: expect.stringMatching(/^20\d\d-.*Z$/) as string,
          reasons: [],
        },
      ],
    });
    expect(JSON.parse(results[2]?.stdout ?? '')).toMatchObject({ reasons: ['TRAILING_PADDING'] });
    expect(JSON.parse(results[4]?.stdout ?? '')).toMatchObject({
      signatures: [{ trust: 'INDET', reasons: expect.arrayContaining(['CERT_EXPIRED']) as string[] }],
    });
    const plain = await vanthu('verify', padded, ...trust);
    expect(plain).toMatchObject({ status: 10, stdout: expect.stringMatching(/^WARN [^]*TRAILING_PADDING/) as string });
  });

  it('sign: at an exact place, in points of the page as it is shown', async () => {
    const placed = [...signing(sampleLetter, 'placed.pdf'), '--page', '1', '--rect', '100,200,120.5,60'];
    expect(await vanthu(...placed)).toMatchObject({ status: 0, stderr: '' });
    const { stdout } = await vanthu('verify', path('placed.pdf'), '--json');
    expect(JSON.parse(stdout)).toMatchObject({ signatures: [{ page: 1, rect: [100, 200, 220.5, 260] }] });
    const wrong = [
      ['--page', '1'],
      ['--rect', '1,2,3,4'],
      ['--page', '0', '--rect', '1,2,3,4'],
    ];
    wrong.push(
      ['--page', '1', '--rect', '1,2,3'],
      ['--page', '1', '--rect', '1,2,0,4'],
      ['--level', 'B-Z'],
      ['--level', 'B-LT'],
    );
    wrong.push(['--page', '1', '--rect', '500,800,200,100']);
    const results = await inPairs(wrong.map((more) => [...signing(sampleLetter, 'refused.pdf'), ...more]));
    expect(results.map(({ status }) => status)).toEqual(wrong.map(() => 2));
    expect(existsSync(path('refused.pdf'))).toBe(false);
  });

  it('check: as it is, after mending, or not and why', async () => {
    const behindLine = write('quet.pdf', Buffer.concat([Buffer.from('\n'), makePdf()]));
    const layers = makePdf({
      catalog: '/OCProperties <</OCGs [10 0 R] /D <</BaseState /OFF>>>>',
      extra: ['<</Type /OCG>>'],
    });
    const results = await inPairs([
      ['check', sampleLetter, '--json'],
      ['check', behindLine, '--json'],
      ['check', write('lop.pdf', layers), '--json'],
      ['check', lockedLetter],
    ]);
    expect(results.map(({ status }) => status)).toEqual([0, 0, 3, 3]);
    const [asItIs, mended, refused] = results.slice(0, 3).map(({ stdout }) => JSON.parse(stdout) as unknown);
    expect(asItIs).toEqual({ signable: 'as-it-is', pageCount: 2, mends: [] });
    expect(mended).toEqual({ signable: 'after-mending', pageCount: 1, mends: ['structure'] });
    expect(refused).toMatchObject({ signable: 'no', code: 'SIGN_WOULD_WARN', params: { notes: 'SHADOW_LAYERS' } });
    expect(results[3]?.stdout).toMatch(/^no PDF_ENCRYPTED: /);
  });

  it('encrypted files: signed, sealed, checked and verified with their password, refused by name without it', async () => {
    const locked = path('locked.pdf');
    execFileSync('qpdf', ['--encrypt', 'mật khẩu', 'chu', '256', '--', sampleLetter, locked]);
    const open = ['--pdf-password-env', 'OPEN'];
    expect(await vanthu(...signing(locked, 'locked-1.pdf'), ...open)).toEqual({ status: 0, stdout: '', stderr: '' });
    const seal = signing(path('locked-1.pdf'), 'locked-2.pdf', { '--p12': testPki().p12('agency'), '--role': 'seal' });
    expect(await vanthu(...seal, ...open)).toMatchObject({ status: 0, stderr: '' });
    const sealed = path('locked-2.pdf');
    const restricted = path('restricted.pdf');
    execFileSync('qpdf', ['--encrypt', '', 'chu', '256', '--modify=none', '--', sampleLetter, restricted]);
    const cases: [status: number, said: string, args: string[]][] = [
      [0, '"verdict": "VALID"', ['verify', sealed, '--json', '--trust', path('trust'), ...open]],
      [2, 'PDF_ENCRYPTED: ', ['verify', sealed, '--json']],
      [2, 'PDF_PASSWORD_WRONG: ', ['verify', sealed, '--pdf-password-env', 'WRONG']],
      [13, 'UNSIGNED', ['verify', restricted]],
      [0, 'as-it-is', ['check', locked, ...open]],
      [3, 'no PDF_PASSWORD_WRONG: ', ['check', locked, '--pdf-password-env', 'WRONG']],
      [3, '"code": "SIGN_PERMISSION_FORBIDS"', ['check', restricted, '--json']],
      [0, '241', ['propose', locked, ...open]],
      [3, 'PDF_PASSWORD_WRONG: ', [...signing(locked, 'refused.pdf'), '--pdf-password-env', 'WRONG']],
      [3, 'SIGN_PERMISSION_FORBIDS: ', signing(restricted, 'refused.pdf')],
    ];
    const results = await inPairs(cases.map(([, , args]) => args));
    results.forEach(({ status, stdout, stderr }, at) => {
      const [expected, said, args] = cases[at] ?? [0, '', []];
      expect({ args, status }).toEqual({ args, status: expected });
      expect(stdout + stderr).toContain(said);
      expect(stdout + stderr).not.toContain('mật khẩu"');
    });
    expect(existsSync(path('refused.pdf'))).toBe(false);
    // The place was found from the encrypted page's text: between title and name, on the last page.
    const { stdout } = await vanthu('verify', sealed, '--json', ...open);
    const plain = await vanthu(...signing(sampleLetter, 'plain-1.pdf'));
    expect(plain.status).toBe(0);
    const { stdout: unlocked } = await vanthu('verify', path('plain-1.pdf'), '--json');
    const rectOf = (text: string) => (JSON.parse(text) as { signatures: { rect: number[] }[] }).signatures[0]?.rect;
    expect(rectOf(stdout)).toEqual(rectOf(unlocked));
  });

  it('sign refuses with status 3 and the reason, and writes nothing', async () => {
    const empty = write('nothing.pdf', '');
    await vanthu(...signing(sampleLetter, 'whole.pdf'));
    const whole = readFileSync(path('whole.pdf'));
    const altered = Buffer.from(whole);
    altered.write('Z', 11, 'latin1');
    const image = ['--image', join(repositoryRoot, 'resources/demo/signature.png')];
    const cases: [string, string[]][] = [
      ['SIGN_CERT_WRONG_USAGE', signing(sampleLetter, 'refused.pdf', { '--p12': testPki().p12('wrong-usage') })],
      ['SIGN_CERT_NOT_YET_VALID', signing(sampleLetter, 'refused.pdf', { '--p12': testPki().p12('future') })],
      ['SIGN_INVALID_EXISTING', signing(write('altered-once.pdf', altered), 'refused.pdf')],
      // Its picture would cover the page that is signed already.
      [
        'SIGN_RESULT_INVALID',
        [...signing(path('whole.pdf'), 'refused.pdf'), '--page', '1', '--rect', '0,0,590,840', ...image],
      ],
      ['PDF_NOT_PDF', signing(write('no.pdf', 'Không phải PDF'), 'refused.pdf')],
      ['PDF_EMPTY', signing(empty, 'refused.pdf')],
      ['PDF_NO_SUCH_PAGE', [...signing(sampleLetter, 'refused.pdf'), '--page', '9', '--rect', '1,2,30,40']],
      ['P12_BROKEN', signing(sampleLetter, 'refused.pdf', { '--p12': sampleLetter })],
      ['SIGN_IMAGE_UNSUPPORTED', signing(sampleLetter, 'refused.pdf', { '--image': sampleLetter })],
      // Certificates of these authorities say nowhere who tells whether they are revoked.
      [
        'SIGN_REVOCATION_UNKNOWN',
        signing(sampleLetter, 'refused.pdf', { '--level': 'B-LT', '--tsa': 'http://127.0.0.1:9/' }),
      ],
      ['TSA_ADDRESS', signing(sampleLetter, 'refused.pdf', { '--level': 'B-T', '--tsa': 'ftp://a/' })],
      ['TSA_UNREACHABLE', signing(sampleLetter, 'refused.pdf', { '--level': 'B-T', '--tsa': 'http://127.0.0.1:9/' })],
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

  it('backup and restore: beside an open office, back again, and undone', async () => {
    const dataDir = path('kept');
    const place = path('usb');
    mkdirSync(place);
    const opened = openRegisters(dataDir, noLog);
    const made = await vanthu('backup', '--data-dir', dataDir, '--to', place, '--json');
    expect(made).toMatchObject({ status: 0, stderr: '' });
    const { id } = JSON.parse(made.stdout) as { id: string };
    const from = ['restore', '--data-dir', dataDir, '--from', place];
    expect((await vanthu(...from, id)).stderr).toContain('FOLDER_IN_USE');
    opened.close();
    expect((await vanthu(...from, '--list')).stdout).toContain(id);
    expect(await vanthu(...from, id)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('epoch 2') as string,
    });
    expect(await vanthu('restore', '--data-dir', dataDir, '--undo', '--json')).toMatchObject({ status: 0, stderr: '' });
    const [no, away, unknown] = await inPairs([
      ['backup', '--data-dir', dataDir],
      ['backup', '--data-dir', dataDir, '--to', path('away')],
      [...from, 'van-thu-00000000/2026-01-01T000000000Z'],
    ]);
    expect(no).toMatchObject({ status: 2, stderr: expect.stringContaining('--to is missing') as string });
    expect(away).toMatchObject({ status: 2, stderr: expect.stringContaining('BACKUP_PLACE_GONE') as string });
    expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining('no backup') as string });
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

describe('vanthu form', () => {
  it('exports the forms of a period, and says what is missing', async () => {
    const dataDir = mkdtempSync(join(folder, 'forms-'));
    const { registers, close } = openRegisters(dataDir, noLog);
    registers.tx('test', (stores) => {
      const record = outgoingRecord({ codeText: '01/VPUBND-TH', fields: { ...plainFields, date: '2026-05-20' } });
      stores.outgoing.insert(record, []);
      stores.books.take(givenNumber(record.id, 1));
    });
    close();
    const of = ['form', 'export', '--data-dir', dataDir];
    const may = ['--from-date', '2026-05-01', '--to-date', '2026-05-31'];
    const [printed, workbook, ...refused] = await inPairs([
      [...of, '--form', 'outgoing-report', ...may, '--out', 'r.pdf'],
      [...of, '--form', 'outgoing-report', ...may, '--format', 'xlsx', '--out', 'r.xlsx'],
      [...of, '--form', 'post', ...may, '--out', 'n.pdf'],
      [...of, '--form', 'diary', ...may, '--out', 'n.pdf'],
      [...of, '--form', 'post', '--out', 'n.pdf'],
      [...of, '--form', 'handling-sheet', '--year', '2026', '--number', '9', '--out', 'n.pdf'],
    ]);
    expect([printed, workbook]).toMatchObject([{ status: 0 }, { status: 0 }]);
    const text = execFileSync('pdftotext', ['-layout', join(folder, 'r.pdf'), '-'], { encoding: 'utf8' });
    expect(text).toMatch(/BÁO CÁO GIẢI QUYẾT VĂN BẢN ĐI[^]*Tổng cộng +1 /u);
    expect(refused.map(({ status }) => status)).toEqual([2, 2, 2, 2]);
    expect(refused.map(({ stderr }) => stderr).join('')).toMatch(
      /BOOK_RANGE_EMPTY[^]*--form is one of[^]*--from-date[^]*number 9 of 2026/u,
    );
    expect(existsSync(join(folder, 'n.pdf'))).toBe(false);
  });
});

describe('vanthu book', () => {
  it('lists and exports the books beside a program that has them open, and writes nothing', async () => {
    const dataDir = mkdtempSync(join(folder, 'books-'));
    const { registers, close } = openRegisters(dataDir, noLog);
    try {
      registers.tx('test', (stores) => {
        for (const number of [1, 2, 3]) {
          const record = outgoingRecord({ codeText: `0${number}/VPUBND-TH` });
          stores.outgoing.insert(record, []);
          stores.books.take(givenNumber(record.id, number));
        }
      });
      const year = ['--book', 'outgoing', '--year', '2026'];
      const [listed, exported, workbook, none] = await inPairs([
        ['book', 'list', '--data-dir', dataDir, '--json'],
        [
          'book',
          'export',
          '--data-dir',
          dataDir,
          ...year,
          '--from',
          '2',
          '--to',
          '2',
          '--format',
          'json',
          '--out',
          'a.json',
        ],
        ['book', 'export', '--data-dir', dataDir, ...year, '--out', 'a.xlsx'],
        ['book', 'export', '--data-dir', dataDir, '--book', 'outgoing', '--year', '2020', '--out', 'b.xlsx'],
      ]);
      expect(JSON.parse(listed?.stdout ?? '')).toMatchObject([{ id: 'outgoing', year: 2026, last: 3, reserved: 0 }]);
      expect(exported).toMatchObject({ status: 0, stderr: '' });
      expect(JSON.parse(readFileSync(join(folder, 'a.json'), 'utf8'))).toMatchObject({
        book: { id: 'outgoing' },
        entries: [{ number: 2, codeText: '02/VPUBND-TH' }],
      });
      expect(workbook).toMatchObject({ status: 0 });
      expect(readFileSync(join(folder, 'a.xlsx')).subarray(0, 2).toString()).toBe('PK');
      expect(none).toMatchObject({ status: 2, stderr: expect.stringContaining('BOOK_RANGE_EMPTY') });
      const print = ['book', 'export', '--data-dir', dataDir, ...year, '--format', 'pdf'];
      const [printed, unwritable, empty] = await inPairs([
        [...print, '--from', '2', '--volume', '3', '--out', 'a.pdf'],
        [...print, '--out', join('nowhere', 'a.pdf')],
        [...print, '--from-date', '2026-01-01', '--to-date', '2026-01-02', '--out', 'b.pdf'],
      ]);
      expect(printed).toMatchObject({ status: 0, stdout: expect.stringContaining('a.pdf: 2') });
      const text = execFileSync('pdftotext', ['-layout', join(folder, 'a.pdf'), '-'], { encoding: 'utf8' });
      expect(text).toMatch(
        /SỔ ĐĂNG KÝ VĂN BẢN ĐI[^]*Từ số 02 đến số 03[^]*02\/VPUBND-TH[^]*03\/VPUBND-TH[^]*Trang 1\/1/u,
      );
      expect(text).not.toContain('01/VPUBND-TH');
      expect(unwritable).toMatchObject({ status: 2, stderr: expect.stringContaining('a.pdf') });
      expect(empty).toMatchObject({ status: 2, stderr: expect.stringContaining('BOOK_RANGE_EMPTY') });
      // What is there already is not written over.
      const again = await vanthu('book', 'export', '--data-dir', dataDir, ...year, '--out', 'a.xlsx');
      expect(again).toMatchObject({ status: 2, stderr: expect.stringContaining('a.xlsx') });
      // What was taken out stands in the trail, beside the application that has the folder open.
      const noted = readRows<{ params: string }>(dataDir, "SELECT params FROM audit WHERE action = 'book.exported'");
      expect(noted.map(({ params }) => (JSON.parse(params) as { file: string }).file).toSorted()).toEqual([
        'a.json',
        'a.pdf',
        'a.xlsx',
      ]);
    } finally {
      close();
    }
  });

  it('says what is wrong with a folder or with the command', async () => {
    const results = await inPairs([
      ['book', 'list', '--data-dir', join(folder, 'nowhere')],
      ['book', 'list'],
      ['book', 'export', '--data-dir', folder, '--book', 'outgoing', '--year', 'x', '--out', 'c.xlsx'],
      ['book', 'export', '--data-dir', folder, '--book', 'outgoing', '--year', '2026', '--format', 'doc', '--out', 'c'],
    ]);
    expect(results.map(({ status }) => status)).toEqual([2, 2, 2, 2]);
    expect(results.map(({ stderr }) => stderr).join('')).toMatch(/NOT_FOUND[^]*--data-dir[^]*--year[^]*--format/u);
    const dataDir = mkdtempSync(join(folder, 'books-'));
    openRegisters(dataDir, noLog).close();
    const print = ['book', 'export', '--data-dir', dataDir, '--year', '2026', '--format', 'pdf', '--out', 'd.pdf'];
    const refused = await inPairs([
      [...print, '--book', 'nothing'],
      [...print, '--book', 'outgoing', '--from', '9', '--to', '3'],
      [...print, '--book', 'outgoing', '--from-date', '2026-02-30'],
      [...print, '--book', 'outgoing', '--from-date', '2026-03-01', '--to-date', '2026-02-01'],
    ]);
    expect(refused.map(({ status }) => status)).toEqual([2, 2, 2, 2]);
    expect(refused.map(({ stderr }) => stderr).join('')).toMatch(
      /no book "nothing"[^]*RANGE_UPSIDE_DOWN[^]*--from-date[^]*RANGE_UPSIDE_DOWN/u,
    );
  });
});
