import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

const PROVINCE = 'H15.01';
const CLERK = 'H15.02';

let exchange: TestExchange;
let province: TestOffice;
let clerk: TestOffice;
const offices: TestOffice[] = [];
/** How many answers of `/feedback` requests that send something are still to be lost on the way. */
let toLose = 0;

beforeAll(async () => {
  exchange = await startTestExchange();
  await exchange.addAgencies([
    { code: PROVINCE, name: 'Văn phòng UBND tỉnh' },
    { code: CLERK, name: 'Sở Nội vụ' },
  ]);
  await exchange.database.query('INSERT INTO supervising_agencies (agency_code) VALUES ($1)', [PROVINCE]);
  province = await enrolled(PROVINCE);
  clerk = await enrolled(CLERK);
});
afterAll(async () => {
  for (const office of offices) await office.close();
  await exchange.stop();
});

/** An office whose line may lose answers: the request arrives and counts. */
async function enrolled(code: string): Promise<TestOffice> {
  const office = await openTestOffice({
    fetch: async (url, init) => {
      const answer = await fetch(url, init);
      if (init.method !== 'PUT' || !url.includes('/feedback/') || toLose === 0) return answer;
      toLose -= 1;
      throw new TypeError('the line broke before the answer came');
    },
  });
  offices.push(office);
  const enrolment = await exchange.enrolmentCode(code);
  await office.ok('exchange.enrol', { serverUrl: exchange.url, code: enrolment, workstationName: 'Máy văn thư' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
  return office;
}

const rowsOf = async (table: string) => (await exchange.database.query(`SELECT id FROM ${table}`)).rows.length;

it('a report and its answer get through a line that loses answers, each once', async () => {
  toLose = 1;
  const { bundleId, text: bundle } = await clerk.ok('feedback.bundle', {});
  const { id } = await clerk.ok('feedback.send', { kind: 'question', text: 'Sửa số đến ở đâu?', bundleId });
  await clerk.until('that it is sent', async () => {
    const { reports } = await clerk.ok('feedback.list', {});
    return reports[0]?.state === 'sent';
  });
  expect(toLose).toBe(0);
  expect(await rowsOf('feedback_reports')).toBe(1);

  const { reports, open } = await province.ok('feedback.overseen', { which: 'open' });
  expect(open).toBe(1);
  expect(reports).toMatchObject([{ id, agencyName: 'Sở Nội vụ', text: 'Sửa số đến ở đâu?', hasBundle: true }]);
  expect(await province.ok('feedback.overseenBundle', { id })).toEqual({ text: bundle });
  expect(await clerk.refused('feedback.overseen', { which: 'all' })).toBe('NOT_SUPERVISING');
  expect(await clerk.refused('feedback.answer', { id, text: 'Tự trả lời' })).toBe('NOT_SUPERVISING');

  // The answer arrives and its own answer is lost: the same command again is no second one.
  toLose = 1;
  const given = { id, text: 'Mở văn bản, bấm Sửa.', commandId: randomUUID() };
  expect(await province.call('feedback.answer', given)).toMatchObject({ ok: false, code: 'EXCHANGE_UNREACHABLE' });
  expect(await province.call('feedback.answer', given)).toMatchObject({ ok: true });
  expect(await rowsOf('feedback_answers')).toBe(1);

  await clerk.ok('exchange.syncNow', {});
  await clerk.until('the answer', async () => (await clerk.ok('feedback.unread', {})).answers === 1);
  const [report] = (await clerk.ok('feedback.list', {})).reports;
  expect(report).toMatchObject({
    state: 'answered',
    answers: [{ agencyName: 'Văn phòng UBND tỉnh', text: given.text, isNew: true }],
  });
  await clerk.ok('feedback.markRead', { id });
  await province.until('that it was read', async () => {
    const { reports: all } = await province.ok('feedback.overseen', { which: 'all' });
    return all[0]?.answers[0]?.readAt != null;
  });
  expect((await province.ok('feedback.overseen', { which: 'open' })).reports).toEqual([]);
});
