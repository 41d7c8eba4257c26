import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isAsClosed } from '#data/connection/closing-mark.ts';
import { startCheckpoints } from '#data/connection/checkpoints.ts';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { outgoingRecord } from '#tests/support/office-records.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vanthu-checkpoints-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const file = () => join(folder, 'vanthu.db');
/** Whether the database file itself, without its log, has a document with this number and notation. */
const isWrittenBack = (codeText: string) => readFileSync(file()).includes(codeText);

describe('the log of an open database', () => {
  it('is written back into its file in a quiet moment, long before SQLite would do it', async () => {
    const { registers, close } = openRegisters(folder, noLog);
    registers.tx('test', ({ outgoing }) => outgoing.insert(outgoingRecord({ codeText: '4711/QUIET' }), []));
    expect(isWrittenBack('4711/QUIET')).toBe(false);
    await vi.waitFor(() => expect(isWrittenBack('4711/QUIET')).toBe(true), 10_000);
    // And again, with the same thread.
    registers.tx('test', ({ outgoing }) => outgoing.insert(outgoingRecord({ codeText: '4712/QUIET' }), []));
    await vi.waitFor(() => expect(isWrittenBack('4712/QUIET')).toBe(true), 10_000);
    close();
  });

  it('is written back beside commits that never pause', async () => {
    const { registers, close } = openRegisters(folder, noLog);
    registers.tx('test', ({ outgoing }) => outgoing.insert(outgoingRecord({ codeText: '4711/BUSY' }), []));
    await vi.waitFor(() => {
      // Each look comes before a second of quiet has passed.
      registers.tx('test', ({ outgoing }) => outgoing.insert(outgoingRecord(), []));
      expect(isWrittenBack('4711/BUSY')).toBe(true);
    }, 30_000);
    close();
  });

  it('is gone when the office closes, also while it is being written back', () => {
    for (let times = 0; times < 5; times += 1) {
      const { registers, close } = openRegisters(folder, noLog);
      for (let at = 0; at < 101 + times; at += 1) {
        registers.tx('test', ({ outgoing }) => outgoing.insert(outgoingRecord(), []));
      }
      close();
      expect(existsSync(`${file()}-wal`)).toBe(false);
      expect(isAsClosed(file())).toBe(true);
    }
  });

  it('that cannot be written back is said in the log, and stays for the next time', async () => {
    const warn = vi.fn();
    const checkpoints = startCheckpoints(join(folder, 'no-such.db'), { ...noLog, warn });
    checkpoints.committed();
    await vi.waitFor(() => {
      expect(warn).toHaveBeenCalledExactlyOnceWith('checkpoint-failed', {
        error: expect.stringContaining('unable to open database file') as string,
      });
    }, 10_000);
    checkpoints.stop();
  });
});
