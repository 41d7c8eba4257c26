import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { noLog } from '#entries/machine-ports.ts';
import type { ReaderHost, ReaderLimits } from '#entries/process-reader.ts';
import { forkedReaderHost } from '#scripts/demo/forked-reader.ts';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { bombPdfs } from '#tests/support/bomb-pdfs.ts';
import { readInboxProblems, readRows } from '#tests/support/office-database.ts';
import { agency, createOfficeHub, type OfficeHub } from '#tests/support/office-hub.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { openTestOffice, repositoryRoot, type TestOffice } from '#tests/support/test-office.ts';
import { fullDocument } from '#tests/unit/edxml/sample-messages.ts';

/** Files from outside that no reader survives: the office does, and they arrive. */

const MEGABYTE = 1024 * 1024;
const limits: ReaderLimits = { seconds: 5, secondsPerMegabyte: 1, idleSeconds: 60 };
const resourcesDir = join(repositoryRoot, 'resources');
let hub: OfficeHub;
let office: TestOffice;
afterEach(() => office.close());

async function openOffice(change: (host: ReaderHost) => ReaderHost = (host) => host, memory = 700 * MEGABYTE) {
  hub = createOfficeHub([agency('H15.01', 'Văn phòng'), agency('H15.02', 'Sở Nội vụ')]);
  // The host is asked for processes of the folder that the office then has.
  const host: ReaderHost = {
    start: (...all) => change(forkedReaderHost(office.dataDir, resourcesDir, memory)).start(...all),
  };
  office = await openTestOffice({
    log: noLog,
    ports: { gateway: hub.gateway },
    readerHost: host,
    readerLimits: limits,
  });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: 'H15.01', workstationName: 'Máy' });
}

const pdf = (name: string, bytes: Uint8Array) => ({
  contentId: name,
  name,
  contentType: 'application/pdf',
  description: '',
  bytes,
});
function letter(documentId: string, ...files: readonly Uint8Array[]): Uint8Array {
  const attachments = files.map((bytes, at) => pdf(`${at}.pdf`, bytes));
  return writeEdxmlDocument({ ...fullDocument, documentId, attachments });
}
const arrivals = () =>
  readRows<{ id: string; code_text: string }>(office.dataDir, 'SELECT id, code_text FROM incoming ORDER BY created_at');

/** Waits for so many arrivals, calling core all the while; how many calls it answered meanwhile. */
async function callsUntil(count: number): Promise<number> {
  let calls = 0;
  await office.until('the arrival', async () => {
    await office.ok('office.counts', {});
    calls += 1;
    return arrivals().length === count;
  });
  return calls;
}
const bomb = (name: keyof typeof bombPdfs): Uint8Array => bombPdfs[name]?.() ?? new Uint8Array(0);

describe.each(Object.keys(bombPdfs))('a letter with %s', (name) => {
  it('arrives with a warning and can be registered by hand, while core answers', async () => {
    await openOffice();
    const bytes = bomb(name);
    expect(bytes.length).toBeLessThan(8_000);
    hub.slip('H15.01', 'H15.02', letter('bomb', bytes));
    expect(await callsUntil(1)).toBeGreaterThan(5);
    const id = arrivals()[0]?.id ?? '';
    const { warnings, revision, fields, file } = await office.ok('incoming.get', { id });
    expect(warnings.filter((code) => code === 'READING_LIMIT' || code === 'PDF_TOO_COMPLEX')).toHaveLength(1);
    expect(file).toMatchObject({ name: '0.pdf', size: bytes.length });
    const registered = await office.ok('incoming.register', { id, revision, fields, acceptDuplicate: false });
    expect(registered).toMatchObject({ arrivalNumber: 1 });
    // The next letter is read as ever, by a new process.
    hub.slip('H15.01', 'H15.02', letter('good', makePdf()));
    await callsUntil(2);
    const [, next] = arrivals();
    expect((await office.ok('incoming.get', { id: next?.id ?? '' })).warnings).not.toContain('READING_LIMIT');
  });
});

it('of a letter full of bombs two are tried', async () => {
  let started = 0;
  await openOffice((host) => ({
    start: (...all) => {
      started += 1;
      return host.start(...all);
    },
  }));
  const bytes = bomb('a font with two thousand million widths');
  const different = Array.from({ length: 20 }, (_, at) => Buffer.concat([bytes, Buffer.from(`%${at}`)]));
  hub.slip('H15.01', 'H15.02', letter('bombs', ...different));
  await callsUntil(1);
  // A process that dies of one is given it once more: two of them end four at most, and a third would begin a fifth.
  expect(started).toBeLessThanOrEqual(4);
});

it('a message that cannot be read within the limits is set aside, nothing of it stays, and the next one comes', async () => {
  await openOffice(undefined, 260 * MEGABYTE);
  const zipped = Array.from({ length: 4 }, () => zip(new Uint8Array(120 * MEGABYTE)));
  const attachments = zipped.map((bytes, at) => pdf(`${at}.pdf`, bytes));
  const item = hub.slip('H15.01', 'H15.02', writeEdxmlDocument({ ...fullDocument, documentId: 'zipped', attachments }));
  const problems = () => readInboxProblems(office.dataDir);
  await office.until('that it is set aside', () => Promise.resolve(problems().length === 1));
  hub.slip('H15.01', 'H15.02', letter('good', makePdf()));
  await callsUntil(1);
  expect(problems()).toMatchObject([{ seq: item.seq, code: 'READING_LIMIT', file_id: item.sha256 }]);
  const left = readdirSync(join(office.dataDir, 'files/partial/reader'), { recursive: true, withFileTypes: true });
  expect(left.filter((entry) => entry.isFile())).toEqual([]);
});

it('when no process can be started a letter waits, and arrives later', async () => {
  let failures = 2;
  await openOffice((host) => ({
    start: (...all) => {
      if (failures === 0) return host.start(...all);
      failures -= 1;
      throw new Error('no process for you');
    },
  }));
  hub.slip('H15.01', 'H15.02', letter('good', makePdf()));
  await callsUntil(1);
  expect(failures).toBe(0);
  expect(readInboxProblems(office.dataDir)).toEqual([]);
});

it('a letter that the clerk chose is refused, and the office goes on', async () => {
  await openOffice();
  const path = join(office.dataDir, 'bomb.pdf');
  writeFileSync(path, bomb('a font with two thousand million widths'));
  const propose = office.refused('letters.propose', { token: office.token(path) });
  expect((await office.ok('office.counts', {})).incoming).toBeDefined();
  expect(await propose).toBe('READING_LIMIT');
  writeFileSync(path, makePdf());
  await office.ok('letters.propose', { token: office.token(path) });
});

it('closing does not wait for a file that is being read', async () => {
  await openOffice();
  const item = hub.slip('H15.01', 'H15.02', letter('bomb', bomb('a font with two thousand million widths')));
  const begun = () => readRows(office.dataDir, 'SELECT seq FROM inbox_item WHERE begun > 0');
  await office.until('the reading', () => Promise.resolve(begun().length === 1));
  await office.restart();
  // Nothing was decided about it, so it comes again.
  await callsUntil(1);
  expect(readInboxProblems(office.dataDir)).toEqual([]);
  expect(item.seq).toBe(1);
});

/** An archive with one file (APPNOTE 4.3). */
function zip(bytes: Uint8Array): Uint8Array {
  const data = deflateRawSync(bytes);
  const name = Buffer.from('a.pdf');
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(0, 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(bytes.length, 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, name, data]);
  const central = Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), fields, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
