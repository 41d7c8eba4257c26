import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FIRST_PERSON_ID } from '#shared/domain/roles.ts';
import { dutyOf, dutyRota } from '#tests/support/duty-rota.ts';
import { PHONE_CODE } from '#tests/support/office-hub.ts';
import { createSyncWorld, HOUR, RECEIVER, type SyncWorld } from '#tests/support/sync-world.ts';
import type { TestOffice } from '#tests/support/test-office.ts';

let world: SyncWorld;
let office: TestOffice;
beforeEach(async () => {
  world = createSyncWorld();
  world.hub.duties.set(RECEIVER, dutyOf(dutyRota));
  office = await world.enrolled(RECEIVER);
  await world.time.until('the rota', async () => (await kept())?.duty.version === 1);
});
afterEach(() => world.close());

const kept = async () => (await office.ok('duty.get', {})).kept;
const coming = async () => (await office.ok('duty.get', {})).coming;
const cutLine = () => {
  world.hub.line(RECEIVER).fail = () => ({ kind: 'offline', detail: 'cut' });
};
const heard = () => office.events.flatMap(({ event, payload }) => (event === 'answers.changed' ? payload.queries : []));
/** Monday's day shift has nobody. */
const withGap = { ...dutyRota, shifts: dutyRota.shifts.slice(1) };

describe('the rota at this office', () => {
  it('comes with the line, and is there without one, also after a restart', async () => {
    cutLine();
    await office.restart({ ports: world.ports() });
    expect((await kept())?.duty.rota).toEqual(dutyRota);
  });

  it('is read again every hour, when only the exchange knows of a change', async () => {
    world.hub.duties.set(RECEIVER, dutyOf(dutyRota, { version: 2 }));
    await world.time.pass(HOUR + 60_000);
    // The long poll of the hub ends when something happens.
    world.hub.watch();
    await world.time.until('the newer rota', async () => (await kept())?.duty.version === 2);
  });

  it('is saved with the line and only with it; what is kept is what the exchange answered', async () => {
    const saved = await office.ok('duty.save', { from: 1, rota: withGap });
    expect(saved.duty).toMatchObject({ version: 2, rota: withGap });
    expect(await kept()).toEqual(saved);
    expect(heard()).toContain('duty.get');
    cutLine();
    expect(await office.refused('duty.save', { from: 2, rota: dutyRota })).toBe('DUTY_OFFLINE');
    expect(await office.refused('duty.saveHours', { hours: [{ weekday: 1, from: '08:00', to: '12:00' }] })).toBe(
      'DUTY_OFFLINE',
    );
    expect(await office.refused('duty.sendPhoneCode', { phone: '+84900000431' })).toBe('DUTY_OFFLINE');
    expect(await office.refused('duty.confirmPhone', { phone: '+84900000431', code: PHONE_CODE })).toBe('DUTY_OFFLINE');
    expect((await kept())?.duty.rota).toEqual(withGap);
  });

  it('that somebody else changed is refused, and the newer one is there to look at', async () => {
    world.hub.duties.set(RECEIVER, dutyOf(withGap, { version: 7 }));
    expect(await office.refused('duty.save', { from: 1, rota: { ...dutyRota, officeContact: 'Chị B' } })).toBe(
      'DUTY_CHANGED',
    );
    expect((await kept())?.duty).toMatchObject({ version: 7, rota: withGap });
  });

  it('that was saved although its answer got lost is saved when it is tried again', async () => {
    const line = world.hub.line(RECEIVER);
    line.loseAnswers = true;
    expect(await office.refused('duty.save', { from: 1, rota: withGap })).toBe('DUTY_OFFLINE');
    line.loseAnswers = false;
    expect((await office.ok('duty.save', { from: 1, rota: withGap })).duty.version).toBe(2);
  });

  it('is not changed by one who may only work on documents', async () => {
    const sqlite = new Database(join(office.dataDir, 'vanthu.db'));
    sqlite.prepare('DELETE FROM person_role').run();
    sqlite.prepare('INSERT INTO person_role VALUES (?, ?)').run(FIRST_PERSON_ID, 'officer');
    sqlite.close();
    expect(await office.refused('duty.save', { from: 1, rota: withGap })).toBe('NOT_ALLOWED');
    expect((await kept())?.duty.version).toBe(1);
  });
});

