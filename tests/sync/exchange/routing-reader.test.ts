import { afterEach, expect, it } from 'vitest';
import { createRoutingReader, type RoutingLimits, routingLimits, TooCostly } from '#exchange/reading/routing-reader.ts';
import { EdxmlError } from '#shared/edxml/edxml-error.ts';
import { writeEdxmlDocument, writeEdxmlStatus } from '#shared/edxml/write-edxml.ts';
import { fullDocument, fullStatus } from '#tests/unit/edxml/sample-messages.ts';

let reader = createRoutingReader();
afterEach(() => reader.close());

function limited(change: Partial<RoutingLimits>): void {
  reader = createRoutingReader({ ...routingLimits, ...change });
}

async function* piecesOf(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size);
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const letter = writeEdxmlDocument(fullDocument);
const routing = {
  kind: 'document',
  from: fullDocument.from.organId,
  to: fullDocument.to.map(({ organId }) => organId),
  documentId: fullDocument.documentId,
  priority: fullDocument.otherInfo.priority,
  businessType: fullDocument.business?.docType,
  updatedId: fullDocument.business?.documentId,
  code: `${fullDocument.codeNumber}/${fullDocument.codeNotation}`,
  typeName: fullDocument.documentType.typeName,
  paper: fullDocument.business?.paper,
  due: { day: fullDocument.dueDate, at: fullDocument.timing?.dueAt },
  expressAt: fullDocument.timing?.expressAt,
};
/** A small letter that is costly: every element of it counts, and the last is missing. */
const costly = utf8(`<edXML>${'<a b=""/>'.repeat(45_000)}`);
/** One whose text is put together from half a million parts. */
const large = utf8(`<edXML>${'<![CDATA[x]]>'.repeat(500_000)}`);

it('reads whatever way a message is cut, and one after the other in the same thread', async () => {
  limited({ threads: 1 });
  expect(await Promise.all([1 << 20, 1_000, 7].map((size) => reader.read(piecesOf(letter, size))))).toEqual([
    routing,
    routing,
    routing,
  ]);
  const status = await reader.read(piecesOf(writeEdxmlStatus(fullStatus)));
  const { statusCode, description } = fullStatus;
  expect(status).toMatchObject({ kind: 'status', from: fullStatus.from.organId, statusCode, description });
});

it('says why a message is none, at the piece where it shows, and reads the next', async () => {
  limited({ threads: 1 });
  let given = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of piecesOf(utf8(`<!DOCTYPE a><a>${'x'.repeat(100_000)}`), 1_000)) {
      given += 1;
      yield piece;
    }
  }
  await expect(reader.read(counted())).rejects.toEqual(new EdxmlError('EDXML_DTD_REFUSED'));
  expect(given).toBe(1);
  await expect(reader.read(piecesOf(utf8('<edXML>')))).rejects.toMatchObject({ code: 'EDXML_NOT_XML' });
  expect(await reader.read(piecesOf(letter))).toEqual(routing);
});

it('a message whose pieces stop coming leaves nothing behind in its thread', async () => {
  limited({ threads: 1 });
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield letter.slice(0, 300);
    throw new Error('disk');
  }
  await expect(reader.read(broken())).rejects.toThrow('disk');
  expect(await reader.read(piecesOf(letter))).toEqual(routing);
});

it('a message that takes too long is given up, its thread with it, and others are read meanwhile', async () => {
  limited({ threads: 2, milliseconds: 30, millisecondsPerMegabyte: 1 });
  // Warm, so that the time is that of reading.
  await reader.read(piecesOf(letter)).catch(() => undefined);
  const endless = (async function* (): AsyncGenerator<Uint8Array> {
    yield costly;
    for (;;) yield utf8('<!-- -->'.repeat(1_000));
  })();
  await expect(reader.read(endless)).rejects.toThrow(new TooCostly('time'));
  limited({ threads: 2 });
  expect(await reader.read(piecesOf(letter))).toEqual(routing);
});

it('a message that takes too much memory ends its thread, and nothing else', async () => {
  limited({ threads: 1, heapMegabytes: 12 });
  await expect(reader.read(piecesOf(large, large.length))).rejects.toThrow(new TooCostly('memory'));
  expect(await reader.read(piecesOf(letter))).toEqual(routing);
});

it('requests go on while a message is read', async () => {
  limited({ threads: 1 });
  let turns = 0;
  let reading = true;
  const requests = (async () => {
    for (; reading; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  })();
  await expect(reader.read(piecesOf(costly, costly.length))).rejects.toBeInstanceOf(EdxmlError);
  reading = false;
  await requests;
  expect(turns).toBeGreaterThan(100);
});
