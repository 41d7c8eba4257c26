import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export class FolderInUseError extends Error {
  readonly code = 'DATA_FOLDER_IN_USE';
  readonly pid: number;

  constructor(folder: string, pid: number) {
    super(`process ${pid} already runs an exchange in ${folder}`);
    this.name = 'FolderInUseError';
    this.pid = pid;
  }
}

/**
 * Makes sure that one living process uses a data folder; the lock of a killed one does not count. Returns the release.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'exchange.lock');
  const mine = `${process.pid} ${startOf(process.pid)}`;
  for (;;) {
    try {
      writeFileSync(path, mine, { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const [pid = '', start = ''] = readFileSync(path, 'utf8').split(' ');
    if (isAlive(Number(pid)) && startOf(Number(pid)) === start) throw new FolderInUseError(folder, Number(pid));
    rmSync(path, { force: true });
  }
}

/** Tells a process from a later one with the same number: its start time on Linux, nothing elsewhere. */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return '-';
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
  } catch {
    return '-';
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
