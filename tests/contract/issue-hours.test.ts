import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideAll } from '#scripts/demo/decide-all.ts';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';
import { vietnamHolidays } from '#shared/domain/vietnam-holidays.ts';
import { addDays, vietnamDay, weekdayOf } from '#shared/domain/vn-date.ts';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import { addKeys, approvedDraft, createDraft, sealedLetter, type OfficeKeys } from '#tests/support/office-letters.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';
import { createVirtualTime, type VirtualTime } from '#tests/support/virtual-time.ts';

const hub = createOfficeHub([agency('H15.01', 'Văn phòng'), agency('H15.02', 'Sở Nội vụ')]);
const to = ['H15.02'];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 09:00 of a Friday to come, when the test's certificates are valid, with no holiday in the three weeks after it. */
const START = calmFriday();

function calmFriday(): string {
  const isCalm = (day: string): boolean => vietnamHolidays.every(({ date }) => date < day || date > addDays(day, 21));
  let day = vietnamDay(Date.now() + 2 * DAY);
  while (weekdayOf(day) !== 5 || !isCalm(day)) day = addDays(day, 1);
  return `${day}T02:00:00.000Z`;
}

/** The end of office hours, so many days after the start. */
const endOfDay = (days: number): string => `${addDays(START.slice(0, 10), days)}T10:00:00.000Z`;
let office: TestOffice;
let world: VirtualTime;

beforeEach(async () => {
  world = createVirtualTime(Date.parse(START));
  office = await openTestOffice({ ports: { gateway: hub.gateway, clock: world.clock, timers: world.timers } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: 'H15.01', workstationName: 'Máy 1' });
  await world.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
});
afterEach(() => office.close());

const target = ({ id, revision }: { id: string; revision: number }) => ({ id, revision });
const dueOf = async ({ id }: { id: string }) => (await office.ok('outgoing.get', { id })).dueAt;
const inHours = (hours: number) => new Date(Date.parse(START) + hours * HOUR).toISOString();

describe('a deadline counted from issue', () => {
  it('is counted anew at each step up to the sending, and then stays', async () => {
    const keys = await addKeys(office);
    const letter = await sealedLetter(office, keys, to, { fields: { dueRule: 'working-days:5' } });
    expect(await dueOf(letter)).toBe(endOfDay(7));
    world.jump(72 * HOUR);
    await office.ok('outgoing.send', target(letter));
    expect(await dueOf(letter)).toBe(endOfDay(10));
    world.jump(72 * HOUR);
    expect(await dueOf(letter)).toBe(endOfDay(10));
  });

  it('is proposed for the next letter of the type, from the last one that was kept', async () => {
    const last = async (documentType: string) => (await office.ok('outgoing.lastDueRule', { documentType })).rule;
    expect(await last('Công văn')).toBeNull();
    await createDraft(office, to, { fields: { dueRule: 'working-days:5' } });
    await createDraft(office, to, { fields: { documentType: 'Báo cáo' } });
    const dropped = await createDraft(office, to, { fields: { dueRule: 'working-hours:4' } });
    expect(await last('Công văn')).toBe('working-hours:4');
    await office.ok('outgoing.discard', target(dropped));
    expect(await last('Công văn')).toBe('working-days:5');
    expect(await last('Báo cáo')).toBeNull();
  });

  it('is refused in a form that nobody could count', async () => {
    const { id, revision } = await createDraft(office, to);
    const { fields } = await office.ok('outgoing.get', { id });
    for (const dueRule of ['working-days:0', 'working-days:251', 'mai'] as never[]) {
      const input = { id, revision, fields: { ...fields, dueRule }, recipients: to };
      expect(await office.refused('outgoing.update', input)).toBe('INVALID_INPUT');
    }
  });
});

describe('an hour that is gone', () => {
  const timed = (expressAt: string) => ({ fields: { urgency: 'express-timed', expressAt } }) as const;
  let keys: OfficeKeys;
  beforeEach(async () => {
    keys = await addKeys(office);
  });

  it('may stand in a draft, and is refused at approval', async () => {
    const express = await createDraft(office, to, timed(inHours(-1)));
    expect(await office.refused('outgoing.approve', target(express))).toBe('EXPRESS_HOUR_GONE');
    const due = await createDraft(office, to, { fields: { dueAt: inHours(-1) } });
    expect(await office.refused('outgoing.approve', target(due))).toBe('DUE_DATE_GONE');
    expect((await office.ok('outgoing.get', { id: due.id })).state).toBe('draft');
  });

  it('takes no number', async () => {
    const express = await approvedDraft(office, to, timed(inHours(1)));
    world.jump(HOUR);
    expect(await office.refused('outgoing.assignNumber', target(express))).toBe('EXPRESS_HOUR_GONE');
    expect((await office.ok('outgoing.nextNumber', { id: express.id })).number).toBe(1);
    const reopened = await office.ok('outgoing.reopen', target(express));
    expect(reopened.state).toBe('draft');
  });

  it('is not sent', async () => {
    const letters = [
      await sealedLetter(office, keys, to, timed(inHours(1))),
      await sealedLetter(office, keys, to, { fields: { dueAt: inHours(1) } }),
    ];
    world.jump(2 * HOUR);
    const codes = [];
    for (const letter of letters) codes.push(await office.refused('outgoing.send', target(letter)));
    expect(codes).toEqual(['EXPRESS_HOUR_GONE', 'DUE_DATE_GONE']);
  });

  it('does not stop a signature: the paper may still be needed', async () => {
    const approved = await approvedDraft(office, to, { fields: { dueAt: inHours(1) } });
    const numbered = await office.ok('outgoing.assignNumber', target(approved));
    world.jump(2 * HOUR);
    await decideAll(office.ok, numbered, keys);
    const key = { certificateId: keys.person, password: TEST_PKI_PASSWORD };
    expect((await office.ok('outgoing.sign', { ...target(numbered), ...key })).state).toBe('signed');
  });
});
