import { unreadable } from './opened-mail.ts';

/** A storage of a compound file: a folder. Names are told apart as [MS-CFB] 2.6.4 does, without case. */
export interface CompoundStorage {
  /** The bytes of a stream, null when there is none of that name. @throws CodedError MAIL_UNREADABLE */
  stream(name: string): Uint8Array | null;
  storage(name: string): CompoundStorage | null;
  /** Storages whose names begin so, in the order of their names. */
  storages(prefix: string): CompoundStorage[];
}

const SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** [MS-CFB] 2.1: numbers above it are marks. */
const LAST_SECTOR = 0xfffffffa;
const END_OF_CHAIN = 0xfffffffe;
const NO_STREAM = 0xffffffff;
const HEADER = { bytes: 512, difat: 109 };
const MINI_SECTOR = 64;
const MINI_CUTOFF = 4096;
const ENTRY_BYTES = 128;
const STORAGE = 1;
const STREAM = 2;
const ROOT = 5;

export function isCompoundFile(bytes: Uint8Array): boolean {
  return SIGNATURE.equals(bytes.subarray(0, SIGNATURE.length));
}

interface Entry {
  readonly name: string;
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

/**
 * The root storage of a compound file ([MS-CFB], the container of Outlook's messages). Every sector belongs to one chain
 * and every entry to one storage, so neither a circle nor a file whose streams share their sectors takes more time or
 * memory than its own size.
 * @throws CodedError MAIL_UNREADABLE, also later, when a stream is asked for
 */
export function openCompoundFile(bytes: Uint8Array): CompoundStorage {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isCompoundFile(view) || view.length < HEADER.bytes) throw unreadable('no compound file');
  const version = view.readUInt16LE(26);
  const shift = view.readUInt16LE(30);
  // [MS-CFB] 2.2: version 3 has sectors of 512 bytes, version 4 of 4096; mini sectors are one size.
  if ((version !== 3 || shift !== 9) && (version !== 4 || shift !== 12)) throw unreadable('compound version');
  if (view.readUInt16LE(28) !== 0xfffe || view.readUInt16LE(32) !== 6 || view.readUInt32LE(56) !== MINI_CUTOFF) {
    throw unreadable('compound header');
  }
  const sectorBytes = 2 ** shift;
  const sectors = cut(view.subarray(sectorBytes), sectorBytes);
  const table = readTable(view, sectors, sectorBytes);
  const taken = new Uint8Array(sectors.length);
  const chain = (start: number): Buffer[] => follow(start, table, sectors, taken);

  const entries = chain(view.readUInt32LE(48)).flatMap((sector) => cut(sector, ENTRY_BYTES).map(readEntry));
  const [root] = entries;
  if (root?.type !== ROOT) throw unreadable('compound root');
  const miniTable = numbersOf(chain(view.readUInt32LE(60)));
  const miniSectors = cut(Buffer.concat(chain(root.start)).subarray(0, root.size), MINI_SECTOR);
  const miniTaken = new Uint8Array(miniSectors.length);

  const read = ({ start, size }: Entry): Uint8Array => {
    if (size === 0) return new Uint8Array();
    const pieces = size < MINI_CUTOFF ? follow(start, miniTable, miniSectors, miniTaken) : chain(start);
    const whole = Buffer.concat(pieces);
    if (whole.length < size) throw unreadable('compound stream');
    return whole.subarray(0, size);
  };
  return storageOf(root, entries, read, new Uint8Array(entries.length));
}

