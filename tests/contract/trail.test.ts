import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, utils } from '@e965/xlsx';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditCommand } from '#entries/cli/audit-command.ts';
import type { TrailFilter, TrailRow } from '#shared/contract/audit.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import type { Role } from '#shared/domain/roles.ts';
import { addDays, vietnamDay } from '#shared/domain/vn-date.ts';
import { readRows } from '#tests/support/office-database.ts';
import { openTestOffice, repositoryRoot, type TestOffice } from '#tests/support/test-office.ts';

/** Stands in what is written of the limited document, and nowhere else. */
const WORD = 'mimosa';
const PIN = '739182';
const TODAY = vietnamDay(Date.now());

let office: TestOffice;
const people = new Map<string, string>();
const idOf = (name: string): string => people.get(name) ?? '';
const as = (name: string) => office.ok('session.signIn', { personId: idOf(name), pin: PIN });
let limited: { id: string };
let plain: { id: string };

const paper = (codeText: string, word: string) => ({
  senderCode: null,
  acceptDuplicate: false,
  fields: {
    ...noMeeting,
    agencyName: 'Sở Nội vụ',
    codeText,
    date: TODAY,
    documentType: 'Công văn',
    abstract: `V/v ${word}`,
    signerName: 'Trần Thị Hoa',
    signerTitle: 'Giám đốc',
    urgency: 'normal' as const,
    dueAt: null,
    forwardTo: '',
    paper: 'arrived' as const,
    pageAmount: null,
  },
});

beforeAll(async () => {
  office = await openTestOffice({ account: 'CQ-huy' });
  const person = async (name: string, roles: Role[], windowsAccount = ''): Promise<void> => {
    const input = { personId: null, name, title: '', unitId: null, roles, position: 0, windowsAccount };
    const { personId } = await office.ok('people.savePerson', input);
    await office.ok('people.setPin', { personId, pin: PIN });
    people.set(name, personId);
  };
  await person('Quản trị', ['administrator'], 'CQ-huy');
  await person('Quản trị kiêm văn thư', ['administrator', 'records-clerk']);
  await person('Văn thư', ['records-clerk']);
  await person('Lãnh đạo', ['leader']);
  await person('Chuyên viên', ['officer']);
  await office.ok('people.saveSignIn', { required: true, byAccount: true, idleMinutes: null });
  await as('Văn thư');
  limited = await office.ok('incoming.registerPaper', paper('7/MAT', WORD));
  plain = await office.ok('incoming.registerPaper', paper('8/SNV', 'rà soát'));
  for (const [{ id }, word] of [
    [limited, WORD],
    [plain, 'hoa'],
  ] as const) {
    const { revision, fields } = await office.ok('incoming.get', { id });
    const changed = { ...fields, abstract: `V/v sửa ${word}` };
    await office.ok('incoming.correct', {
      id,
      revision,
      fields: changed,
      reason: `Ghi nhầm ${word}`,
      acceptDuplicate: true,
    });
  }
  await office.ok('access.limit', { id: limited.id, readers: [{ kind: 'person', id: idOf('Chuyên viên') }] });
});
afterAll(() => office.close());

const list = async (filter: TrailFilter = {}): Promise<TrailRow[]> =>
  (await office.ok('audit.list', { filter, limit: 200 })).rows;
const bytesOf = (fileId: string) => readFileSync(join(office.dataDir, fileAddress(fileId)));

interface Exported {
  readonly register: string;
  readonly rows: {
    seq: number;
    previous: string;
    hash: string;
    row?: Record<string, unknown>;
    withheld?: Record<string, unknown>;
  }[];
}

