import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import type * as fsPromises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createContentStore, createSpoolingStore, removeUnfinishedWrites } from '#files/content-store.ts';
import { withPatience, withPatienceSync } from '#files/with-patience.ts';
import { writeWholeFile } from '#files/write-whole-file.ts';
import { fileAddress } from '#shared/domain/file-address.ts';

// The disk can be made full at a named call, which no test may do to a real one, and its calls are counted.
const disk = vi.hoisted(() => ({
  fullAt: null as string | null,
  calls: [] as string[],
  /** Another program holds the file for so many calls of this name. */
  held: { at: '', code: '', times: 0 },
}));
// Patience costs no time here.
vi.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));
vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof fsPromises>();
  const enospc = (call: string) => {
    disk.calls.push(call);
    if (disk.held.at === call && disk.held.times > 0) {
      disk.held.times -= 1;
      throw Object.assign(new Error(`${disk.held.code}: operation not permitted, ${call}`), { code: disk.held.code });
    }
    if (disk.fullAt === call)
      throw Object.assign(new Error(`ENOSPC: no space left on device, ${call}`), { code: 'ENOSPC' });
  };
  return {
    ...real,
    mkdir: async (...args: Parameters<typeof real.mkdir>) => {
      enospc('mkdir');
      return real.mkdir(...args);
    },
    rename: async (...args: Parameters<typeof real.rename>) => {
      enospc('rename');
      return real.rename(...args);
    },
    open: async (...args: Parameters<typeof real.open>) => {
      enospc('open');
      const handle = await real.open(...args);
      return new Proxy(handle, {
        get: (target, key) => {
          const value = Reflect.get(target, key) as unknown;
          if (typeof value !== 'function') return value;
          return async (...inner: unknown[]) => {
            enospc(String(key));
            return (value as (...all: unknown[]) => unknown).apply(target, inner);
          };
        },
      });
    },
  };
});

let folder: string;
beforeEach(() => {
  disk.fullAt = null;
  disk.held = { at: '', code: '', times: 0 };
  folder = mkdtempSync(join(tmpdir(), 'vanthu-files-'));
});
afterEach(() => {
  disk.fullAt = null;
  rmSync(folder, { recursive: true, force: true });
});

const bytes = new TextEncoder().encode('Văn bản thử nghiệm');
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );
const everything = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ name }) => name);

