import { existsSync, mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import type { WriteStores } from '#core/ports/stores.ts';
import { openRegisters } from '#data/open-registers.ts';
import { machineTimers, noLog } from '#entries/machine-ports.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import { createContentStore } from '#files/content-store.ts';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import { addKeys, approvedDraft, createDraft, importLetter, sealedLetter } from '#tests/support/office-letters.ts';
import { readRows } from '#tests/support/office-database.ts';
import { attachmentRecord, fileIdOf, incomingRecord } from '#tests/support/office-records.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

const offices: TestOffice[] = [];
afterEach(async () => {
  for (const office of offices.splice(0)) await office.close();
});
const open = async (options: Parameters<typeof openTestOffice>[0] = {}): Promise<TestOffice> => {
  const office = await openTestOffice(options);
  offices.push(office);
  return office;
};

/** Writes into the registers of a folder that no office has open. */
function withRegisters(dataDir: string, work: (stores: WriteStores) => void): void {
  const opened = openRegisters(dataDir, noLog);
  opened.registers.tx('test', work);
  opened.close();
}
const freshFolder = () => mkdtempSync(join(tmpdir(), 'vanthu-model-'));

describe('paper that came without an envelope', () => {
  const ownOffice = { code: 'H15.01', name: 'Văn phòng' };

  it('is listed, registered with the next number, finished, and nobody on the exchange is told', async () => {
    const dataDir = freshFolder();
    const first = incomingRecord({ received: null });
    const second = incomingRecord({ received: null, fields: { ...first.fields, codeText: '13/SNV' } });
    withRegisters(dataDir, (stores) => {
      stores.office.setAgency(ownOffice);
      stores.incoming.insert(first, [attachmentRecord({ role: 'paper-scan' })]);
      stores.incoming.insert(second, []);
    });
    const office = await open({ dataDir });
    const detail = await office.ok('incoming.get', { id: first.id });
    expect(detail).toMatchObject({ received: null, file: null, attachments: [{ name: 'a.pdf' }], statusesSent: [] });
    const { fields } = detail;
    const registered = await office.ok('incoming.register', {
      id: first.id,
      revision: 1,
      fields,
      acceptDuplicate: false,
    });
    expect(registered).toMatchObject({ arrivalNumber: 1, state: 'registered' });
    await office.ok('incoming.complete', { id: first.id, revision: registered.revision });
    expect(await office.refused('incoming.return', { id: second.id, revision: 1, reason: 'x' })).toBe('NO_SENDER');
    expect(readRows(office.dataDir, 'SELECT * FROM outbox')).toEqual([]);
    const { entries } = await office.ok('books.entries', { bookId: 'incoming', year: registered.year });
    expect(entries).toMatchObject([{ number: 1, documentId: first.id, fields: { codeText: '12/SNV-VP' } }]);
  });

  it('is found to be a twin of what is in the book already', async () => {
    const dataDir = freshFolder();
    const twins = [incomingRecord({ received: null }), incomingRecord({ received: null })];
    withRegisters(dataDir, (stores) => twins.forEach((one) => stores.incoming.insert(one, [])));
    const office = await open({ dataDir });
    const register = ({ id, fields }: (typeof twins)[number], acceptDuplicate: boolean) =>
      office.call('incoming.register', { id, revision: 1, fields, acceptDuplicate, commandId: id });
    const [one, other] = twins;
    if (one === undefined || other === undefined) throw new Error('two documents');
    expect(await register(one, false)).toMatchObject({ ok: true });
    expect(await register(other, false)).toMatchObject({ ok: false, code: 'DUPLICATE_DOCUMENT' });
  });

  it.each(['07/TB-SNV', '07/TB – SNV', '007 / tb-snv'])('also when its number is written %j', async (codeText) => {
    const dataDir = freshFolder();
    const { fields } = incomingRecord();
    const [one, other] = ['7/TB-SNV', codeText].map((text) =>
      incomingRecord({ received: null, fields: { ...fields, codeText: text } }),
    );
    if (one === undefined || other === undefined) throw new Error('two documents');
    withRegisters(dataDir, (stores) => [one, other].forEach((each) => stores.incoming.insert(each, [])));
    const office = await open({ dataDir });
    await office.ok('incoming.register', { id: one.id, revision: 1, fields: one.fields, acceptDuplicate: false });
    expect(
      await office.refused('incoming.register', {
        id: other.id,
        revision: 1,
        fields: other.fields,
        acceptDuplicate: false,
      }),
    ).toBe('DUPLICATE_DOCUMENT');
  });
});

describe('a letter with appendices', () => {
  it('goes out with all of them, and all of them arrive', async () => {
    const [FROM, TO] = ['H15.01', 'H15.02'];
    const hub = createOfficeHub([agency(FROM, 'Văn phòng'), agency(TO, 'Sở Nội vụ')]);
    const enrolled = async (code: string) => {
      const office = await open({ ports: { gateway: hub.gateway } });
      await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code, workstationName: 'Máy 1' });
      await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
      return office;
    };
    const sender = await enrolled(FROM);
    const receiver = await enrolled(TO);
    const sealed = await sealedLetter(sender, await addKeys(sender), [TO]);
    const appendix = new TextEncoder().encode('Phụ lục; số liệu');
    const table = new TextEncoder().encode('a;b\n1;2');
    await sender.restart();
    const sqlite = new Database(join(sender.dataDir, 'vanthu.db'));
    const store = createContentStore(sender.dataDir);
    for (const [at, [name, bytes]] of (
      [
        ['Phụ lục 1.txt', appendix],
        ['Biểu số 2.csv', table],
      ] as const
    ).entries()) {
      const { fileId, size } = await store.write(bytes);
      sqlite
        .prepare(
          "INSERT INTO attachment (document_id, position, role, file_id, name, size) VALUES (?, ?, 'appendix', ?, ?, ?)",
        )
        .run(sealed.id, at + 1, fileId, name, size);
    }
    sqlite.close();
    await sender.restart();
    expect((await sender.ok('outgoing.get', { id: sealed.id })).attachments.map(({ name }) => name)).toEqual([
      'Phụ lục 1.txt',
      'Biểu số 2.csv',
    ]);
    await sender.ok('outgoing.send', { id: sealed.id, revision: sealed.revision });
    const arrived = await receiver.until('arrival', async () => {
      const { rows } = await receiver.ok('incoming.list', { box: 'to-register' });
      return rows[0] === undefined ? null : receiver.ok('incoming.get', { id: rows[0].id });
    });
    expect(arrived.file?.name).toBe('cong-van-241.pdf');
    expect(arrived.verification?.verdict).toBe('VALID');
    expect(arrived.attachments.map(({ name, size }) => [name, size])).toEqual([
      ['Phụ lục 1.txt', appendix.length],
      ['Biểu số 2.csv', table.length],
    ]);
  });
});