describe('the trail', () => {
  it('is shown, checked and exported to an administrator and to nobody else', async () => {
    for (const name of ['Văn thư', 'Lãnh đạo', 'Chuyên viên']) {
      await as(name);
      expect(await office.refused('audit.list', {})).toBe('NOT_ALLOWED');
      expect(await office.refused('audit.state', {})).toBe('NOT_ALLOWED');
      expect(await office.refused('audit.verify', {})).toBe('NOT_ALLOWED');
      expect(await office.refused('audit.export', { format: 'json' })).toBe('NOT_ALLOWED');
    }
    await office.ok('session.lock', {});
    expect(await office.refused('audit.list', {})).toBe('SIGNED_OUT');
    await as('Quản trị');
    expect((await list()).length).toBeGreaterThan(10);
  });

  it('is the newest first, each page after the one before, and stands still while it is read', async () => {
    await as('Quản trị');
    const whole = await list();
    const [upTo] = whole.map(({ seq }) => seq);
    const first = await office.ok('audit.list', { limit: 4, ...(upTo === undefined ? {} : { upTo }) });
    await as('Quản trị');
    const second = await office.ok('audit.list', {
      limit: 4,
      ...(upTo === undefined ? {} : { upTo }),
      ...(first.next === null ? {} : { after: first.next }),
    });
    expect([...first.rows, ...second.rows]).toEqual(whole.slice(0, 8));
    expect(await office.ok('audit.list', { limit: 4, ...(upTo === undefined ? {} : { upTo }) })).toEqual(first);
    expect((await list())[0]?.seq).toBe((upTo ?? 0) + 1);
  });

  it('is filtered by person, kind of act, day and document', async () => {
    await as('Quản trị kiêm văn thư');
    const ofClerk = await list({ person: idOf('Văn thư') });
    expect(new Set(ofClerk.map(({ actor }) => actor.name))).toEqual(new Set(['Văn thư']));
    expect(new Set((await list({ person: 'program' })).map(({ actor }) => actor.kind))).toEqual(new Set(['program']));
    const ofPeople = await list({ kind: 'people' });
    expect(new Set(ofPeople.map(({ action }) => action))).toEqual(
      new Set(['people.savePerson', 'people.setPin', 'people.saveSignIn']),
    );
    expect(await list({ kind: 'people', person: idOf('Văn thư') })).toEqual([]);
    expect(await list({ fromDay: addDays(TODAY, 1) })).toEqual([]);
    expect(await list({ toDay: addDays(TODAY, -1) })).toEqual([]);
    expect((await list({ fromDay: TODAY, toDay: TODAY })).length).toBe((await list()).length);
    const ofDocument = await list({ document: '7 / mat' });
    expect(ofDocument.map(({ action }) => action)).toEqual([
      'access.limit',
      'corrected',
      'registered',
      'arrived-on-paper',
    ]);
    expect(await list({ documentId: limited.id })).toEqual(ofDocument);
    expect(await list({ document: limited.id })).toEqual(ofDocument);
    expect(await list({ document: '99/KHONG-CO' })).toEqual([]);
  });

  it('names a limited document, and what was done with it, only to whoever may see it', async () => {
    const about = async () => {
      const rows = (await list()).filter(({ action }) => ['corrected', 'access.limit'].includes(action));
      return rows.map(({ action, hidden, document, params }) => ({
        action,
        hidden: hidden ?? false,
        code: document?.codeText ?? null,
        told: JSON.stringify(params).includes(WORD),
      }));
    };
    await as('Quản trị');
    expect(await about()).toEqual([
      { action: 'access.limit', hidden: true, code: null, told: false },
      { action: 'corrected', hidden: false, code: '8/SNV', told: false },
      { action: 'corrected', hidden: true, code: null, told: false },
    ]);
    expect(await list({ document: '7/MAT' })).toEqual([]);
    expect(await office.refused('audit.list', { filter: { documentId: limited.id } })).toBe('LIMITED_DOCUMENT');
    await as('Quản trị kiêm văn thư');
    expect(await about()).toEqual([
      { action: 'access.limit', hidden: false, code: '7/MAT', told: false },
      { action: 'corrected', hidden: false, code: '8/SNV', told: false },
      { action: 'corrected', hidden: false, code: '7/MAT', told: true },
    ]);
  });

  it('knows how somebody had signed in: by PIN, or by the account that the program began with', async () => {
    await as('Quản trị');
    await office.ok('audit.verify', {});
    expect((await list({ person: idOf('Quản trị') }))[0]?.actor).toMatchObject({ signedIn: { by: 'pin' } });
    await office.restart();
    await office.ok('audit.verify', {});
    const [checked, entered] = await list({ person: idOf('Quản trị') });
    expect(checked).toMatchObject({
      action: 'audit.verify',
      actor: { signedIn: { by: 'account', account: 'CQ-huy' } },
    });
    expect(entered).toMatchObject({ action: 'session.signInByAccount', actor: { name: 'Quản trị' } });
    // Nobody had to, before the office wanted it.
    const first = (await list({ kind: 'people' })).at(-1);
    expect(first?.actor.signedIn).toBeNull();
  });
});

