import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultPointNames, type FaultPointName } from '#core/ports/system.ts';
import type { CallName, CallOutput } from '#shared/contract/contract.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { readRows } from '#tests/support/office-database.ts';
import { type LooseInput, OfficeProcess } from '#tests/support/office-process.ts';
import { blankPlacement, plainFields } from '#tests/support/office-letters.ts';
import { repositoryRoot, testPki } from '#tests/support/test-office.ts';
import { installTrust } from '#scripts/demo/install-trust.ts';

const SENDER = 'H15.01';
const RECEIVER = 'H15.02';

async function until<T>(what: string, probe: () => Promise<T | null | undefined | false>): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const found = await probe();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const seedFile = join(repositoryRoot, 'resources/demo/agencies.json');
let exchange: TestExchange;
const exchanges: TestExchange[] = [];
const folders: string[] = [];
beforeAll(async () => {
  exchange = await startTestExchange({ seedFile });
  exchanges.push(exchange);
});
afterAll(async () => {
  for (const one of exchanges) await one.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const command = (input: LooseInput = {}) => ({ ...input, commandId: randomUUID() });

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vanthu-crash-'));
  folders.push(folder);
  installTrust(folder, testPki());
  writeFileSync(join(folder, 'letter.pdf'), makePdf());
  writeFileSync(join(folder, 'phu-luc.pdf'), makePdf({ content: 'BT /F1 12 Tf 72 700 Td (Phu luc) Tj ET' }));
  writeFileSync(join(folder, 'bieu.docx'), 'PK');
  return folder;
}

const officeAt = (folder: string, faultPoint?: FaultPointName) =>
  new OfficeProcess(folder, faultPoint === undefined ? {} : { faultPoint });

async function enrol(office: OfficeProcess, agency: string, at = exchange): Promise<void> {
  const code = await at.enrolmentCode(agency);
  await office.ok('exchange.enrol', command({ serverUrl: at.url, code, workstationName: 'Máy' }));
  await until('directory', async () => (await office.ok('directory.search', { text: '' })).total > 20);
}

/** Every step of a letter, in order; each takes the office as the step before left it. */
interface Journey {
  readonly folder: string;
  fileId: string;
  readonly attachments: { fileId: string; name: string; pageCount: number | null }[];
  id: string;
  revision: number;
  keys: { person: string; seal: string };
}
type Step = readonly [name: CallName, input: (at: Journey) => LooseInput, keep: (at: Journey, value: unknown) => void];
const keepMoved = (at: Journey, value: unknown) => {
  const { id, revision } = value as { id: string; revision: number };
  at.id = id;
  at.revision = revision;
};
const target = ({ id, revision }: Journey) => ({ id, revision });
const steps: readonly Step[] = [
  [
    'letters.propose',
    ({ folder }) => ({ token: { $file: join(folder, 'letter.pdf') } }),
    (at, value) => {
      at.fileId = (value as CallOutput<'letters.propose'>).file.fileId;
    },
  ],
  ...['phu-luc.pdf', 'bieu.docx'].map((name): Step => [
    'letters.attach',
    ({ folder }) => ({ token: { $file: join(folder, name) } }),
    (at, value) => {
      const { fileId, pageCount } = (value as CallOutput<'letters.attach'>).file;
      at.attachments.push({ fileId, name, pageCount });
    },
  ]),
  [
    'outgoing.create',
    ({ fileId, attachments }) => ({
      fileId,
      fileName: 'a.pdf',
      fields: plainFields,
      placement: blankPlacement,
      recipients: [RECEIVER],
      attachments,
    }),
    keepMoved,
  ],
  ['outgoing.approve', target, keepMoved],
  ['outgoing.assignNumber', target, keepMoved],
  ['outgoing.sign', (at) => ({ ...target(at), certificateId: at.keys.person, password: TEST_PKI_PASSWORD }), keepMoved],
  ['outgoing.seal', (at) => ({ ...target(at), certificateId: at.keys.seal, password: TEST_PKI_PASSWORD }), keepMoved],
  ['outgoing.send', target, keepMoved],
];
/** Where the sender is killed, in the order of its steps. */
const senderPoints: readonly (readonly [CallName, FaultPointName])[] = [
  ['letters.propose', 'after-import'],
  ['outgoing.assignNumber', 'before-number-commit'],
  ['outgoing.assignNumber', 'after-number-commit'],
  ['outgoing.sign', 'after-sign-before-commit'],
  ['outgoing.seal', 'after-attachment-seal-before-commit'],
  ['outgoing.seal', 'after-seal-before-commit'],
  ['outgoing.send', 'after-queue-commit'],
];

/** Every stored file is whole, every file that a row names is there, and no temporary one is left. */
function checkFiles(folder: string): void {
  const named = readRows<{ file: string }>(
    folder,
    `SELECT file_id AS file FROM outgoing UNION SELECT original_file_id FROM outgoing UNION SELECT file_id FROM outbox
     UNION SELECT edxml_file_id FROM incoming UNION SELECT file_id FROM attachment
     UNION SELECT unsigned_file_id FROM attachment WHERE unsigned_file_id IS NOT NULL`,
  );
  for (const { file } of named) {
    const bytes = readFileSync(join(folder, fileAddress(file)));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file);
  }
  const partial = join(folder, 'files/partial');
  if (existsSync(partial)) expect(readdirSync(partial)).toEqual([]);
}