describe('a book added by data', () => {
  it('takes the type that it names, with numbers of its own; the others stay in the common book', async () => {
    const dataDir = freshFolder();
    openRegisters(dataDir, noLog).close();
    const sqlite = new Database(join(dataDir, 'vanthu.db'));
    sqlite.exec(`INSERT INTO book (id, direction, name, position) VALUES ('decisions', 'outgoing', 'Sổ quyết định', 1);
      INSERT INTO book_type VALUES ('decisions', 'Quyết định')`);
    sqlite.close();
    const hub = createOfficeHub([agency('H15.01', 'Văn phòng'), agency('H15.02', 'Sở Nội vụ')]);
    const office = await open({ dataDir, ports: { gateway: hub.gateway } });
    await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: 'H15.01', workstationName: 'Máy 1' });
    await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
    const number = async (documentType: string, notation: string) => {
      const { id, revision } = await approvedDraft(office, ['H15.02'], { fields: { documentType, notation } });
      const { bookName } = await office.ok('outgoing.nextNumber', { id });
      return { bookName, ...(await office.ok('outgoing.assignNumber', { id, revision })) };
    };
    expect(await number('Công văn', 'VP-TH')).toMatchObject({ codeText: '01/VP-TH' });
    expect(await number('Quyết định', 'QĐ-VP')).toMatchObject({ bookName: 'Sổ quyết định', codeText: '01/QĐ-VP' });
    expect(await number('Quyết định', 'QĐ-VP')).toMatchObject({ codeText: '02/QĐ-VP' });
    expect(await number('Tờ trình', 'TTr-VP')).toMatchObject({ codeText: '02/TTr-VP' });
    const { books } = await office.ok('books.list', {});
    const year = new Date().getFullYear();
    expect(books.filter((book) => book.year === year).map(({ id, last }) => [id, last])).toEqual(
      expect.arrayContaining([
        ['incoming', 0],
        ['outgoing', 2],
        ['decisions', 2],
      ]),
    );
    const { entries } = await office.ok('books.entries', { bookId: 'decisions', year });
    expect(entries.map(({ codeText, goesTo }) => [codeText, goesTo])).toEqual([
      ['02/QĐ-VP', 'Sở Nội vụ'],
      ['01/QĐ-VP', 'Sở Nội vụ'],
    ]);
    // A draft that becomes another type moves to that type's book.
    const draft = await createDraft(office, ['H15.02']);
    const { fields } = await office.ok('outgoing.get', { id: draft.id });
    await office.ok('outgoing.update', {
      id: draft.id,
      revision: draft.revision,
      fields: { ...fields, documentType: 'Quyết định' },
      recipients: ['H15.02'],
    });
    expect(await office.ok('outgoing.nextNumber', { id: draft.id })).toMatchObject({
      bookName: 'Sổ quyết định',
      number: 3,
    });
  });
});