describe('a check', () => {
  it('goes on beside other calls, says how far it has come, and is kept', async () => {
    await as('Quản trị');
    const { last } = await office.ok('audit.state', {});
    const checking = office.ok('audit.verify', {});
    expect((await office.ok('audit.state', {})).running).not.toBeNull();
    const verdict = await checking;
    expect(verdict).toMatchObject({ rows: last, fault: null });
    await office.restart();
    await as('Quản trị');
    expect(await office.ok('audit.state', {})).toMatchObject({ check: verdict, running: null });
  });

  it('says where the trail breaks, also that its end is gone since the last one', async () => {
    const other = await openTestOffice();
    try {
      await other.ok('books.startFrom', { bookId: 'outgoing', year: 2026, last: 7 });
      await other.ok('audit.verify', {});
      const tamper = (sql: string): void => {
        const sqlite = new Database(join(other.dataDir, 'vanthu.db'));
        for (const name of ['changed', 'deleted']) sqlite.exec(`DROP TRIGGER IF EXISTS audit_not_${name}`);
        sqlite.exec(sql);
        sqlite.close();
      };
      tamper('DELETE FROM audit WHERE seq > 1');
      expect(await other.ok('audit.verify', {})).toMatchObject({ fault: { seq: 2, what: 'cut-off' } });
      tamper("UPDATE audit SET actor_name = 'x' WHERE seq = 1");
      expect((await other.ok('audit.verify', {})).fault).toEqual({ seq: 1, what: 'row-changed' });
      expect((await other.ok('audit.state', {})).check?.fault?.what).toBe('row-changed');
    } finally {
      await other.close();
    }
  });
});

/** The recipe of docs/operations.md, as it stands there. */
function recipe(): string {
  const manual = readFileSync(join(repositoryRoot, 'docs/operations.md'), 'utf8');
  const [, script] = /node -e '\n([^']+)' nhat-ky\.json/u.exec(manual) ?? [];
  return script ?? '';
}

function verifiedByRecipe(json: string): string {
  const file = join(office.dataDir, `${randomUUID()}.json`);
  writeFileSync(file, json);
  try {
    return execFileSync(process.execPath, ['-e', recipe(), file], { encoding: 'utf8' }).trim();
  } catch (error) {
    return String((error as { stdout: unknown }).stdout).trim();
  }
}

