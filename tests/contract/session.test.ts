import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callNames, specOf, type CallName } from '#shared/contract/contract.ts';
import { ownerOf } from '#shared/contract/owners.ts';
import { FIRST_PERSON_ID, roles, type Role } from '#shared/domain/roles.ts';
import { addDays, vietnamDay } from '#shared/domain/vn-date.ts';
import { noLog } from '#entries/machine-ports.ts';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';
import { decideAll } from '#scripts/demo/decide-all.ts';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import { readRows } from '#tests/support/office-database.ts';
import { addKeys, approvedDraft, createDraft } from '#tests/support/office-letters.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

const PIN = '739182';
let now = new Date('2026-11-30T02:00:00.000Z');
const clock = { now: () => now };
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
const MINUTE = 60_000;

let office: TestOffice;
let logged: string[];
const log = {
  info: (event: string, details?: object) => void logged.push(JSON.stringify([event, details])),
  warn: (event: string, details?: object) => void logged.push(JSON.stringify([event, details])),
  error: (event: string, error: unknown, details?: object) =>
    void logged.push(`${event} ${String(error)} ${JSON.stringify(details)}`),
};
beforeEach(async () => {
  now = new Date('2026-11-30T02:00:00.000Z');
  logged = [];
  office = await openTestOffice({ ports: { clock }, log });
});
afterEach(() => office.close());

const person = (name: string, held: Role[], windowsAccount = '') => ({
  personId: null as string | null,
  name,
  title: '',
  unitId: null,
  roles: held,
  position: 0,
  windowsAccount,
});
const add = async (name: string, held: Role[], windowsAccount = '', pin: string | null = PIN): Promise<string> => {
  const { personId } = await office.ok('people.savePerson', person(name, held, windowsAccount));
  if (pin !== null) await office.ok('people.setPin', { personId, pin });
  return personId;
};
const requireSignIn = (change: { byAccount?: boolean; idleMinutes?: number } = {}) =>
  office.ok('people.saveSignIn', { required: true, byAccount: false, idleMinutes: null, ...change });
const signIn = (personId: string, pin = PIN) =>
  office.call('session.signIn', { personId, pin, commandId: randomUUID() });
const state = () => office.ok('session.state', {});

describe('until the office asks people to sign in', () => {
  it('whoever sits there is the records office, and there is nothing to lock', async () => {
    expect(await state()).toMatchObject({
      required: false,
      person: { personId: FIRST_PERSON_ID, name: '', roles: [...roles] },
    });
    expect(await office.ok('session.lock', {})).toEqual({ locked: false });
    expect((await state()).person).not.toBeNull();
    expect(office.callers.at(-1)).toEqual([...roles]);
  });

  it('an administrator who can sign in comes first', async () => {
    const refused = { required: true, byAccount: false, idleMinutes: null };
    expect(await office.refused('people.saveSignIn', refused)).toBe('SIGN_IN_NEEDS_ADMINISTRATOR');
    await add('Lê Thị Bình', ['records-clerk']);
    await add('Phạm Quốc Huy', ['administrator'], 'huypq', null);
    expect(await office.refused('people.saveSignIn', refused)).toBe('SIGN_IN_NEEDS_ADMINISTRATOR');
    expect((await state()).person?.personId).toBe(FIRST_PERSON_ID);
    // By her account she can.
    await office.ok('people.saveSignIn', { ...refused, byAccount: true });
    expect((await state()).person).toBeNull();
  });
});