const journeyOf = (folder: string): Journey => ({
  folder,
  fileId: '',
  attachments: [],
  id: '',
  revision: 0,
  keys: { person: '', seal: '' },
});

async function addKeys(office: OfficeProcess): Promise<Journey['keys']> {
  const add = async (id: 'person' | 'agency', role: string) =>
    (
      await office.ok(
        'certificates.add',
        command({ token: { $file: testPki().p12(id) }, password: TEST_PKI_PASSWORD, role, imageToken: null }),
      )
    ).id;
  return { person: await add('person', 'person'), seal: await add('agency', 'seal') };
}

/** Each process of this test takes seconds to start, and there are a dozen. */
const TIME_LIMIT_MS = 200_000;

describe('an office killed at every fault point in turn', () => {
  it(
    'repeats the command each time, and nothing is lost, doubled or renumbered',
    async () => {
      const at = journeyOf(newFolder());
      const receiverFolder = newFolder();
      const prepare = async (folder: string, agency: string) => {
        const office = new OfficeProcess(folder);
        await enrol(office, agency);
        if (folder === at.folder) at.keys = await addKeys(office);
        await office.end();
      };
      await Promise.all([prepare(at.folder, SENDER), prepare(receiverFolder, RECEIVER)]);

      const points = [...senderPoints];
      const deaths: string[] = [];
      let sender = officeAt(at.folder, points[0]?.[1]);
      for (const [name, inputOf, keep] of steps) {
        const input = command(inputOf(at));
        let answer = await sender.call(name, input);
        while (points[0]?.[0] === name) {
          // The answer may have got through before the death after a commit; the repetition must say the same.
          expect(await sender.died).toBe('SIGKILL');
          deaths.push(points.shift()?.[1] ?? '');
          const isLast = points.length === 0;
          sender = officeAt(at.folder, isLast ? 'after-send-before-receipt' : points[0]?.[1]);
          // The outbox is tried at once, so that with the last point this process dies by itself.
          const again = await sender.call(name, input);
          if (answer !== null && again !== null && points[0]?.[0] !== name) expect(again).toEqual(answer);
          answer = again ?? answer;
        }
        if (answer?.ok === true) keep(at, answer.value);
        else expect(answer).toBeNull();
      }
      expect(await sender.died).toBe('SIGKILL');
      deaths.push('after-send-before-receipt');
      sender = new OfficeProcess(at.folder);

      let receiver = officeAt(receiverFolder, 'after-download-before-commit');
      expect(await receiver.died).toBe('SIGKILL');
      deaths.push('after-download-before-commit');
      receiver = officeAt(receiverFolder, 'after-register-commit');
      const row = await until(
        'arrival',
        async () => (await receiver.ok('incoming.list', { box: 'to-register' })).rows[0],
      );
      const { fields } = await receiver.ok('incoming.get', { id: row.id });
      const registration = command({ id: row.id, revision: row.revision, fields, acceptDuplicate: false });
      const first = await receiver.call('incoming.register', registration);
      expect(await receiver.died).toBe('SIGKILL');
      deaths.push('after-register-commit');
      // Registering stated that it was opened; the exchange has heard it when this one dies.
      receiver = officeAt(receiverFolder, 'after-statements-before-answer');
      expect(await receiver.died).toBe('SIGKILL');
      deaths.push('after-statements-before-answer');
      receiver = officeAt(receiverFolder, 'after-feedback-before-answer');
      const report = command({ kind: 'fault', text: 'Máy tắt giữa chừng', bundleId: null });
      const reported = await receiver.call('feedback.send', report);
      expect(await receiver.died).toBe('SIGKILL');
      deaths.push('after-feedback-before-answer');
      receiver = new OfficeProcess(receiverFolder);
      const reportedAgain = await receiver.ok('feedback.send', report);
      if (reported?.ok === true) expect(reportedAgain).toEqual(reported.value);
      const second = await receiver.ok('incoming.register', registration);
      expect(second.arrivalNumber).toBe(1);
      if (first?.ok === true) expect(second).toEqual(first.value);
      // Reports of paper have a test of their own.
      const here = faultPointNames.filter((name) => name !== 'after-report-before-answer');
      expect(deaths.toSorted()).toEqual(here.toSorted());

      const sent = await until('the states', async () => {
        const detail = await sender.ok('outgoing.get', { id: at.id });
        return detail.deliveries.some(({ state }) => state === 'accepted') ? detail : null;
      });
      expect(sent).toMatchObject({
        state: 'sent',
        number: 1,
        codeText: '01/VPUBND-HCTC',
        verification: { verdict: 'VALID' },
      });
      expect(sent.deliveries).toHaveLength(1);
      const [annex, table] = sent.attachments;
      expect([annex?.signed, table?.signed, table?.fileId]).toEqual([true, false, at.attachments[1]?.fileId]);
      const received = await receiver.ok('incoming.get', { id: row.id });
      expect(received.attachments.map(({ fileId }) => fileId)).toEqual([annex?.fileId, table?.fileId]);
      const office = sent.history.filter(({ actor }) => actor.kind === 'person').map(({ action }) => action);
      expect(office.toReversed()).toEqual(['created', 'approved', 'numbered', 'signed', 'sealed', 'queued']);
      expect(sent.history.filter(({ action }) => action === 'sent')).toHaveLength(1);
      await until('the statement', () =>
        Promise.resolve(readRows(receiverFolder, `SELECT 1 FROM statement WHERE state = 'done'`).length === 1),
      );
      await until('the report', () =>
        Promise.resolve(readRows(receiverFolder, `SELECT 1 FROM feedback WHERE state = 'done'`).length === 1),
      );
      expect(readRows(receiverFolder, 'SELECT 1 FROM feedback')).toHaveLength(1);
      expect((await exchange.database.query('SELECT 1 FROM feedback_reports')).rows).toHaveLength(1);
      const opened = await exchange.database.query(`SELECT 1 FROM delivery_events WHERE event = 'opened'`);
      expect(opened.rows).toHaveLength(1);
      expect(readRows(at.folder, "SELECT number FROM book_number WHERE book_id = 'outgoing'")).toEqual([{ number: 1 }]);
      expect((await receiver.ok('incoming.nextNumber', {})).number).toBe(2);
      await Promise.all([sender.end(), receiver.end()]);

      checkFiles(at.folder);
      checkFiles(receiverFolder);
      expect(readRows(at.folder, 'SELECT id FROM outgoing')).toHaveLength(1);
      expect(readRows(receiverFolder, 'SELECT id FROM incoming')).toHaveLength(1);
      expect(readRows(receiverFolder, 'SELECT message_id FROM outbox')).toHaveLength(2);
      const [message, ...others] = readRows<{ message_id: string }>(at.folder, 'SELECT message_id FROM outbox');
      expect(others).toEqual([]);
      const delivered = await exchange.database.query('SELECT 1 FROM deliveries WHERE message_id = $1', [
        message?.message_id,
      ]);
      expect(delivered.rows).toHaveLength(1);
    },
    TIME_LIMIT_MS,
  );

  it(
    'and what is said of paper copies, posted, received, come alone and withdrawn, counts once',
    async () => {
      const at = journeyOf(newFolder());
      const receiverFolder = newFolder();
      let sender = new OfficeProcess(at.folder);
      let receiver = new OfficeProcess(receiverFolder);
      const own = await startTestExchange({ seedFile });
      exchanges.push(own);
      await Promise.all([enrol(sender, SENDER, own), enrol(receiver, RECEIVER, own)]);
      at.keys = await addKeys(sender);
      for (const [name, inputOf, keep] of steps) keep(at, await sender.ok(name, command(inputOf(at))));
      const arrived = await until(
        'the arrival',
        async () => (await receiver.ok('incoming.list', { box: 'to-register' })).rows[0],
      );
      await until('the watch', async () => (await sender.ok('outgoing.get', { id: at.id })).watched.length === 1);
      const { fields } = await receiver.ok('incoming.get', { id: arrived.id });
      await Promise.all([sender.end(), receiver.end()]);

      const settled = (folder: string, table: 'statement' | 'office_report') =>
        until(`${table} without a waiting one`, () =>
          Promise.resolve(readRows(folder, `SELECT 1 FROM ${table} WHERE state <> 'done'`).length === 0),
        );
      /** The office dies when the exchange has heard of it, and comes again. */
      const dyingAt = async (
        folder: string,
        point: FaultPointName,
        act: (office: OfficeProcess) => Promise<unknown>,
      ): Promise<OfficeProcess> => {
        const dying = officeAt(folder, point);
        await act(dying);
        expect(await dying.died).toBe('SIGKILL');
        const next = new OfficeProcess(folder);
        await next.ready;
        await settled(folder, point === 'after-report-before-answer' ? 'office_report' : 'statement');
        return next;
      };
      const posted = { id: at.id, recipients: [RECEIVER], day: vietnamDay(Date.now()), item: 'RR123456789VN' };
      sender = await dyingAt(at.folder, 'after-statements-before-answer', (office) =>
        office.call('outgoing.recordPaper', command(posted)),
      );
      const onPaper = { fields: { ...fields, codeText: '77/GIAY' }, senderCode: SENDER, acceptDuplicate: false };
      receiver = await dyingAt(receiverFolder, 'after-report-before-answer', (office) =>
        office.call('incoming.registerPaper', command(onPaper)),
      );
      const paper = await receiver.ok('incoming.list', { box: 'in-progress' });
      const [paperRow] = paper.rows;
      expect(paper.rows).toHaveLength(1);
      await receiver.end();
      const joining = { id: arrived.id, paperId: paperRow?.id ?? '' };
      receiver = await dyingAt(receiverFolder, 'after-report-before-answer', async (office) => {
        const { revision } = await office.ok('incoming.get', { id: arrived.id });
        await office.call('incoming.joinToPaper', command({ ...joining, revision }));
      });
      await settled(receiverFolder, 'statement');
      await until('the receipt', async () => {
        const { deliveries } = await sender.ok('outgoing.get', { id: at.id });
        return deliveries[0]?.paperReceivedAt != null;
      });
      await Promise.all([sender.end(), receiver.end()]);
      const { rows } = await own.database.query(
        `SELECT event, count(*)::int AS times FROM delivery_events WHERE event LIKE 'paper%' GROUP BY 1 ORDER BY 1`,
      );
      expect(rows).toEqual([
        { event: 'paper-posted', times: 1 },
        { event: 'paper-received', times: 1 },
      ]);
      const reported = await own.database.query(
        `SELECT code, withdrawn_at IS NOT NULL AS withdrawn FROM paper_arrivals`,
      );
      expect(reported.rows).toEqual([{ code: '77/GIAY', withdrawn: true }]);
    },
    TIME_LIMIT_MS,
  );
});
