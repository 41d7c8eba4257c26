import { decideAll } from '#scripts/demo/decide-all.ts';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { issueEnrolmentCode } from '#exchange/use-cases/issue-enrolment-code.ts';
import { startExchange, type RunningExchange } from '#exchange/entries/start-exchange.ts';
import {
  addCertificate,
  fieldsFrom,
  openTestOffice,
  repositoryRoot,
  sampleLetter,
  type TestOffice,
} from '#tests/support/test-office.ts';
import { addKeys, queueLetter } from '#tests/support/office-letters.ts';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';

const SENDER = 'H15.01';
let folder: string;
let exchange: RunningExchange;
const offices: TestOffice[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vanthu-exchange-'));
  exchange = await startExchange({
    dataFolder: folder,
    databaseUrl: null,
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    trustedProxies: [],
    limits: {},
    noticesFile: null,
    seedFile: join(repositoryRoot, 'resources/demo/agencies.json'),
  });
});

afterAll(async () => {
  for (const office of offices) await office.close();
  await exchange.close();
  rmSync(folder, { recursive: true, force: true });
});

async function enrolledOffice(agencyCode: string): Promise<TestOffice> {
  const office = await openTestOffice();
  offices.push(office);
  const { code } = await issueEnrolmentCode(exchange.database, agencyCode);
  await office.ok('exchange.enrol', { serverUrl: exchange.url, code, workstationName: 'Máy văn thư' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total > 20);
  return office;
}

it('a letter is drafted, numbered, signed, sealed, sent, received, registered, and its states come back', async () => {
  const sender = await enrolledOffice(SENDER);
  const { agencies } = await sender.ok('directory.search', { text: 'so tu phap' });
  const receiverCode = agencies[0]?.code ?? '';
  const receiver = await enrolledOffice(receiverCode);
  await sender.ok('books.startFrom', { bookId: 'outgoing', last: 240 });

  const { file, proposal } = await sender.ok('letters.propose', { token: sender.token(sampleLetter) });
  const { fields, placement } = fieldsFrom(proposal);
  expect(fields.abstract).toBe('V/v tăng cường thực hiện gửi, nhận văn bản điện tử');
  const today = new Date().toISOString().slice(0, 10);
  const draft = await sender.ok('outgoing.create', {
    fileId: file.fileId,
    fileName: file.name,
    fields: { ...fields, date: today },
    placement,
    recipients: [receiverCode],
  });
  const approved = await sender.ok('outgoing.approve', { id: draft.id, revision: draft.revision });
  const numbered = await sender.ok('outgoing.assignNumber', { id: draft.id, revision: approved.revision });
  expect(numbered.codeText).toBe('241/VPUBND-HCTC');

  const person = await addCertificate(sender, 'person', 'person');
  const seal = await addCertificate(sender, 'agency', 'seal');
  // The page says 2017.
  await decideAll(sender.ok, numbered, { person, seal });
  const password = TEST_PKI_PASSWORD;
  const signed = await sender.ok('outgoing.sign', {
    id: draft.id,
    revision: numbered.revision,
    certificateId: person,
    password,
  });
  const sealed = await sender.ok('outgoing.seal', {
    id: draft.id,
    revision: signed.revision,
    certificateId: seal,
    password,
  });
  const detail = await sender.ok('outgoing.get', { id: draft.id });
  expect(detail.verification?.verdict).toBe('VALID');
  expect(detail.verification?.signatures).toHaveLength(2);
  await sender.ok('outgoing.send', { id: draft.id, revision: sealed.revision });

  const row = await receiver.until(
    'the letter',
    async () => (await receiver.ok('incoming.list', { box: 'to-register' })).rows[0],
  );
  const incoming = await receiver.ok('incoming.get', { id: row.id });
  expect(incoming.verification?.verdict).toBe('VALID');
  expect(incoming.codeText).toBe('241/VPUBND-HCTC');
  const registered = await receiver.ok('incoming.register', {
    id: row.id,
    revision: row.revision,
    fields: incoming.fields,
    acceptDuplicate: false,
  });
  expect(registered.arrivalNumber).toBe(1);
  const delivery = await sender.until('the states', async () => {
    const { deliveries } = await sender.ok('outgoing.get', { id: draft.id });
    return deliveries.find((one) => one.acceptedAt !== null);
  });
  expect(delivery.arrivedAt).not.toBeNull();
  expect(delivery.state).toBe('accepted');
});

it('an invitation is answered by each invited agency, and its sender counts the last answers', async () => {
  const sender = await enrolledOffice('H15.05');
  const { agencies } = await sender.ok('directory.search', { text: 'so' });
  const codes = agencies.map(({ code }) => code).filter((code) => code !== 'H15.05' && code !== SENDER);
  const invited = codes.slice(0, 4);
  const hour = (hours: number) => new Date(Math.floor(Date.now() / 60_000 + hours * 60) * 60_000).toISOString();
  const meeting = {
    documentType: 'Giấy mời',
    notation: 'GM-SNV',
    meetingAt: hour(72),
    meetingEndsAt: hour(75),
    meetingPlace: 'Phòng họp số 1, 09 Lê Duẩn',
  };
  const id = await queueLetter(sender, await addKeys(sender), invited, { fields: meeting });
  const substitute = { answer: 'substitute', attendee: 'H’Linh Êban', title: 'Phó Giám đốc', phone: '' } as const;
  const replies = [{ answer: 'yes' }, { answer: 'no', reason: 'Trùng lịch họp Tỉnh ủy' }, substitute] as const;
  for (const [at, reply] of replies.entries()) {
    const office = await enrolledOffice(invited[at] ?? '');
    const row = await office.until(
      'the invitation',
      async () => (await office.ok('incoming.list', { box: 'to-register' })).rows[0],
    );
    expect((await office.ok('incoming.get', { id: row.id })).fields).toMatchObject(meetingOf(meeting));
    // Who changes his mind is counted once, by what he said last.
    if (reply.answer === 'no') await office.ok('incoming.answerInvitation', { id: row.id, reply: { answer: 'yes' } });
    await office.ok('incoming.answerInvitation', { id: row.id, reply });
    await office.until(
      'the answer',
      async () => (await office.ok('incoming.get', { id: row.id })).reply?.state === 'done',
    );
  }
  const answers = await sender.until('the answers', async () => {
    const { watched } = await sender.ok('outgoing.get', { id });
    const said = watched.map(({ delivery }) => [delivery.recipient, delivery.invitation] as const);
    return said.filter(([, given]) => given !== null).length === 3 ? new Map(said) : null;
  });
  expect(answers.get(invited[0] ?? '')).toMatchObject({ answer: 'yes' });
  expect(answers.get(invited[1] ?? '')).toMatchObject({ answer: 'no', note: 'Trùng lịch họp Tỉnh ủy' });
  expect(answers.get(invited[2] ?? '')).toMatchObject(substitute);
  expect(answers.get(invited[3] ?? '')).toBeNull();
});

const meetingOf = ({
  meetingAt,
  meetingEndsAt,
  meetingPlace,
}: Record<'meetingAt' | 'meetingEndsAt' | 'meetingPlace', string>) => ({
  meetingAt,
  meetingEndsAt,
  meetingPlace,
});