/** Pieces of one size; the last may be shorter, as some writers leave it. */
function cut(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

/** The FAT ([MS-CFB] 2.3): for each sector the next one. Its own sectors stand in the header and in the DIFAT (2.5). */
function readTable(view: Buffer, sectors: readonly Buffer[], sectorBytes: number): number[] {
  const places = Array.from({ length: HEADER.difat }, (_, at) => view.readUInt32LE(76 + 4 * at));
  const seen = new Set<number>();
  let next = view.readUInt32LE(68);
  while (next < LAST_SECTOR) {
    const sector = sectors[next];
    if (sector?.length !== sectorBytes || seen.has(next)) throw unreadable('compound difat');
    seen.add(next);
    const numbers = numbersOf([sector]);
    next = numbers.pop() ?? END_OF_CHAIN;
    places.push(...numbers);
  }
  const used = places.filter((place) => place < LAST_SECTOR);
  if (new Set(used).size !== used.length) throw unreadable('compound fat');
  return used.flatMap((place) => {
    const sector = sectors[place];
    if (sector === undefined) throw unreadable('compound fat');
    return numbersOf([sector]);
  });
}

function numbersOf(pieces: readonly Uint8Array[]): number[] {
  return pieces.flatMap((piece) => {
    const numbers = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    return Array.from({ length: Math.floor(numbers.length / 4) }, (_, at) => numbers.readUInt32LE(4 * at));
  });
}

/** @param taken Marks each sector that a chain has, so that no other chain, and no circle, has it again. */
function follow(start: number, table: readonly number[], sectors: readonly Buffer[], taken: Uint8Array): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = start; at !== END_OF_CHAIN; at = table[at] ?? NO_STREAM) {
    const sector = sectors[at];
    // An empty chain is written as either mark.
    if (at === NO_STREAM && pieces.length === 0) break;
    if (sector === undefined || taken[at] === 1) throw unreadable('compound chain');
    taken[at] = 1;
    pieces.push(sector);
  }
  return pieces;
}

/** [MS-CFB] 2.6.1 */
function readEntry(bytes: Buffer): Entry {
  if (bytes.length < ENTRY_BYTES) throw unreadable('compound directory');
  const nameBytes = Math.min(bytes.readUInt16LE(64), 64);
  return {
    // Ends with a zero.
    name: bytes
      .subarray(0, Math.max(0, nameBytes - 2))
      .toString('utf16le')
      .toUpperCase(),
    type: bytes.readUInt8(66),
    left: bytes.readUInt32LE(68),
    right: bytes.readUInt32LE(72),
    child: bytes.readUInt32LE(76),
    start: bytes.readUInt32LE(116),
    // The upper half is for files over 2 GB, and not always zero in version 3.
    size: bytes.readUInt32LE(120),
  };
}

function storageOf(
  own: Entry,
  entries: readonly Entry[],
  read: (entry: Entry) => Uint8Array,
  owned: Uint8Array,
): CompoundStorage {
  const streams = new Map<string, Entry>();
  const storages = new Map<string, Entry>();
  // The children are a tree of siblings; its balance does not matter here.
  const waiting = [own.child];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === NO_STREAM) continue;
    const entry = entries[at];
    if (entry === undefined || owned[at] === 1) throw unreadable('compound tree');
    owned[at] = 1;
    if (entry.type === STREAM) streams.set(entry.name, entry);
    if (entry.type === STORAGE) storages.set(entry.name, entry);
    waiting.push(entry.left, entry.right);
  }
  const readOnce = new Map<Entry, Uint8Array>();
  const opened = new Map<Entry, CompoundStorage>();
  const open = (entry: Entry): CompoundStorage => {
    const storage = opened.get(entry) ?? storageOf(entry, entries, read, owned);
    opened.set(entry, storage);
    return storage;
  };
  return {
    stream(name) {
      const entry = streams.get(name.toUpperCase());
      if (entry === undefined) return null;
      const bytes = readOnce.get(entry) ?? read(entry);
      readOnce.set(entry, bytes);
      return bytes;
    },
    storage(name) {
      const entry = storages.get(name.toUpperCase());
      return entry === undefined ? null : open(entry);
    },
    storages: (prefix) =>
      [...storages]
        .filter(([name]) => name.startsWith(prefix.toUpperCase()))
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([, entry]) => open(entry)),
  };
}
