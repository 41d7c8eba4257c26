import { crc32, inflateRawSync } from 'node:zlib';

/** Largest unpacked size; also bounds what a ZIP bomb can cost. */
const MAX_UNPACKED_BYTES = 150 * 1024 * 1024;
const END_RECORD = 0x06054b50;
const CENTRAL_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_RECORD_SIZE = 22;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

/** Why an archive with one entry is not unpacked. */
export class UnzipError extends Error {
  readonly code: 'ZIP_BROKEN' | 'ZIP_ENCRYPTED' | 'ZIP_TOO_LARGE' | 'ZIP_METHOD_UNKNOWN';

  constructor(code: UnzipError['code']) {
    super(code);
    this.name = 'UnzipError';
    this.code = code;
  }
}

/**
 * The bytes of the one file in a ZIP archive (APPNOTE 4.3), as edXML senders wrap attachments. null when the archive
 * holds several entries, or is itself a document format ([Content_Types].xml). The entry's name is not used at all, so
 * it cannot lead anywhere.
 * @throws UnzipError
 */
export function unzipSingleEntry(archive: Uint8Array): Uint8Array | null {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = findEndRecord(view);
  if (end === null) throw new UnzipError('ZIP_BROKEN');
  if (view.getUint16(end + 10, true) !== 1) return null;
  const central = view.getUint32(end + 16, true);
  if (central + 46 > end || view.getUint32(central, true) !== CENTRAL_ENTRY) throw new UnzipError('ZIP_BROKEN');

  const flags = view.getUint16(central + 8, true);
  const method = view.getUint16(central + 10, true);
  const checksum = view.getUint32(central + 16, true);
  const packedSize = view.getUint32(central + 20, true);
  const size = view.getUint32(central + 24, true);
  const nameEnd = central + 46 + view.getUint16(central + 28, true);
  const local = view.getUint32(central + 42, true);
  const name = new TextDecoder('utf-8').decode(archive.subarray(central + 46, nameEnd));
  if (name === '[Content_Types].xml' || name.endsWith('/')) return null;
  if ((flags & 1) !== 0) throw new UnzipError('ZIP_ENCRYPTED');
  if (size > MAX_UNPACKED_BYTES) throw new UnzipError('ZIP_TOO_LARGE');
  if (local + 30 > central || view.getUint32(local, true) !== LOCAL_ENTRY) throw new UnzipError('ZIP_BROKEN');

  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + packedSize > central) throw new UnzipError('ZIP_BROKEN');
  const unpacked = unpack(archive.subarray(start, start + packedSize), method, size);
  if (unpacked.length !== size || crc32(unpacked) !== checksum) throw new UnzipError('ZIP_BROKEN');
  return unpacked;
}

function unpack(packed: Uint8Array, method: number, size: number): Uint8Array {
  if (method === STORED) return packed;
  if (method !== DEFLATED) throw new UnzipError('ZIP_METHOD_UNKNOWN');
  try {
    // The declared size is the limit: an entry that unpacks to more is a lie.
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw new UnzipError('ZIP_BROKEN');
  }
}

function findEndRecord(view: DataView): number | null {
  const last = view.byteLength - END_RECORD_SIZE;
  for (let offset = last; offset >= Math.max(0, last - LONGEST_COMMENT); offset--) {
    if (view.getUint32(offset, true) === END_RECORD) return offset;
  }
  return null;
}
