import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnzipError, unzipSingleEntry } from '#reader/unzip-single-entry.ts';
import { readEdxml } from '#shared/edxml/read-edxml.ts';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { fullDocument } from './sample-messages.ts';

interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  readonly declaredSize?: number;
  readonly checksum?: number;
}

/** A ZIP archive by the letter of APPNOTE 4.3, with what a test wants to be wrong. */
function zip(...entries: readonly Entry[]): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, method = 8, flags = 0, declaredSize, checksum } of entries) {
    const nameBytes = Buffer.from(name);
    const packed = method === 8 ? deflateRawSync(bytes) : Buffer.from(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(checksum ?? crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(declaredSize ?? bytes.length, 18);
    fields.writeUInt16LE(nameBytes.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), fields, tail, nameBytes);
    const file = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, nameBytes, packed]);
    files.push(file);
    offset += file.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, central, end]);
}

function codeOf(archive: Uint8Array): string {
  try {
    unzipSingleEntry(archive);
  } catch (error) {
    if (error instanceof UnzipError) return error.code;
    throw error;
  }
  return 'no error';
}

const pdf = Buffer.from('%PDF-1.7\nnội dung văn bản\n'.repeat(50));

describe('a zipped attachment', () => {
  it('gives its one file, packed or stored', () => {
    expect(Buffer.from(unzipSingleEntry(zip({ name: '5cbf63d2.pdf', bytes: pdf }))!)).toEqual(pdf);
    expect(Buffer.from(unzipSingleEntry(zip({ name: 'x', bytes: pdf, method: 0 }))!)).toEqual(pdf);
    expect(unzipSingleEntry(zip({ name: 'empty', bytes: new Uint8Array(0) }))).toHaveLength(0);
  });

  it('stays an archive when it holds several files or is a document format', () => {
    expect(unzipSingleEntry(zip({ name: 'a', bytes: pdf }, { name: 'b', bytes: pdf }))).toBeNull();
    expect(unzipSingleEntry(zip({ name: '[Content_Types].xml', bytes: pdf }))).toBeNull();
    expect(unzipSingleEntry(zip({ name: 'folder/', bytes: new Uint8Array(0) }))).toBeNull();
  });

  it('is refused when it is a bomb, encrypted, damaged or packed in another way', () => {
    const zeros = Buffer.alloc(3_000_000);
    expect(codeOf(zip({ name: 'a', bytes: zeros, declaredSize: 1_000 }))).toBe('ZIP_BROKEN');
    expect(codeOf(zip({ name: 'a', bytes: pdf, declaredSize: 0xfffffff0 }))).toBe('ZIP_TOO_LARGE');
    expect(codeOf(zip({ name: 'a', bytes: pdf, flags: 1 }))).toBe('ZIP_ENCRYPTED');
    expect(codeOf(zip({ name: 'a', bytes: pdf, checksum: 1 }))).toBe('ZIP_BROKEN');
    expect(codeOf(zip({ name: 'a', bytes: pdf, method: 12 }))).toBe('ZIP_METHOD_UNKNOWN');
    expect(codeOf(Buffer.from('PK\u0003\u0004'))).toBe('ZIP_BROKEN');
  });

  it('never makes it fail otherwise, however the archive is damaged', () => {
    const original = zip({ name: 'a.pdf', bytes: pdf });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { maxLength: 6 }), (changes) => {
        const damaged = Buffer.from(original);
        for (const [at, value] of changes) damaged[at] = value;
        expect(codeOf(damaged)).toMatch(/^ZIP_|^no error$/);
      }),
      { numRuns: 500 },
    );
  });

  it('comes unpacked out of a message whose label says something else', () => {
    const bytes = zip({ name: '../../5cbf63d2-7944.pdf', bytes: pdf });
    const attachment = { contentId: '1', name: 'van-ban.pdf', contentType: 'application/pdf', description: '', bytes };
    const message = readEdxml(writeEdxmlDocument({ ...fullDocument, attachments: [attachment] }), {
      unzipSingle: unzipSingleEntry,
    });
    if (message.kind !== 'document') throw new Error('expected a document');
    expect(message.attachments[0]?.name).toBe('van-ban.pdf');
    expect(Buffer.from(message.attachments[0]!.bytes)).toEqual(pdf);
    expect(message.warnings).toEqual([]);
  });
});
