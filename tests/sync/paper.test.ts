import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, vietnamDay } from '#shared/domain/vn-date.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { addKeys, type OfficeKeys, queueLetter } from '#tests/support/office-letters.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

const SENDER = 'H15.01';
const WANTS_PAPER = 'H15.02';
const PLAIN = 'H15.03';
const today = vietnamDay(Date.now());

let exchange: TestExchange;
let sender: TestOffice;
let receiver: TestOffice;
let keys: OfficeKeys;
const offices: TestOffice[] = [];

beforeAll(async () => {
  exchange = await startTestExchange();
  await exchange.addAgencies([
    { code: SENDER, name: 'Văn phòng UBND tỉnh' },
    { code: WANTS_PAPER, name: 'Sở Nội vụ' },
    { code: PLAIN, name: 'Sở Y tế' },
  ]);
  sender = await enrolled(SENDER);
  receiver = await enrolled(WANTS_PAPER);
  keys = await addKeys(sender);
});
afterAll(async () => {
  for (const office of offices) await office.close();
  await exchange.stop();
});

async function enrolled(code: string): Promise<TestOffice> {
  const office = await openTestOffice();
  offices.push(office);
  const enrolment = await exchange.enrolmentCode(code);
  await office.ok('exchange.enrol', { serverUrl: exchange.url, code: enrolment, workstationName: 'Máy văn thư' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 3);
  return office;
}

const deliveryTo = async (id: string, code: string) =>
  (await sender.ok('outgoing.get', { id })).deliveries.find(({ agencyCode }) => agencyCode === code);

/** A letter that was sent to both, and has arrived at the one that wants paper. */
async function sentLetter(): Promise<{ id: string; arrived: string }> {
  const before = new Set((await receiver.ok('incoming.list', { box: 'to-register' })).rows.map((row) => row.id));
  const id = await queueLetter(sender, keys, [WANTS_PAPER, PLAIN]);
  const arrived = await receiver.until('the letter', async () =>
    (await receiver.ok('incoming.list', { box: 'to-register' })).rows.find((row) => !before.has(row.id)),
  );
  await sender.until('the watch', async () => (await sender.ok('outgoing.get', { id })).watched.length === 2);
  return { id, arrived: arrived.id };
}

describe('paper beside the electronic letter', () => {
  it('is asked for by the rules of the day of sending, posted, seen on its way, received and seen by the sender', async () => {
    await sender.ok('office.savePaperRules', { types: [], agencies: [{ code: WANTS_PAPER, choice: 'paper' }] });
    expect(await sender.ok('office.paperRules', {})).toEqual({
      types: [],
      agencies: [{ code: WANTS_PAPER, choice: 'paper', name: 'Sở Nội vụ' }],
    });
    const { id, arrived } = await sentLetter();
    // What is decided later asks for no paper of what is gone.
    await sender.ok('office.savePaperRules', { types: ['Công văn'], agencies: [] });
    expect(await deliveryTo(id, WANTS_PAPER)).toMatchObject({ paperNeeded: true, paperPostedOn: null });
    expect(await deliveryTo(id, PLAIN)).toMatchObject({ paperNeeded: false });
    const row = async () => (await sender.ok('outgoing.list', { box: 'sent' })).rows.find((one) => one.id === id);
    expect((await row())?.paperToPost).toBe(1);
    expect((await receiver.ok('incoming.get', { id: arrived })).paper).toBe('expected');

    const posted = { id, recipients: [WANTS_PAPER, WANTS_PAPER], day: addDays(today, -1), item: 'RR123456789VN' };
    expect(await sender.ok('outgoing.recordPaper', posted)).toEqual({ id, recorded: 1 });
    expect((await row())?.paperToPost).toBe(0);
    const coming = await receiver.until('the news', async () => {
      const { watch } = await receiver.ok('incoming.get', { id: arrived });
      return watch?.paperPostedAt == null ? null : watch;
    });
    expect(coming).toMatchObject({ paperItem: 'RR123456789VN', paperDay: addDays(today, -1) });

    // A wrong number is mended by saying it again.
    await sender.ok('outgoing.recordPaper', { ...posted, item: 'RR987654321VN' });
    await receiver.until('the mended number', async () => {
      const { watch } = await receiver.ok('incoming.get', { id: arrived });
      return watch?.paperItem === 'RR987654321VN';
    });

    const { revision } = await receiver.ok('incoming.get', { id: arrived });
    await receiver.ok('incoming.receivePaper', { id: arrived, revision });
    const received = await sender.until(
      'the receipt',
      async () => (await deliveryTo(id, WANTS_PAPER))?.paperReceivedAt,
    );
    expect(Date.parse(received)).toBeGreaterThan(0);
    expect(await deliveryTo(id, WANTS_PAPER)).toMatchObject({ paperItem: 'RR987654321VN' });
    const { history } = await receiver.ok('incoming.get', { id: arrived });
    expect(history.filter(({ action }) => action === 'paper-received')).toHaveLength(1);
    const { rows } = await exchange.database.query(
      `SELECT event, count(*)::int AS times FROM delivery_events WHERE event LIKE 'paper%' GROUP BY event ORDER BY event`,
    );
    expect(rows).toEqual([
      { event: 'paper-posted', times: 2 },
      { event: 'paper-received', times: 1 },
    ]);
    await sender.ok('office.savePaperRules', { types: [], agencies: [] });
  });

  it('that nobody asked for can be posted all the same, to all at once, and makes the recipient expect it', async () => {
    const { id, arrived } = await sentLetter();
    expect((await receiver.ok('incoming.get', { id: arrived })).paper).toBe('none');
    const posted = { id, recipients: [WANTS_PAPER, PLAIN], day: today, item: '' };
    expect(await sender.ok('outgoing.recordPaper', posted)).toEqual({ id, recorded: 2 });
    await receiver.until('that it is expected', async () => {
      const { rows } = await receiver.ok('incoming.list', { box: 'to-register' });
      return rows.find((row) => row.id === arrived)?.paper === 'expected';
    });
    // Entered in the book as here: said with the registration, and not once more.
    const { revision, fields } = await receiver.ok('incoming.get', { id: arrived });
    const registered = await receiver.ok('incoming.register', {
      id: arrived,
      revision,
      fields: { ...fields, paper: 'arrived' },
      acceptDuplicate: false,
    });
    await receiver.ok('incoming.receivePaper', { id: arrived, revision: registered.revision });
    await sender.until('the receipt', async () => (await deliveryTo(id, WANTS_PAPER))?.paperReceivedAt);
    const { history } = await receiver.ok('incoming.get', { id: arrived });
    expect(history.filter(({ action }) => action === 'paper-received')).toHaveLength(1);
  });

  it('is not recorded for a day to come, before the letter is sent, or for one that is no recipient', async () => {
    const { id } = await sentLetter();
    const posted = { id, recipients: [WANTS_PAPER], day: today, item: '' };
    expect(await sender.refused('outgoing.recordPaper', { ...posted, day: addDays(today, 1) })).toBe('DATE_IN_FUTURE');
    expect(await sender.refused('outgoing.recordPaper', { ...posted, recipients: ['H15.09'] })).toBe('NOT_FOUND');
  });
});

describe('a document that comes on paper', () => {
  const onPaper = async () =>
    (
      await exchange.database.query<{ code: string; withdrawn: boolean }>(
        'SELECT code, withdrawn_at IS NOT NULL AS withdrawn FROM paper_arrivals WHERE recipient_code = $1 ORDER BY code',
        [WANTS_PAPER],
      )
    ).rows;
  const fieldsOf = async (id: string) => (await receiver.ok('incoming.get', { id })).fields;
  const paperOnly = async (): Promise<number | undefined> => {
    const { openAdminDatabase } = await import('#exchange/entries/open-admin-database.ts');
    const { requirePeriod } = await import('#exchange/entries/oversight-commands.ts');
    const { database, close } = await openAdminDatabase(exchange.dataFolder, null);
    const period = requirePeriod(today, addDays(today, 1));
    const figures = await database.transaction(({ oversight }) => oversight.figures(period, null));
    await close();
    return figures.find(({ code }) => code === SENDER)?.paperOnly;
  };

  it('is reported once, and no longer counts when the same comes through the exchange; both are one document', async () => {
    // What is about to be sent, entered before it comes.
    const { number } = await sender.ok('outgoing.nextNumber', { id: (await sentLetter()).id });
    const codeText = `${number + 1}/VPUBND-HCTC`;
    const sample = await fieldsOf((await receiver.ok('incoming.list', { box: 'to-register' })).rows[0]?.id ?? '');
    const fields = { ...sample, codeText, date: today, agencyName: 'VP tỉnh' };
    const paper = await receiver.ok('incoming.registerPaper', { fields, senderCode: SENDER, acceptDuplicate: false });
    await receiver.until('the report', async () => (await onPaper()).length === 1);
    expect(await onPaper()).toEqual([{ code: codeText, withdrawn: false }]);
    expect(await paperOnly()).toBe(1);
    expect((await receiver.ok('incoming.get', { id: paper.id })).paper).toBe('arrived');

    const { id, arrived } = await sentLetter();
    await receiver.until('the withdrawal', async () => (await onPaper())[0]?.withdrawn);
    expect(await paperOnly()).toBe(0);
    const electronic = await receiver.ok('incoming.get', { id: arrived });
    expect(electronic.duplicates).toMatchObject([{ id: paper.id, arrivalNumber: paper.arrivalNumber, onPaper: true }]);
    const before = (await receiver.ok('incoming.nextNumber', {})).number;
    const joined = await receiver.ok('incoming.joinToPaper', {
      id: arrived,
      revision: electronic.revision,
      paperId: paper.id,
    });
    expect(joined.id).toBe(paper.id);
    expect((await receiver.ok('incoming.nextNumber', {})).number).toBe(before);
    const one = await receiver.ok('incoming.get', { id: paper.id });
    expect(one).toMatchObject({ arrivalNumber: paper.arrivalNumber, state: 'registered', verdict: 'VALID' });
    expect(one.file?.fileId).toBe(electronic.file?.fileId);
    expect(one.received?.messageId).toBe(electronic.received?.messageId);
    expect(one.history.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['arrived-on-paper', 'registered', 'arrived', 'joined-to-paper', 'paper-received']),
    );
    expect(await receiver.refused('incoming.get', { id: arrived })).toBe('NOT_FOUND');
    expect((await receiver.ok('office.search', { text: codeText })).hits.map((hit) => hit.id)).toEqual([paper.id]);
    // The sender hears of both, as if it had been registered from the message.
    const delivery = await sender.until('the states', async () => {
      const known = await deliveryTo(id, WANTS_PAPER);
      return known?.acceptedAt != null && known.paperReceivedAt !== null ? known : null;
    });
    expect(delivery.state).toBe('accepted');
    // The withdrawal was not made once more, and a restart finds nothing broken.
    await receiver.restart();
    expect((await receiver.ok('incoming.get', { id: paper.id })).file?.fileId).toBe(electronic.file?.fileId);
    expect(await onPaper()).toHaveLength(1);
  });

  it('is found to have come through the exchange before, however its number is written, and is not reported', async () => {
    const { arrived } = await sentLetter();
    const fields = await fieldsOf(arrived);
    const identity = { codeText: `0${fields.codeText.toLowerCase()}`, date: fields.date, agencyName: 'VP tỉnh' };
    const ask = (codeText: string, senderCode: string | null) =>
      receiver.ok('incoming.electronicTwins', { ...identity, codeText, senderCode });
    expect((await ask(` ${fields.codeText.replace('/', ' / ')}`, SENDER)).twins).toMatchObject([
      { id: arrived, arrivalNumber: null, paper: 'none' },
    ]);
    expect((await ask(fields.codeText, PLAIN)).twins).toEqual([]);
    const input = { fields, senderCode: SENDER, acceptDuplicate: false };
    expect(await receiver.refused('incoming.registerPaper', input)).toBe('DUPLICATE_DOCUMENT');
    const before = (await onPaper()).length;
    await receiver.ok('incoming.registerPaper', { ...input, acceptDuplicate: true });
    // One of an agency that is not on the exchange comes after it, and is reported of nobody either.
    await receiver.ok('incoming.registerPaper', {
      fields: { ...fields, codeText: '7/HTX' },
      senderCode: null,
      acceptDuplicate: false,
    });
    await receiver.ok('incoming.registerPaper', {
      fields: { ...fields, codeText: '8/BC-SYT' },
      senderCode: PLAIN,
      acceptDuplicate: false,
    });
    await receiver.until('the last of them', async () => (await onPaper()).some(({ code }) => code === '8/BC-SYT'));
    expect(await onPaper()).toHaveLength(before + 1);
    const unknown = { ...input, fields: { ...fields, codeText: '9/X' }, senderCode: 'H15.77' };
    expect(await receiver.refused('incoming.registerPaper', unknown)).toBe('RECIPIENT_NOT_IN_DIRECTORY');
  });
});
