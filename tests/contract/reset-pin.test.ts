import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { auditCommand } from '#entries/cli/audit-command.ts';
import { personCommand } from '#entries/cli/person-command.ts';
import type { Role } from '#shared/domain/roles.ts';
import { readRows } from '#tests/support/office-database.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

let office: TestOffice;
beforeEach(async () => {
  office = await openTestOffice();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await office.close();
});

const PIN = '739182';
async function person(name: string, roles: Role[]): Promise<string> {
  const input = { personId: null, name, title: '', unitId: null, roles, position: 0, windowsAccount: '' };
  const { personId } = await office.ok('people.savePerson', input);
  await office.ok('people.setPin', { personId, pin: PIN });
  return personId;
}
const requireSignIn = () => office.ok('people.saveSignIn', { required: true, byAccount: false, idleMinutes: null });
const signIn = (personId: string, pin: string) =>
  office.call('session.signIn', { personId, pin, commandId: randomUUID() });

/** What the command said. */
async function reset(...more: readonly string[]): Promise<string> {
  const said: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  try {
    expect(await personCommand(['reset-pin', '--data-dir', office.dataDir, ...more])).toBe(0);
  } finally {
    vi.restoreAllMocks();
  }
  return said.join('');
}

it('lets the only administrator in again, after wrong attempts and a lock, and stands in the trail', async () => {
  const admin = await person('Phạm Quốc Huy', ['administrator']);
  await person('Lê Thị Bình', ['records-clerk']);
  await requireSignIn();
  await signIn(admin, PIN);
  await office.ok('session.lock', {});
  for (let times = 0; times < 3; times += 1) await signIn(admin, '0000');
  expect(await signIn(admin, PIN)).toMatchObject({ code: 'SIGN_IN_DELAYED' });
  // While the application is open nobody resets anything behind it.
  await expect(reset()).rejects.toMatchObject({ code: 'FOLDER_IN_USE' });
  await office.leave();
  const said = await reset('--person', 'Phạm Quốc Huy');
  const [, pin = ''] = /^Phạm Quốc Huy: (\d{8})\n/u.exec(said) ?? [];
  await office.restart();
  expect(await signIn(admin, PIN)).toMatchObject({ code: 'PIN_WRONG' });
  expect(await signIn(admin, pin)).toMatchObject({ ok: true });
  const rows = readRows<{ kind: string; params: string }>(
    office.dataDir,
    "SELECT actor_kind AS kind, params FROM audit WHERE action = 'people.resetPin'",
  );
  expect(rows.map(({ kind, params }) => [kind, JSON.parse(params) as object])).toEqual([
    ['program', { personId: admin, name: 'Phạm Quốc Huy', account: expect.stringMatching(/./u) as string }],
  ]);
  expect(rows[0]?.params).not.toContain(pin);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  expect(await auditCommand(['verify', '--data-dir', office.dataDir])).toBe(0);
});

it('is refused where another administrator can sign in, where nobody signs in, and for one who is none', async () => {
  await person('Phạm Quốc Huy', ['administrator']);
  await person('Lê Thị Bình', ['records-clerk']);
  await office.leave();
  await expect(reset()).rejects.toThrow('nobody signs in at this office');
  await office.restart();
  await requireSignIn();
  await office.leave();
  await expect(reset('--person', 'Lê Thị Bình')).rejects.toThrow('no such administrator');
  await office.restart();
  expect(
    await signIn(
      readRows<{ id: string }>(office.dataDir, "SELECT id FROM person WHERE name LIKE 'Phạm%'")[0]?.id ?? '',
      PIN,
    ),
  ).toMatchObject({ ok: true });
  await person('Trần Văn An', ['administrator']);
  await office.leave();
  await expect(reset('--person', 'Phạm Quốc Huy')).rejects.toThrow('can set her PIN on the screen');
  expect(readRows(office.dataDir, "SELECT 1 FROM audit WHERE action = 'people.resetPin'")).toEqual([]);
  await office.restart();
});