describe('a file', () => {
  it('is named by its SHA-256, stored once however often it comes, and read back', async () => {
    const store = createContentStore(folder);
    const first = await store.write(bytes);
    const path = join(folder, 'letter.pdf');
    writeFileSync(path, bytes);
    const second = await store.importFile(path, 1_000);
    expect(first).toEqual({ fileId: sha256(bytes), size: bytes.length });
    expect(second).toEqual(first);
    expect(await store.read(first.fileId)).toEqual(bytes);
    expect(everything().toSorted()).toEqual([sha256(bytes), 'letter.pdf'].toSorted());
  });

  it('of which a bit has turned is not handed out', async () => {
    const store = createContentStore(folder);
    const { fileId } = await store.write(bytes);
    writeFileSync(join(folder, fileAddress(fileId)), new TextEncoder().encode('Văn bản thử nghiện'));
    expect(await codeOf(store.read(fileId))).toBe('FILE_DAMAGED');
    // The right bytes heal it.
    await store.write(bytes);
    expect(await store.read(fileId)).toEqual(bytes);
  });

  it('written in pieces is the file written at once, and leaves nothing when a piece fails', async () => {
    const store = createContentStore(folder);
    async function* pieces(fails: boolean): AsyncGenerator<Uint8Array> {
      // One buffer for all, as the writer of messages has.
      const shared = new Uint8Array(5);
      for (let at = 0; at < bytes.length; at += 5) {
        shared.set(bytes.subarray(at, at + 5));
        yield shared.subarray(0, Math.min(5, bytes.length - at));
        if (fails) throw new Error('unreadable');
      }
    }
    await expect(store.writePieces(pieces(true))).rejects.toThrow('unreadable');
    expect(everything()).toEqual([]);
    expect(await store.writePieces(pieces(false))).toEqual({ fileId: sha256(bytes), size: bytes.length });
    expect(await store.read(sha256(bytes))).toEqual(bytes);
    disk.fullAt = 'write';
    expect(await codeOf(store.writePieces(pieces(false)))).toBe('DISK_FULL');
  });

  it('written without waiting for the disk is flushed later, and written anew where a power cut took of it', async () => {
    const store = createContentStore(folder);
    const fileId = sha256(bytes);
    disk.calls = [];
    expect(await store.writeUnflushed(bytes)).toEqual({ fileId, size: bytes.length });
    expect(disk.calls).not.toContain('sync');
    expect(await store.read(fileId)).toEqual(bytes);
    await store.flush(fileId, bytes);
    // The file, and the folders that list it.
    expect(disk.calls.filter((call) => call === 'sync')).toHaveLength(process.platform === 'win32' ? 1 : 4);
    const path = join(folder, fileAddress(fileId));
    for (const harm of [() => rmSync(path), () => truncateSync(path, 3), () => truncateSync(path, 0)]) {
      harm();
      await store.flush(fileId, bytes);
      expect(await store.read(fileId)).toEqual(bytes);
    }
    expect(everything()).toEqual([fileId]);
  });

  it('for which there is no room is not there in part', async () => {
    const store = createContentStore(folder);
    disk.fullAt = 'rename';
    expect(await codeOf(store.writeUnflushed(bytes))).toBe('DISK_FULL');
    disk.fullAt = null;
    expect(everything()).toEqual([]);
  });

  it('is read in ranges, once its hash was seen to be right', async () => {
    const store = createContentStore(folder);
    const large = new Uint8Array(3 * 1024 * 1024 + 7).map((_, index) => index >> 8);
    const { fileId } = await store.write(large);
    const source = await store.source(fileId);
    expect([source.size, source.sha256]).toEqual([large.length, fileId]);
    expect(await source.read(0, 10)).toEqual(large.subarray(0, 10));
    expect(await source.read(1_048_570, 2_097_160)).toEqual(large.subarray(1_048_570, 2_097_160));
    expect(await source.read(large.length - 7, large.length)).toEqual(large.subarray(-7));
    expect(await source.read(5, 5)).toEqual(new Uint8Array(0));

    truncateSync(join(folder, fileAddress(fileId)), 1_000);
    expect(await codeOf(source.read(990, 1_010))).toBe('FILE_DAMAGED');
    expect(await codeOf(store.source(fileId))).toBe('FILE_DAMAGED');
    rmSync(join(folder, fileAddress(fileId)));
    expect(await codeOf(source.read(0, 10))).toBe('FILE_MISSING');
    expect(await codeOf(store.source(fileId))).toBe('FILE_MISSING');
  });

  it('that was put aside is taken back for reading in ranges', async () => {
    const { fileId } = await createContentStore(folder).write(bytes);
    const store = createContentStore(folder);
    await store.sweep({ storedBefore: Date.now() + 1_000, forgetBefore: 0, isNeeded: () => false });
    expect(existsSync(join(folder, fileAddress(fileId)))).toBe(false);
    const source = await store.source(fileId);
    expect(await source.read(0, bytes.length)).toEqual(bytes);
  });

  it('that a killed process had begun is removed at the next start; a download goes on', async () => {
    const fileId = sha256(bytes);
    const download = await createContentStore(folder).receive(fileId);
    await download.append(bytes.subarray(0, 4));
    await download.suspend();
    writeFileSync(join(folder, 'files', 'partial', randomUUID()), 'half of a let');
    removeUnfinishedWrites(folder);
    expect(everything()).toEqual([`${fileId}.part`]);
    removeUnfinishedWrites(join(folder, 'no-office-yet'));
  });

  it('that is not there, or was discarded, is missing', async () => {
    const store = createContentStore(folder);
    expect(await codeOf(store.read('0'.repeat(64)))).toBe('FILE_MISSING');
    const { fileId } = await store.write(bytes);
    await store.discard(fileId);
    await store.discard(fileId);
    expect(await codeOf(store.read(fileId))).toBe('FILE_MISSING');
  });

  it('larger than allowed is refused before a byte is read', async () => {
    const store = createContentStore(folder);
    const path = join(folder, 'huge.pdf');
    writeFileSync(path, '%PDF-1.7');
    truncateSync(path, 200 * 1024 * 1024);
    const started = performance.now();
    expect(await codeOf(store.importFile(path, 100 * 1024 * 1024))).toBe('PDF_TOO_LARGE');
    expect(performance.now() - started).toBeLessThan(500);
    expect(everything()).toEqual(['huge.pdf']);
  });

  it('that is empty, a folder, or not there is refused', async () => {
    const store = createContentStore(folder);
    writeFileSync(join(folder, 'empty.pdf'), '');
    mkdirSync(join(folder, 'folder.pdf'));
    expect(await codeOf(store.importFile(join(folder, 'empty.pdf'), 10))).toBe('PDF_EMPTY');
    expect(await codeOf(store.importFile(join(folder, 'folder.pdf'), 1e9))).toBe('FILE_UNREADABLE');
    expect(await codeOf(store.importFile(join(folder, 'none.pdf'), 10))).toBe('FILE_UNREADABLE');
    expect(everything()).toEqual(['empty.pdf']);
  });

  it.each(['mkdir', 'open', 'write', 'sync', 'rename'])(
    'on a disk that is full at %s leaves nothing behind',
    async (call) => {
      const store = createContentStore(folder);
      const path = join(folder, 'letter.pdf');
      writeFileSync(path, bytes);
      disk.fullAt = call;
      expect(await codeOf(store.write(bytes))).toBe('DISK_FULL');
      expect(await codeOf(store.importFile(path, 1_000))).toBe('DISK_FULL');
      expect(everything()).toEqual(['letter.pdf']);
      disk.fullAt = null;
      expect((await store.write(bytes)).fileId).toBe(sha256(bytes));
    },
  );

  it.each(['EPERM', 'EBUSY', 'EACCES'])('held for a moment by another program (%s) is tried again', async (code) => {
    const path = join(folder, 'letter.pdf');
    writeFileSync(path, bytes);
    for (const at of ['rename', 'open', 'mkdir']) {
      const store = createContentStore(folder);
      const hold = () => (disk.held = { at, code, times: 2 });
      hold();
      expect((await store.importFile(path, 1_000)).fileId, at).toBe(sha256(bytes));
      hold();
      expect(await store.read(sha256(bytes)), at).toEqual(bytes);
      hold();
      await writeWholeFile(join(folder, 'settings.json'), '{}');
      hold();
      const spool = createSpoolingStore(folder).spool();
      spool.write(bytes);
      await spool.keep();
    }
    expect(everything()).toEqual(expect.arrayContaining([sha256(bytes), 'letter.pdf', 'settings.json']));
    expect(everything()).toHaveLength(3);
  });

  it('held for good is told as such, which may be tried again, and nothing is left behind', async () => {
    disk.held = { at: 'rename', code: 'EBUSY', times: Number.POSITIVE_INFINITY };
    await expect(createContentStore(folder).write(bytes)).rejects.toMatchObject({ code: 'FILE_HELD', retryable: true });
    expect(everything()).toEqual([]);
    disk.held.times = 0;
    expect((await createContentStore(folder).write(bytes)).fileId).toBe(sha256(bytes));
  });
});

