/** Deadlines and hours between offices and a real exchange. */
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkCalendar } from '#shared/domain/working-time.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { createDraft } from '#tests/support/office-letters.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

const run = promisify(execFile);
const SENDER = 'H15.01';
const RECEIVER = 'H15.02';

let exchange: TestExchange;
const offices: TestOffice[] = [];

beforeAll(async () => {
  exchange = await startTestExchange();
  await exchange.addAgencies([
    { code: SENDER, name: 'Văn phòng Ủy ban nhân dân tỉnh' },
    { code: RECEIVER, name: 'Sở Nội vụ' },
  ]);
});
afterAll(async () => {
  for (const office of offices) await office.close();
  await exchange.stop();
});

async function enrolled(agency: string): Promise<TestOffice> {
  const office = await openTestOffice();
  offices.push(office);
  const code = await exchange.enrolmentCode(agency);
  await office.ok('exchange.enrol', { serverUrl: exchange.url, code, workstationName: 'Máy văn thư' });
  await office.until('the directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
  await office.until('the calendar', async () => (await office.ok('duty.get', {})).kept);
  return office;
}

/** What an administrator of the exchange types. */
async function setCalendar(days: WorkCalendar): Promise<void> {
  const file = join(mkdtempSync(join(tmpdir(), 'van-thu-calendar-')), 'days.json');
  writeFileSync(file, JSON.stringify(days));
  const admin = resolve('exchange/entries/admin.ts');
  await run(process.execPath, [admin, 'set-calendar', file, '--data', exchange.dataFolder]);
}

describe('the calendar of the exchange', () => {
  it('decides what a rule comes to in every office, also after the line is gone', async () => {
    const office = await enrolled(SENDER);
    const dueOf = async (): Promise<string> => {
      const { id } = await createDraft(office, [RECEIVER], { fields: { dueRule: 'working-days:1' } });
      return (await office.ok('outgoing.get', { id })).dueAt ?? '';
    };
    const before = await dueOf();
    const day = before.slice(0, 10);
    await setCalendar([{ date: day, kind: 'off', name: 'Nghỉ phòng tránh bão' }]);
    const hasIt = async () =>
      (await office.ok('office.workTime', {})).calendar.find(({ date }) => date === day)?.name ?? null;
    expect(await hasIt()).toBeNull();
    // The next sync asks; a workstation that is started anew need not wait for its hour.
    await office.restart();
    expect(await office.until('the calendar', hasIt)).toBe('Nghỉ phòng tránh bão');
    expect(Date.parse(await dueOf())).toBeGreaterThan(Date.parse(before));
    await office.restart({ fetch: () => Promise.reject(new TypeError('no line')) });
    expect(await hasIt()).toBe('Nghỉ phòng tránh bão');
    expect(Date.parse(await dueOf())).toBeGreaterThan(Date.parse(before));
  });
});