describe('an export', () => {
  it('is JSON that the recipe of the manual verifies, and in which it finds every change', async () => {
    await as('Quản trị');
    const { file, rows } = await office.ok('audit.export', { format: 'json' });
    const json = bytesOf(file.fileId).toString('utf8');
    const exported = JSON.parse(json) as Exported;
    expect([file.name.endsWith('.json'), exported.rows.length]).toEqual([true, rows]);
    expect(verifiedByRecipe(json)).toBe(`whole: ${rows} rows`);
    expect(json).not.toContain(WORD);
    const withheld = exported.rows.filter((each) => each.withheld !== undefined);
    expect(withheld.length).toBeGreaterThan(0);
    expect(json).not.toContain(limited.id);
    const changed = (change: (copy: Exported) => void): string => {
      const copy = JSON.parse(json) as Exported;
      change(copy);
      return verifiedByRecipe(JSON.stringify(copy));
    };
    const place = 5;
    const broken = expect.stringMatching(/^BROKEN at row \d+$/u) as string;
    expect(changed(({ rows: all }) => Object.assign(all[place]?.row ?? {}, { actorName: 'ai khác' }))).toBe(
      'BROKEN at row 6',
    );
    expect(changed(({ rows: all }) => Object.assign(all[place] ?? {}, { hash: 'a'.repeat(64) }))).toEqual(broken);
    expect(changed(({ rows: all }) => Object.assign(all[0] ?? {}, { previous: 'a'.repeat(64) }))).toBe(
      'BROKEN at row 1',
    );
    expect(changed(({ rows: all }) => Object.assign(all[place]?.row ?? {}, { seq: 99 }))).toBe('BROKEN at row 6');
  });

  it('of a filter is verified row by row, and stands in the trail', async () => {
    await as('Quản trị kiêm văn thư');
    const { file, rows } = await office.ok('audit.export', { format: 'json', filter: { document: '7/MAT' } });
    const json = bytesOf(file.fileId).toString('utf8');
    expect(json).toContain(WORD);
    expect(verifiedByRecipe(json)).toBe(`whole: ${rows} rows`);
    const [noted] = await list({ person: idOf('Quản trị kiêm văn thư') });
    expect(noted).toMatchObject({ action: 'audit.export', params: { format: 'json', rows } });
  });

  it('is a workbook with real times, in the words of the office', async () => {
    await as('Quản trị');
    const { file, rows } = await office.ok('audit.export', { format: 'xlsx' });
    const sheet = read(bytesOf(file.fileId), { cellDates: true }).Sheets['Nhật ký hệ thống'];
    const lines = utils.sheet_to_json<Record<string, unknown>>(sheet ?? {});
    expect(lines.length).toBe(rows);
    const time = lines[0]?.['Thời điểm (giờ Việt Nam)'];
    expect(time).toBeInstanceOf(Date);
    const acts = lines.map((line) => line['Việc']);
    expect(acts).toContain('Đặt phạm vi hẹp');
    expect(acts).toContain('Vào sổ văn bản đến');
    expect(lines.some((line) => line['Văn bản'] === '(phạm vi hẹp)' && line['Chi tiết'] === undefined)).toBe(true);
    expect(JSON.stringify(lines)).not.toContain(WORD);
    expect(JSON.stringify(lines)).toContain('vai trò: quản trị');
  });

  it('by the command line takes out what is asked for, whole, and leaves its row first', async () => {
    const run = async (...more: readonly string[]): Promise<string> => {
      const said: string[] = [];
      const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
      try {
        expect(
          await auditCommand(['export', '--data-dir', office.dataDir, '--from', TODAY, '--to', TODAY, ...more]),
        ).toBe(0);
      } finally {
        write.mockRestore();
      }
      return said.join('');
    };
    const out = join(office.dataDir, `${randomUUID()}.json`);
    const said = await run('--format', 'json', '--out', out);
    const json = readFileSync(out, 'utf8');
    expect(said).toBe(`${out}: ${(JSON.parse(json) as Exported).rows.length}\n`);
    expect(verifiedByRecipe(json)).toMatch(/^whole: \d\d+ rows$/u);
    expect(json).toContain(WORD);
    await expect(run('--format', 'json', '--out', out)).rejects.toThrow('EEXIST');
    const book = join(office.dataDir, `${randomUUID()}.xlsx`);
    await run('--person', 'Văn thư', '--out', book);
    const [sheet] = Object.values(read(readFileSync(book)).Sheets);
    const lines = utils.sheet_to_json<Record<string, unknown>>(sheet ?? {});
    expect(new Set(lines.map((line) => line['Người thực hiện']))).toEqual(new Set(['Văn thư']));
    await expect(run('--person', 'Không ai', '--out', `${book}2`)).rejects.toThrow('nobody is called');
    const noted = readRows<{ params: string }>(
      office.dataDir,
      "SELECT params FROM audit WHERE action = 'audit.exported' ORDER BY seq",
    );
    expect(noted.map(({ params }) => (JSON.parse(params) as { format: string }).format)).toEqual(['json', 'xlsx']);
  });
});