describe('patience', () => {
  const held = (code: string) => Object.assign(new Error(code), { code });
  const after = (failures: number, code: string) => {
    let calls = 0;
    return {
      work: () => {
        calls += 1;
        if (calls <= failures) throw held(code);
        return calls;
      },
    };
  };

  it.each([0, 1, 3])('%i refusals are sat out', async (failures) => {
    for (const code of ['EPERM', 'EBUSY', 'EACCES']) {
      const pauses = [0, 0, 0];
      const waiting = after(failures, code);
      expect(await withPatience(async () => waiting.work(), pauses)).toBe(failures + 1);
      expect(withPatienceSync(after(failures, code).work, pauses)).toBe(failures + 1);
    }
  });

  it('ends, and does not begin for what will not pass', async () => {
    const pauses = [0, 0, 0];
    const waiting = after(4, 'EBUSY');
    await expect(withPatience(async () => waiting.work(), pauses)).rejects.toThrow('EBUSY');
    expect(() => withPatienceSync(after(4, 'EBUSY').work, pauses)).toThrow('EBUSY');
    const missing = after(1, 'ENOENT');
    await expect(withPatience(async () => missing.work(), pauses)).rejects.toThrow('ENOENT');
  });
});

describe('a download', () => {
  it('goes on after a suspension and a restart, and is invisible until it is whole', async () => {
    const fileId = sha256(bytes);
    const first = await createContentStore(folder).receive(fileId);
    await first.append(bytes.subarray(0, 5));
    await first.suspend();
    const store = createContentStore(folder);
    expect(await codeOf(store.read(fileId))).toBe('FILE_MISSING');
    const second = await store.receive(fileId);
    expect(await second.size()).toBe(5);
    await second.append(bytes.subarray(5));
    expect(await second.sha256()).toBe(fileId);
    expect(await second.finish()).toEqual({ fileId, size: bytes.length });
    expect(await store.read(fileId)).toEqual(bytes);
    expect(everything()).toEqual([fileId]);
  });

  it('is flushed once, with the folder that lists it', async () => {
    const store = createContentStore(folder);
    // Another in the same folder, so that no new one is flushed.
    const fileId = (await store.write(bytes)).fileId;
    await store.discard(fileId);
    disk.calls = [];
    const partial = await store.receive(fileId);
    await partial.append(bytes.subarray(0, 5));
    await partial.append(bytes.subarray(5));
    expect(await partial.sha256()).toBe(fileId);
    await partial.finish();
    expect(disk.calls.filter((call) => call === 'sync')).toHaveLength(2);
  });

  it('that turned out wrong begins anew', async () => {
    const store = createContentStore(folder);
    const partial = await store.receive(sha256(bytes));
    await partial.append(new Uint8Array(50));
    await partial.reset();
    expect(await partial.size()).toBe(0);
    await partial.append(bytes);
    expect(await partial.sha256()).toBe(sha256(bytes));
    await partial.suspend();
  });

  it.each(['mkdir', 'open'])('cannot begin on a disk that is full at %s', async (call) => {
    disk.fullAt = call;
    expect(await codeOf(createContentStore(folder).receive(sha256(bytes)))).toBe('DISK_FULL');
  });

  it.each(['write', 'sync', 'rename'])('on a disk that is full at %s keeps what it has', async (call) => {
    const store = createContentStore(folder);
    const partial = await store.receive(sha256(bytes));
    await partial.append(bytes.subarray(0, 5));
    disk.fullAt = call;
    const work = async () => {
      await partial.append(bytes.subarray(5));
      await partial.sha256();
      await partial.finish();
    };
    expect(await codeOf(work())).toBe('DISK_FULL');
    if (call === 'write') await partial.suspend();
    disk.fullAt = null;
    expect(existsSync(join(folder, fileAddress(sha256(bytes))))).toBe(false);
    const again = await store.receive(sha256(bytes));
    const size = await again.size();
    expect(size).toBeGreaterThanOrEqual(5);
    await again.append(bytes.subarray(size));
    expect(await again.sha256()).toBe(sha256(bytes));
    await again.finish();
    expect(await store.read(sha256(bytes))).toEqual(bytes);
  });
});