describe('a number', () => {
  const phone = '+84900000431';

  it('is verified by its code, and by no other', async () => {
    const { officers } = dutyRota;
    const unverified = officers.map((one) => (one.phone === phone ? { ...one, phoneVerifiedAt: null } : one));
    world.hub.duties.set(RECEIVER, dutyOf({ ...dutyRota, officers: unverified }));
    await office.ok('duty.sendPhoneCode', { phone });
    expect(await office.refused('duty.confirmPhone', { phone, code: '000000' })).toBe('PHONE_CODE_INVALID');
    const { duty } = await office.ok('duty.confirmPhone', { phone, code: PHONE_CODE });
    expect(duty.rota?.officers.find((one) => one.phone === phone)?.phoneVerifiedAt).not.toBeNull();
    expect(await coming()).toBe(0);
  });

  it('that got a code just now is told so, and one that nobody in the rota has', async () => {
    expect(await office.refused('duty.sendPhoneCode', { phone: '+84900000999' })).toBe('NOT_FOUND');
    world.hub.line(RECEIVER).fail = () => ({ kind: 'retry-later', retryAfterMs: 60_000, detail: 'status 429' });
    expect(await office.refused('duty.sendPhoneCode', { phone })).toBe('RATE_LIMITED');
    world.hub.line(RECEIVER).fail = () => ({ kind: 'refused', code: 'NO_CHANNEL', params: {} });
    expect(await office.refused('duty.sendPhoneCode', { phone })).toBe('NO_CHANNEL');
  });
});

describe('a text that tries a number', () => {
  const phone = '+84900000431';

  it('is sent through the exchange, which also tells how far it has got', async () => {
    const { id, state } = await office.ok('duty.tryNumber', { phone });
    expect(state).toBe('sent');
    const sent = world.hub.tested.get(id);
    if (sent === undefined) throw new Error('the exchange has no such test');
    world.hub.tested.set(id, { ...sent, state: 'delivered', settledAt: '2026-11-28T01:00:00.000Z' });
    expect(await office.ok('duty.numberTried', { id })).toMatchObject({ state: 'delivered' });
  });

  it('is refused for a number that is nobody’s, not verified, asked for too often, or without a line', async () => {
    expect(await office.refused('duty.tryNumber', { phone: '+84900000999' })).toBe('NOT_FOUND');
    const officers = dutyRota.officers.map((one) => (one.phone === phone ? { ...one, phoneVerifiedAt: null } : one));
    world.hub.duties.set(RECEIVER, dutyOf({ ...dutyRota, officers }));
    expect(await office.refused('duty.tryNumber', { phone })).toBe('PHONE_NOT_VERIFIED');
    world.hub.line(RECEIVER).fail = () => ({ kind: 'retry-later', retryAfterMs: 60_000, detail: 'status 429' });
    expect(await office.refused('duty.tryNumber', { phone })).toBe('RATE_LIMITED');
    cutLine();
    expect(await office.refused('duty.tryNumber', { phone })).toBe('DUTY_OFFLINE');
    expect(await office.refused('duty.numberTried', { id: FIRST_PERSON_ID })).toBe('DUTY_OFFLINE');
  });
});

describe('what is going to hurt', () => {
  it('is counted when the rota is saved', async () => {
    expect(await coming()).toBe(0);
    await office.ok('duty.save', { from: 1, rota: withGap });
    expect(await coming()).toBe(1);
    await office.ok('duty.save', { from: 2, rota: dutyRota });
    expect(await coming()).toBe(0);
  });

  it('is looked at again at 07:00, without a line, and what is over is not counted', async () => {
    const night = { id: 's', from: instant(26), to: instant(30), officerId: 'gone', reason: '' };
    await office.ok('duty.save', { from: 1, rota: { ...dutyRota, substitutions: [night] } });
    expect(await coming()).toBe(1);
    cutLine();
    const before = heard().length;
    await world.time.pass(55 * HOUR);
    expect(
      heard()
        .slice(before)
        .filter((name) => name === 'duty.get').length,
    ).toBeGreaterThanOrEqual(2);
    expect(await coming()).toBe(0);
  });

  it('is looked at when the office starts, from the kept copy', async () => {
    await office.ok('duty.save', { from: 1, rota: withGap });
    cutLine();
    await office.restart({ ports: world.ports() });
    expect(await coming()).toBe(1);
  });
});

/** So many hours from now. */
const instant = (hours: number) => new Date(world.time.clock.now().getTime() + hours * HOUR).toISOString();