describe('who signs in', () => {
  let clerk: string;
  let admin: string;
  beforeEach(async () => {
    clerk = await add('Lê Thị Bình', ['records-clerk', 'officer']);
    admin = await add('Phạm Quốc Huy', ['administrator']);
    await requireSignIn();
  });

  it('is one person with her own roles, and a screen without anybody learns nothing', async () => {
    expect(await state()).toMatchObject({
      required: true,
      person: null,
      people: [
        { personId: clerk, name: 'Lê Thị Bình' },
        { personId: admin, name: 'Phạm Quốc Huy' },
      ],
    });
    expect(office.callers.at(-1)).toBeNull();
    for (const name of callNames.filter((each) => ownerOf(each) === 'core')) {
      if (specOf(name)?.signedOut === true) continue;
      const answer = await office.call(name as 'office.counts', await anyInput(name));
      expect([name, answer.ok, answer.ok ? '' : answer.code]).toEqual([
        name,
        false,
        expect.stringMatching(/^(SIGNED_OUT|INVALID_INPUT)$/u),
      ]);
    }
    expect(await signIn(clerk)).toMatchObject({ ok: true });
    expect(office.callers.at(-1)).toEqual(['records-clerk', 'officer']);
    const { id } = await createDraft(office, []);
    const { history } = await office.ok('outgoing.get', { id });
    expect(history[0]?.actor).toEqual({ kind: 'person', id: clerk, name: 'Lê Thị Bình' });
    expect(await office.refused('people.saveUnit', { unitId: null, name: 'A', abbreviation: '', position: 0 })).toBe(
      'NOT_ALLOWED',
    );
  });

  /** An input that most schemas take; those that do not answer INVALID_INPUT before anybody is asked for. */
  async function anyInput(name: CallName): Promise<never> {
    const bare = specOf(name)?.kind === 'command' ? { commandId: randomUUID() } : {};
    return { ...bare } as never;
  }

  it('is not whoever only knows the name: wrong PINs have to wait, ever longer, also after a restart', async () => {
    const codes: string[] = [];
    for (let at = 0; at < 3; at += 1) codes.push(await refusedCode(signIn(clerk, '000000')));
    expect(codes).toEqual(['PIN_WRONG', 'PIN_WRONG', 'PIN_WRONG']);
    expect(await signIn(clerk)).toMatchObject({
      code: 'SIGN_IN_DELAYED',
      params: { at: new Date(now.getTime() + MINUTE / 2).toISOString() },
    });
    await office.restart({ ports: { clock } });
    expect(await refusedCode(signIn(clerk))).toBe('SIGN_IN_DELAYED');
    later(MINUTE / 2);
    expect(await refusedCode(signIn(clerk, '000000'))).toBe('PIN_WRONG');
    later(MINUTE / 2);
    expect(await refusedCode(signIn(clerk))).toBe('SIGN_IN_DELAYED');
    // Others are not held up by it.
    expect(await signIn(admin)).toMatchObject({ ok: true });
    later(MINUTE / 2);
    expect(await signIn(clerk)).toMatchObject({ ok: true });
    // Right once, all is forgotten.
    expect(await refusedCode(signIn(clerk, '000000'))).toBe('PIN_WRONG');
    expect(await signIn(clerk)).toMatchObject({ ok: true });
  });

  it('waits no longer because the clock was set back', async () => {
    for (let at = 0; at < 3; at += 1) await signIn(clerk, '000000');
    later(-24 * 60 * MINUTE);
    const answer = await signIn(clerk);
    expect(answer).toMatchObject({ params: { at: new Date(now.getTime() + MINUTE / 2).toISOString() } });
  });

  it('several guesses at once are as many attempts one after the other', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, async () => refusedCode(signIn(clerk, '000000'))));
    expect(answers.filter((code) => code === 'PIN_WRONG')).toHaveLength(3);
    expect(answers.filter((code) => code === 'SIGN_IN_DELAYED')).toHaveLength(5);
  });

  it('gets a new PIN from the administrator, and changes it by herself', async () => {
    for (let at = 0; at < 4; at += 1) await signIn(clerk, '000000');
    await signIn(admin);
    await office.ok('people.setPin', { personId: clerk, pin: '1357' });
    expect(await refusedCode(signIn(clerk))).toBe('PIN_WRONG');
    expect(await signIn(clerk, '1357')).toMatchObject({ ok: true });
    expect(await office.refused('session.changePin', { pin: '0000', newPin: '2468' })).toBe('PIN_WRONG');
    await office.ok('session.changePin', { pin: '1357', newPin: '2468' });
    expect(await signIn(clerk, '2468')).toMatchObject({ ok: true });
    // Four digits at least, and nothing but digits.
    for (const pin of ['123', '12345678901234', '12a4', ' 1234'])
      expect(await office.refused('people.setPin', { personId: clerk, pin })).toBe('INVALID_INPUT');
  });

  it('has a PIN that stands nowhere: not in the register, nor in its log, nor in what core logs', async () => {
    await signIn(clerk);
    await signIn(clerk, '918273');
    await office.ok('session.changePin', { pin: PIN, newPin: '564738' });
    await office.leave();
    for (const file of readdirSync(office.dataDir).filter((name) => name.startsWith('vanthu.db'))) {
      const bytes = readFileSync(join(office.dataDir, file), 'latin1');
      for (const pin of [PIN, '918273', '564738']) expect(bytes).not.toContain(pin);
    }
    for (const pin of [PIN, '918273', '564738']) expect(logged.join('\n')).not.toContain(pin);
  });

  it('is out when she leaves the office, at once', async () => {
    await signIn(admin);
    await office.ok('people.removePerson', { personId: clerk });
    expect(await refusedCode(signIn(clerk))).toBe('PIN_NOT_SET');
    expect(await office.refused('people.removePerson', { personId: admin })).toBe('LAST_ADMINISTRATOR');
    const demoted = { ...person('Phạm Quốc Huy', ['officer']), personId: admin };
    expect(await office.refused('people.savePerson', demoted)).toBe('LAST_ADMINISTRATOR');
    const second = await add('Trần Văn An', ['administrator']);
    await office.ok('people.removePerson', { personId: admin });
    expect((await state()).person).toBeNull();
    expect(await signIn(second)).toMatchObject({ ok: true });
  });

  it('locks her screen by herself, or by being away; commands under way are ended', async () => {
    await signIn(admin);
    await requireSignIn({ idleMinutes: 10 });
    office.idle(599);
    expect((await state()).person).not.toBeNull();
    office.idle(600);
    await office.until('the lock', async () => (await state()).person === null);
    expect(await office.refused('office.counts', {})).toBe('SIGNED_OUT');
    await signIn(admin);
    expect(await office.ok('session.lock', {})).toEqual({ locked: true });
    expect((await state()).person).toBeNull();
  });
});

