import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, it } from 'vitest';
import { noLog } from '#entries/machine-ports.ts';
import type { ReaderHost } from '#entries/process-reader.ts';
import { readJson } from '#network/http-outcome.ts';
import { forkedReaderHost } from '#scripts/demo/forked-reader.ts';
import { readEdxml } from '#shared/edxml/read-edxml.ts';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { healthSchema } from '#shared/wire/health.ts';
import { readCursor, readInboxProblems, readRows } from '#tests/support/office-database.ts';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import { openTestOffice, repositoryRoot, type TestOffice } from '#tests/support/test-office.ts';
import { fullDocument } from '#tests/unit/edxml/sample-messages.ts';

let office: TestOffice | undefined;
afterEach(async () => {
  await office?.close();
  office = undefined;
});

it('a message that ended the program three times is passed over, so that the office can work again', async () => {
  const hub = createOfficeHub([agency('H15.01', 'Văn phòng'), agency('H15.02', 'Sở Nội vụ')]);
  const dataDir = mkdtempSync(join(tmpdir(), 'vanthu-poison-'));
  const forked = forkedReaderHost(dataDir, join(repositoryRoot, 'resources'));
  const begun: number[] = [];
  const readerHost: ReaderHost = {
    start: (...heard) => {
      begun.push(...readRows<{ begun: number }>(dataDir, 'SELECT begun FROM inbox_item').map((row) => row.begun));
      return forked.start(...heard);
    },
  };
  office = await openTestOffice({ dataDir, log: noLog, ports: { gateway: hub.gateway }, readerHost });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: 'H15.01', workstationName: 'Máy' });
  hub.slip('H15.01', 'H15.02', writeEdxmlDocument(fullDocument));
  await office.until('the first', () => Promise.resolve(readCursor(dataDir) === 1));
  expect(begun).toEqual([1]);

  // The next one is listed as one that was begun three times; written by the database, so that no try comes between.
  const sqlite = new Database(join(dataDir, 'vanthu.db'));
  sqlite.exec('CREATE TRIGGER begun AFTER INSERT ON inbox_item BEGIN UPDATE inbox_item SET begun = 3; END');
  sqlite.close();
  hub.slip('H15.01', 'H15.02', writeEdxmlDocument({ ...fullDocument, documentId: 'another' }));
  await office.until('the second', () => Promise.resolve(readCursor(dataDir) === 2));
  expect(readInboxProblems(dataDir)).toMatchObject([{ seq: 2, code: 'UNEXPECTED' }]);
});

it('zipped attachments do not unpack without end', () => {
  const zip = { name: 'a.pdf', contentType: 'application/zip', description: '', bytes: Buffer.from('PK\u0003\u0004') };
  const attachments = Array.from({ length: 9 }, (_, i) => ({ ...zip, contentId: `${i}` }));
  let unpacked = 0;
  const unzipSingle = (): Uint8Array => {
    unpacked += 1;
    return new Uint8Array(100 * 1024 * 1024);
  };
  const message = readEdxml(writeEdxmlDocument({ ...fullDocument, attachments }), { unzipSingle });
  expect(unpacked).toBe(2);
  expect(message.warnings.map(({ code }) => code)).toContain('ATTACHMENT_UNZIP_FAILED');
});

it('an answer without end is given up', async () => {
  const piece = new Uint8Array(1024 * 1024).fill(0x20);
  let pieces = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pieces += 1;
      if (pieces > 200) controller.close();
      else controller.enqueue(piece);
    },
  });
  expect(await readJson(new Response(body), healthSchema, undefined)).toMatchObject({ kind: 'offline' });
  expect(pieces).toBeLessThan(50);
});
