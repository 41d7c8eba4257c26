import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createContentStore } from '#files/content-store.ts';
import { createProcessReader, type ProcessReader, type ReaderLimits } from '#entries/process-reader.ts';
import type { ReaderReply, ReaderRequest } from '#reader/reader-protocol.ts';
import type { ReaderEnd } from '#shared/contract/control.ts';

interface FakeProcess {
  readonly asked: ReaderRequest[];
  readonly reply: (reply: ReaderReply) => void;
  readonly end: (why: ReaderEnd) => void;
  killed: boolean;
}

const limits: ReaderLimits = { seconds: 10, secondsPerMegabyte: 2, idleSeconds: 60 };
const fileId = 'a'.repeat(64);
let folder: string;
let processes: FakeProcess[];
let startFails: boolean;
let reader: ProcessReader;

beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), 'vanthu-reader-'));
  processes = [];
  startFails = false;
  reader = createProcessReader(
    {
      start: (reply, end) => {
        if (startFails) throw new Error('no process for you');
        const process: FakeProcess = { asked: [], reply, end, killed: false };
        processes.push(process);
        return { post: (request) => void process.asked.push(request), kill: () => (process.killed = true) };
      },
    },
    folder,
    limits,
  );
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

/** What was asked last, once it was asked. */
async function asked(): Promise<{ process: FakeProcess; request: ReaderRequest }> {
  await vi.advanceTimersByTimeAsync(0);
  const process = processes.at(-1);
  const request = process?.asked.at(-1);
  if (process === undefined || request === undefined) throw new Error('nothing was asked');
  return { process, request };
}
async function answer(pageCount: number): Promise<void> {
  const { process, request } = await asked();
  process.reply({ id: request.id, ok: true, value: { pageCount, mended: null } });
}
const limit = (reason: string) => ({ code: 'READING_LIMIT', params: { limit: reason } });

it('starts a process when there is something to read, asks one thing at a time, and ends it when it is idle', async () => {
  expect(processes).toHaveLength(0);
  const first = reader.makeSignable(fileId);
  const second = reader.verify(fileId, new Date(0));
  expect((await asked()).request).toMatchObject({ what: 'signable', fileId });
  await answer(3);
  expect(await first).toEqual({ pageCount: 3, mended: null });
  expect((await asked()).request).toMatchObject({ what: 'verify', at: '1970-01-01T00:00:00.000Z' });
  await answer(0);
  await second;
  expect(processes).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(processes[0]?.killed).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(processes[0]?.killed).toBe(true);
  const third = reader.makeSignable(fileId);
  await answer(1);
  await third;
  expect(processes).toHaveLength(2);
});

it('kills a process that takes too long, and the next file gets another', async () => {
  const stuck = expect(reader.makeSignable(fileId)).rejects.toMatchObject(limit('time'));
  const next = reader.makeSignable(fileId);
  await vi.advanceTimersByTimeAsync(9_999);
  expect(processes[0]?.killed).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await stuck;
  expect(processes[0]?.killed).toBe(true);
  await answer(2);
  // What the killed one says late is nobody's answer.
  processes[0]?.reply({ id: 2, ok: true, value: { pageCount: 99, mended: null } });
  expect(await next).toEqual({ pageCount: 2, mended: null });
});

it('gives a larger file more time', async () => {
  const stored = await createContentStore(folder).write(new Uint8Array(5 * 1024 * 1024 + 1));
  const stuck = expect(reader.makeSignable(stored.fileId)).rejects.toMatchObject(limit('time'));
  await vi.advanceTimersByTimeAsync(21_999);
  expect(processes[0]?.killed).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await stuck;
});

it('a process that was killed for its memory is the file’s fault', async () => {
  const large = expect(reader.makeSignable(fileId)).rejects.toMatchObject(limit('memory'));
  (await asked()).process.end('memory');
  await large;
  expect(processes).toHaveLength(1);
});

it('one that dies may have been killed by anybody: the file is tried once more', async () => {
  const first = reader.makeSignable(fileId);
  (await asked()).process.end('died');
  await answer(4);
  expect(await first).toEqual({ pageCount: 4, mended: null });
  const second = expect(reader.makeSignable(fileId)).rejects.toMatchObject(limit('died'));
  for (const _ of [1, 2]) (await asked()).process.end('died');
  await second;
  expect(processes).toHaveLength(3);
});

it('no process is nobody’s fault', async () => {
  startFails = true;
  await expect(reader.makeSignable(fileId)).rejects.toMatchObject({ code: 'READER_UNAVAILABLE', retryable: true });
  startFails = false;
  const later = expect(reader.makeSignable(fileId)).rejects.toMatchObject({ code: 'READER_UNAVAILABLE' });
  (await asked()).process.end('not-started');
  await later;
});

it('passes codes on, and tells bugs from them', async () => {
  const refused = expect(reader.readPage(fileId)).rejects.toMatchObject({ code: 'PDF_BROKEN', params: { where: 'x' } });
  const one = await asked();
  one.process.reply({ id: one.request.id, ok: false, code: 'PDF_BROKEN', params: { where: 'x' }, detail: '' });
  await refused;
  const bug = expect(reader.readPage(fileId)).rejects.toThrow('the reading process: TypeError');
  const two = await asked();
  two.process.reply({ id: two.request.id, ok: false, code: null, params: {}, detail: 'TypeError' });
  await bug;
});

it('when it is closed nobody waits for it', async () => {
  const calls = [reader.makeSignable(fileId), reader.readPage(fileId)].map((call) =>
    expect(call).rejects.toMatchObject({ code: 'READER_UNAVAILABLE' }),
  );
  const { process } = await asked();
  reader.close();
  expect(process.killed).toBe(true);
  await Promise.all(calls);
  await expect(reader.readPage(fileId)).rejects.toMatchObject({ code: 'READER_UNAVAILABLE' });
  expect(processes).toHaveLength(1);
});