describe('the sweep', () => {
  const DAY_MS = 86_400_000;
  const long = { storedBefore: Date.now() - DAY_MS, forgetBefore: Date.now() - 60 * DAY_MS, isNeeded: () => false };
  const age = (path: string, days: number) => {
    const at = new Date(Date.now() - days * DAY_MS);
    utimesSync(path, at, at);
  };
  const pathOf = (fileId: string) => join(folder, fileAddress(fileId));
  const asideOf = (fileId: string) => join(folder, 'files', 'aside', fileId);
  /** A file that an earlier run stored, `days` ago. */
  const earlier = async (text: string, days: number): Promise<string> => {
    const { fileId } = await createContentStore(folder).write(new TextEncoder().encode(text));
    age(pathOf(fileId), days);
    return fileId;
  };

  it('puts aside what is old and not needed, gives it back when it is read, and deletes it after its time', async () => {
    const store = createContentStore(folder);
    const ids = [await earlier('old', 2), await earlier('young', 0.5), await earlier('needed', 2)];
    const [old = '', young = '', needed = ''] = ids;
    const isNeeded = (fileId: string) => fileId === needed;
    expect(await store.sweep({ ...long, isNeeded })).toEqual({ putAside: 1, deleted: 0 });
    expect([old, young, needed].map((id) => existsSync(pathOf(id)))).toEqual([false, true, true]);
    expect(new TextDecoder().decode(await store.read(old))).toBe('old');
    expect([existsSync(pathOf(old)), existsSync(asideOf(old))]).toEqual([true, false]);

    const again = createContentStore(folder);
    age(pathOf(old), 2);
    expect(await again.sweep(long)).toEqual({ putAside: 2, deleted: 0 });
    // Its time counts from when it was put aside, not from when it was stored.
    expect(await again.sweep(long)).toEqual({ putAside: 0, deleted: 0 });
    age(asideOf(old), 61);
    expect(await again.sweep(long)).toEqual({ putAside: 0, deleted: 1 });
    await expect(again.read(old)).rejects.toMatchObject({ code: 'FILE_MISSING' });
    expect(new TextDecoder().decode(await again.read(needed))).toBe('needed');
  });

  it('never takes a file that is being stored at that moment', async () => {
    const same = new TextEncoder().encode('the same bytes');
    for (let round = 0; round < 150; round += 1) {
      await earlier('the same bytes', 3);
      const store = createContentStore(folder);
      const [{ fileId }] = await Promise.all([store.write(same), store.sweep(long)]);
      expect(existsSync(pathOf(fileId))).toBe(true);
      expect(await store.read(fileId)).toEqual(same);
    }
  });

  it('has nothing to do in a folder without files', async () => {
    expect(await createContentStore(folder).sweep(long)).toEqual({ putAside: 0, deleted: 0 });
  });
});