describe('by the account of Windows', () => {
  it('a person is signed in at the start, but not into a screen that she has locked', async () => {
    const clerk = await add('Lê Thị Bình', ['records-clerk'], 'UBND\\BinhLT');
    await add('Phạm Quốc Huy', ['administrator']);
    await requireSignIn({ byAccount: true });
    await office.restart({ ports: { clock }, account: 'BINHLT' });
    expect((await state()).person).toMatchObject({ personId: clerk });
    await office.ok('session.lock', {});
    // She has a PIN: whoever passes by her machine does not.
    expect(await office.refused('session.signInByAccount', {})).toBe('ACCOUNT_UNKNOWN');
    await office.restart({ ports: { clock }, account: 'BINHLT' });
    expect((await state()).person).toBeNull();
    expect(await signIn(clerk)).toMatchObject({ ok: true });
    await office.restart({ ports: { clock }, account: 'BINHLT' });
    expect((await state()).person).toMatchObject({ personId: clerk });
    await office.restart({ ports: { clock }, account: 'stranger' });
    expect((await state()).person).toBeNull();
  });

  it('one without a PIN unlocks with it, and nobody does where the office does not allow it', async () => {
    await add('Lê Thị Bình', ['records-clerk'], 'binhlt', null);
    const admin = await add('Phạm Quốc Huy', ['administrator']);
    await requireSignIn({ byAccount: true });
    await office.restart({ ports: { clock }, account: 'binhlt' });
    await office.ok('session.lock', {});
    expect(await state()).toMatchObject({ person: null, byAccount: { name: 'Lê Thị Bình' } });
    await office.ok('session.signInByAccount', {});
    await signIn(admin);
    await requireSignIn({ byAccount: false });
    await office.restart({ ports: { clock }, account: 'binhlt' });
    expect(await state()).toMatchObject({ person: null, byAccount: null });
    expect(await office.refused('session.signInByAccount', {})).toBe('ACCOUNT_UNKNOWN');
  });
});

describe('behind a locked screen', () => {
  it('letters go out and come in', async () => {
    const hub = createOfficeHub([agency('H15.01', 'Văn phòng'), agency('H15.02', 'Sở Nội vụ')]);
    const other = await openTestOffice({ ports: { gateway: hub.gateway }, log: noLog });
    try {
      await other.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: 'H15.01', workstationName: 'Máy 1' });
      await other.ok('people.setPin', { personId: FIRST_PERSON_ID, pin: PIN });
      await other.ok('people.saveSignIn', { required: true, byAccount: false, idleMinutes: null });
      expect(await other.refused('office.counts', {})).toBe('SIGNED_OUT');
      hub.setAgencies([agency('H15.01', 'Văn phòng'), agency('H15.07', 'Sở mới')]);
      await other.restart({ ports: { gateway: hub.gateway } });
      await other.ok('session.signIn', { personId: FIRST_PERSON_ID, pin: PIN });
      await other.until('directory', async () =>
        (await other.ok('directory.search', { text: 'Sở mới' })).agencies.some(({ code }) => code === 'H15.07'),
      );
    } finally {
      await other.close();
    }
  });
});