describe('stored files that nothing needs', () => {
  const DAY_MS = 24 * 3_600_000;
  /** An office whose housekeeping runs when the test says so. */
  const plannedSweep = () => {
    const planned: (() => void)[] = [];
    const after = (ms: number, task: () => void) => {
      if (ms < 60_000) return machineTimers.after(ms, task);
      // Five minutes after the start; what comes each hour or morning is not asked for here.
      if (ms === 5 * 60_000) planned.push(task);
      return () => undefined;
    };
    const swept: unknown[] = [];
    const info = (event: string, details?: unknown) => void (event === 'files-swept' && swept.push(details));
    return {
      ports: { timers: { after } },
      log: { ...noLog, info },
      swept,
      sweepNow: () => {
        const task = planned.at(-1);
        if (task === undefined) throw new Error('nothing was planned');
        task();
      },
    };
  };
  const put = (dataDir: string, text: string, ageMs: number): string => {
    const path = join(dataDir, fileAddress(fileIdOf(text)));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    const at = new Date(Date.now() - ageMs);
    utimesSync(path, at, at);
    return path;
  };

  it('are put aside a day after they were stored, unless a row needs them or they were stored since the start', async () => {
    const { ports, log, swept, sweepNow } = plannedSweep();
    const office = await open({ ports, log });
    const draft = await createDraft(office, []);
    const { file } = await office.ok('outgoing.get', { id: draft.id });
    await office.restart();
    const { dataDir } = office;
    const needed = join(dataDir, fileAddress(file.fileId));
    const old = new Date(Date.now() - 3 * DAY_MS);
    utimesSync(needed, old, old);
    const orphan = put(dataDir, 'orphan', 2 * DAY_MS);
    const young = put(dataDir, 'young', DAY_MS / 2);
    const notOurs = join(dirname(orphan), 'ghi chu.txt');
    writeFileSync(notOurs, 'x');
    utimesSync(notOurs, old, old);
    // Imported now: its bytes are old and no row has them yet, because the clerk is still filling in the form.
    const filling = join(dataDir, fileAddress(await importLetter(office)));
    if (filling !== needed) utimesSync(filling, old, old);
    sweepNow();
    await office.until('the sweep', async () => swept.length > 0);
    expect(swept).toEqual([{ putAside: 1, deleted: 0 }]);
    expect([needed, orphan, young, notOurs, filling].map((path) => existsSync(path))).toEqual([
      true,
      false,
      true,
      true,
      true,
    ]);
  });

  it('come back when a register that was put back from a copy needs them after all', async () => {
    const { ports, log, swept, sweepNow } = plannedSweep();
    const office = await open({ ports, log });
    const database = join(office.dataDir, 'vanthu.db');
    const draft = await createDraft(office, []);
    const { file } = await office.ok('outgoing.get', { id: draft.id });
    const path = join(office.dataDir, fileAddress(file.fileId));
    const old = new Date(Date.now() - 3 * DAY_MS);
    utimesSync(path, old, old);
    // The register as it was before the draft: it does not know the file.
    const forget = (): void => {
      const sqlite = new Database(database);
      sqlite.exec('DELETE FROM file_reference');
      sqlite.close();
    };
    const remember = (): void => {
      const sqlite = new Database(database);
      sqlite.prepare("INSERT INTO file_reference VALUES (?, 'attachment', ?)").run(file.fileId, draft.id);
      sqlite.close();
    };
    await office.restart();
    forget();
    sweepNow();
    await office.until('the sweep', async () => swept.length > 0);
    expect(swept).toEqual([{ putAside: 1, deleted: 0 }]);
    expect(existsSync(path)).toBe(false);
    remember();
    const fresh = await office.ok('outgoing.create', {
      fileId: file.fileId,
      fileName: 'a.pdf',
      fields: (await office.ok('outgoing.get', { id: draft.id })).fields,
      placement: { signature: null, number: null, date: null },
      recipients: [],
    });
    expect(fresh.state).toBe('draft');
    expect(existsSync(path)).toBe(true);
  });
});
