import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import type * as fsPromises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createContentStore, removeUnfinishedWrites } from '#files/content-store.ts';
import { fileAddress } from '#shared/domain/file-address.ts';

// The disk can be made full at a named call, which no test may do to a real one.
const disk = vi.hoisted(() => ({ fullAt: null as string | null }));
vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof fsPromises>();
  const enospc = (call: string) => {
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