describe('who acts for another', () => {
  let leader: string;
  let deputy: string;
  let admin: string;
  const today = () => vietnamDay(now.getTime());
  beforeEach(async () => {
    leader = await add('Nguyễn Văn Dũng', ['leader']);
    deputy = await add('Lê Thị Bình', ['officer']);
    admin = await add('Phạm Quốc Huy', ['administrator']);
    await requireSignIn();
  });
  const delegate = (from: string, to: string, fromDay: string, toDay: string) =>
    office.call('people.delegate', {
      fromPersonId: from,
      toPersonId: to,
      fromDay,
      toDay,
      commandId: randomUUID(),
    });
  /** What only a leader may, tried on nothing. */
  const tryToLead = async () =>
    office.refused('outgoing.sign', { id: randomUUID(), revision: 1, certificateId: randomUUID(), password: 'x' });

  it('may what a leader may, from the first day to the last, and says for whom', async () => {
    await signIn(leader);
    expect(await delegate(leader, deputy, addDays(today(), 1), addDays(today(), 2))).toMatchObject({ ok: true });
    await signIn(deputy);
    const seen: string[] = [];
    for (let day = 0; day < 4; day += 1) {
      seen.push(await tryToLead());
      later(24 * 60 * MINUTE);
    }
    expect(seen).toEqual(['NOT_ALLOWED', 'NOT_FOUND', 'NOT_FOUND', 'NOT_ALLOWED']);
  });

  it('is named with the one she acts for where her own roles would not do', async () => {
    await signIn(leader);
    await delegate(leader, deputy, today(), today());
    await signIn(deputy);
    expect((await state()).person).toMatchObject({
      roles: ['officer', 'leader'],
      actsFor: [{ personId: leader, name: 'Nguyễn Văn Dũng' }],
    });
    const own = await createDraft(office, []);
    const { history } = await office.ok('outgoing.get', { id: own.id });
    expect(history[0]?.actor).toEqual({ kind: 'person', id: deputy, name: 'Lê Thị Bình' });
  });

  it('cannot give on what was given to her, and nobody gives what is another’s', async () => {
    await signIn(leader);
    await delegate(leader, deputy, today(), today());
    await signIn(deputy);
    expect(await delegate(deputy, admin, today(), today())).toMatchObject({ code: 'DELEGATOR_NOT_LEADER' });
    expect(await delegate(leader, deputy, today(), today())).toMatchObject({ code: 'DELEGATION_NOT_OWN' });
    await signIn(admin);
    expect(await delegate(leader, leader, today(), today())).toMatchObject({ code: 'DELEGATION_DAYS_WRONG' });
    expect(await delegate(leader, deputy, today(), addDays(today(), -1))).toMatchObject({
      code: 'DELEGATION_DAYS_WRONG',
    });
    // What was decided on paper.
    expect(await delegate(leader, deputy, today(), today())).toMatchObject({ ok: true });
  });

  it('no longer does once it is taken back, or the leader is one no more', async () => {
    await signIn(leader);
    const given = await office.ok('people.delegate', {
      fromPersonId: leader,
      toPersonId: deputy,
      fromDay: today(),
      toDay: addDays(today(), 30),
    });
    await signIn(deputy);
    expect(await tryToLead()).toBe('NOT_FOUND');
    await signIn(leader);
    await office.ok('people.endDelegation', { delegationId: given.id });
    expect((await office.ok('people.delegations', {})).delegations).toMatchObject([{ endedAt: now.toISOString() }]);
    await signIn(deputy);
    expect(await tryToLead()).toBe('NOT_ALLOWED');
    await signIn(leader);
    await delegate(leader, deputy, today(), addDays(today(), 30));
    await signIn(admin);
    await office.ok('people.savePerson', { ...person('Nguyễn Văn Dũng', ['officer']), personId: leader });
    await signIn(deputy);
    expect(await tryToLead()).toBe('NOT_ALLOWED');
  });
});