describe('the store of the process that reads foreign files', () => {
  const partial = () =>
    existsSync(join(folder, 'files/partial/reader'))
      ? readdirSync(join(folder, 'files/partial/reader'), { recursive: true, withFileTypes: true }).filter((entry) =>
          entry.isFile(),
        )
      : [];
  const content = new Uint8Array(300_000).map((_, at) => at * 13);

  it('keeps a file that was written piece by piece under its hash, and forgets one that was not kept', async () => {
    const store = createSpoolingStore(folder);
    const spool = store.spool();
    for (let at = 0; at < content.length; at += 70_000) spool.write(content.slice(at, at + 70_000));
    spool.close();
    expect(spool.size).toBe(content.length);
    expect(spool.head(4)).toEqual(content.slice(0, 4));
    expect(spool.head(1_000_000)).toEqual(content);
    expect(Buffer.compare(spool.bytes(), content)).toBe(0);
    const other = store.spool();
    other.write(content);
    expect(partial()).toHaveLength(2);
    const fileId = createHash('sha256').update(content).digest('hex');
    expect(await spool.keep()).toEqual({ fileId, size: content.length });
    await other.discard();
    await spool.discard();
    expect(partial()).toEqual([]);
    expect(Buffer.compare(await createContentStore(folder).read(fileId), content)).toBe(0);
    const pieces: Uint8Array[] = [];
    for await (const piece of store.pieces(fileId)) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.compare(Buffer.concat(pieces), content)).toBe(0);
    expect(await store.size(fileId)).toBe(content.length);
  });

  it('begins without what one before it left, and takes nothing from one that is at work beside it', async () => {
    const { pid: dead } = spawnSync(process.execPath, ['--version']);
    createSpoolingStore(folder, dead).spool().write(content);
    createSpoolingStore(folder, process.ppid).spool().write(content);
    createContentStore(folder);
    // That of the dead one is gone.
    expect(partial()).toHaveLength(1);
    const neighbour = createSpoolingStore(folder, process.ppid).spool();
    neighbour.write(content);
    const mine = createSpoolingStore(folder).spool();
    mine.write(content);
    expect(partial()).toHaveLength(2);
    await neighbour.keep();
    await mine.keep();
    createSpoolingStore(folder).spool().write(content);
    removeUnfinishedWrites(folder);
    expect(partial()).toEqual([]);
  });

  it('says when there is no room', async () => {
    const store = createSpoolingStore(folder);
    const spool = store.spool();
    spool.write(content);
    disk.fullAt = 'sync';
    await expect(spool.keep()).rejects.toMatchObject({ code: 'DISK_FULL' });
    await spool.discard();
    expect(partial()).toEqual([]);
  });

  it('tells a file that is missing or damaged, at the latest at its end', async () => {
    const store = createSpoolingStore(folder);
    const { fileId } = await store.write(content);
    const drain = async () => {
      for await (const piece of store.pieces(fileId)) expect(piece.length).toBeGreaterThan(0);
    };
    truncateSync(join(folder, fileAddress(fileId)), 1_000);
    await expect(drain()).rejects.toMatchObject({ code: 'FILE_DAMAGED' });
    rmSync(join(folder, fileAddress(fileId)));
    await expect(drain()).rejects.toMatchObject({ code: 'FILE_MISSING' });
    await expect(store.size(fileId)).rejects.toMatchObject({ code: 'FILE_MISSING' });
  });

  it('what it stored is not put aside by the process whose rows will need it', async () => {
    const store = createContentStore(folder);
    const { fileId } = await createSpoolingStore(folder).write(content);
    const path = join(folder, fileAddress(fileId));
    const old = new Date(0);
    const sweep = () => store.sweep({ storedBefore: Date.now(), forgetBefore: 0, isNeeded: () => false });
    utimesSync(path, old, old);
    expect(await sweep()).toMatchObject({ putAside: 1 });
    // Put aside between its storing and its adoption: it comes back.
    await store.adopt(fileId);
    utimesSync(path, old, old);
    expect(await sweep()).toMatchObject({ putAside: 0 });
    expect(existsSync(path)).toBe(true);
  });
});
