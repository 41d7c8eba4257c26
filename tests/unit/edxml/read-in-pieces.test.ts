import { expect, it } from 'vitest';
import { EdxmlError } from '#shared/edxml/edxml-error.ts';
import { dropContent, payloadOf, type PayloadSink } from '#shared/edxml/payload.ts';
import { EdxmlReader, readEdxml } from '#shared/edxml/read-edxml.ts';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { fullDocument } from './sample-messages.ts';

const MEGABYTE = 1024 * 1024;
const PIECE = 128 * 1024;
const contents = fullDocument.attachments.map((_attachment, at) =>
  new Uint8Array(2 * MEGABYTE + at).map((_, index) => (index + at) * 7),
);
const large = writeEdxmlDocument({
  ...fullDocument,
  attachments: fullDocument.attachments.map((attachment, at) => ({
    ...attachment,
    bytes: contents[at] ?? new Uint8Array(0),
  })),
});

function readInPieces(bytes: Uint8Array, open: () => PayloadSink, size = PIECE): ReturnType<EdxmlReader['end']> {
  const reader = new EdxmlReader(open);
  for (let start = 0; start < bytes.length; start += size) reader.write(bytes.subarray(start, start + size));
  return reader.end();
}

it('contents go to their sinks piece by piece, and nothing of them is kept', () => {
  const sinks: { pieces: Uint8Array[]; largest: number }[] = [];
  const message = readInPieces(large, () => {
    const sink = { pieces: [] as Uint8Array[], largest: 0 };
    sinks.push(sink);
    return {
      write: (bytes) => {
        sink.pieces.push(bytes.slice());
        sink.largest = Math.max(sink.largest, bytes.length);
      },
      finish: () => payloadOf(Uint8Array.of(sinks.length)),
    };
  });
  expect(sinks).toHaveLength(contents.length);
  for (const [at, { pieces, largest }] of sinks.entries()) {
    expect(Buffer.compare(Buffer.concat(pieces), contents[at]!)).toBe(0);
    expect(largest).toBeLessThanOrEqual(256 * 1024);
  }
  const { attachments, ...envelope } = readEdxml(large) as Extract<ReturnType<typeof readEdxml>, { kind: 'document' }>;
  expect(message).toMatchObject(envelope);
  expect(message).toMatchObject({ attachments: attachments.map(({ name }) => ({ name, payload: { size: 1 } })) });
});

it.each([1, 77, 4096])('the envelope alone says the same in pieces of %d bytes', (size) => {
  const small = writeEdxmlDocument(fullDocument);
  const { attachments: _, ...whole } = readInPieces(small, dropContent, small.length) as { attachments: unknown };
  expect(readInPieces(small, dropContent, size)).toMatchObject(whole);
});

it('a defect ends the reading where it stands', () => {
  let taken = 0;
  const broken = large.slice();
  broken[MEGABYTE] = 0x2a;
  const open = (): PayloadSink => ({ write: (bytes) => void (taken += bytes.length), finish: () => payloadOf(large) });
  expect(() => readInPieces(broken, open)).toThrow(new EdxmlError('EDXML_BAD_BASE64', { reason: 'illegal character' }));
  expect(taken).toBeLessThan(MEGABYTE);
});

it('what a sink cannot take ends the reading', () => {
  const open = (): PayloadSink => ({
    write: () => {
      throw new Error('disk full');
    },
    finish: () => payloadOf(large),
  });
  expect(() => readInPieces(large, open)).toThrow('disk full');
});