describe('the audit trail', () => {
  const trail = () =>
    readRows<{ action: string; who: string; behalf: string; params: string }>(
      office.dataDir,
      'SELECT action, actor_name AS who, behalf_name AS behalf, params FROM audit ORDER BY seq',
    );

  it('has what administrators do, who signs in, and who tried to, in the words of the command and without a PIN', async () => {
    const clerk = await add('Lê Thị Bình', ['records-clerk']);
    await add('Phạm Quốc Huy', ['administrator']);
    await requireSignIn();
    await signIn(clerk, '000000');
    await signIn(clerk);
    await office.ok('books.startFrom', { bookId: 'outgoing', year: 2026, last: 7 });
    await office.ok('session.lock', {});
    const rows = trail();
    expect(rows.map(({ action, who }) => [action, who])).toEqual([
      ['audit.began', ''],
      ['people.savePerson', ''],
      ['people.setPin', ''],
      ['people.savePerson', ''],
      ['people.setPin', ''],
      ['people.saveSignIn', ''],
      ['session.refused', ''],
      ['session.signIn', 'Lê Thị Bình'],
      ['books.startFrom', 'Lê Thị Bình'],
      ['session.lock', 'Lê Thị Bình'],
    ]);
    expect(JSON.parse(rows.find(({ action }) => action === 'session.refused')?.params ?? '')).toEqual({
      personId: clerk,
      name: 'Lê Thị Bình',
      failures: 1,
    });
    expect(JSON.stringify(rows)).not.toMatch(/739182|000000/u);
    // What was refused, and what only looks, leaves nothing.
    await office.refused('office.counts', {});
    expect(trail()).toHaveLength(rows.length);
  });

  it('and the history say who acted for whom', async () => {
    const hub = createOfficeHub([agency('H15.01', 'Văn phòng'), agency('H15.02', 'Sở Nội vụ')]);
    const other = await openTestOffice({ ports: { gateway: hub.gateway }, log: noLog });
    try {
      await other.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: 'H15.01', workstationName: 'Máy 1' });
      await other.until('directory', async () => (await other.ok('directory.search', { text: '' })).total === 2);
      const keys = await addKeys(other);
      const named = async (name: string, held: Role[]) => {
        const { personId } = await other.ok('people.savePerson', person(name, held));
        await other.ok('people.setPin', { personId, pin: PIN });
        return personId;
      };
      const leader = await named('Nguyễn Văn Dũng', ['leader']);
      const deputy = await named('Lê Thị Bình', ['records-clerk']);
      await named('Phạm Quốc Huy', ['administrator']);
      const day = vietnamDay(Date.now());
      await other.ok('people.delegate', {
        fromPersonId: leader,
        toPersonId: deputy,
        fromDay: day,
        toDay: addDays(day, 1),
      });
      await other.ok('people.saveSignIn', { required: true, byAccount: false, idleMinutes: null });
      await other.ok('session.signIn', { personId: deputy, pin: PIN });
      const draft = await approvedDraft(other, ['H15.02']);
      const numbered = await other.ok('outgoing.assignNumber', { id: draft.id, revision: draft.revision });
      await decideAll(other.ok, numbered, { person: keys.person, seal: null });
      const { id, revision } = await other.ok('outgoing.get', { id: draft.id });
      await other.ok('outgoing.sign', { id, revision, certificateId: keys.person, password: TEST_PKI_PASSWORD });
      const { history } = await other.ok('outgoing.get', { id: draft.id });
      const actorOf = (action: string) => history.find((entry) => entry.action === action)?.actor;
      // Numbers are her own work; a signature is the leader's.
      expect(actorOf('numbered')).toEqual({ kind: 'person', id: deputy, name: 'Lê Thị Bình' });
      expect(actorOf('signed')).toEqual({
        kind: 'person',
        id: deputy,
        name: 'Lê Thị Bình',
        onBehalfOf: { id: leader, name: 'Nguyễn Văn Dũng' },
      });
      expect(readRows(other.dataDir, "SELECT behalf_name AS behalf FROM audit WHERE action = 'signed'")).toEqual([
        { behalf: 'Nguyễn Văn Dũng' },
      ]);
    } finally {
      await other.close();
    }
  });
});

async function refusedCode(answer: ReturnType<typeof signIn>): Promise<string> {
  const settled = await answer;
  return settled.ok ? 'ok' : settled.code;
}
