import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder on a disk of its own, which can be made as large as what is on it. */
export interface SmallDisk {
  readonly folder: string;
  /** From now on nothing more fits. @throws Error where `canMountDisks` is false */
  fill(): void;
  free(): void;
  unmount(): void;
}

/** Room for what a few thousand faults leave, in bytes; memory is taken only for what is written. */
const SIZE = 2 * 1024 ** 3;

function mount(options: string, folder: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
}

/** Whether this process may mount (root, and not in a container that forbids it). */
export function canMountDisks(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(path.join(tmpdir(), 'vanthu-mount-'));
  const mounted = mount('size=64k', folder);
  if (mounted) spawnSync('umount', [folder]);
  rmdirSync(folder);
  return mounted;
}

/** A small disk at `folder`, or where none can be mounted a plain folder that never fills. */
export function openSmallDisk(folder: string, canMount: boolean): SmallDisk {
  mkdirSync(folder, { recursive: true });
  if (!canMount) {
    const fill = (): void => {
      throw new Error('only root can fill a disk');
    };
    return { folder, fill, free: () => undefined, unmount: () => undefined };
  }
  if (!mount(`size=${SIZE},mode=0755`, folder)) throw new Error(`no disk could be mounted at ${folder}`);
  const resize = (size: number): boolean =>
    spawnSync('mount', ['-o', `remount,size=${size}`, folder], { stdio: 'ignore' }).status === 0;
  return {
    folder,
    fill: () => {
      // What is written between looking and shrinking makes the size too small, and the system refuses it.
      for (let tries = 0; tries < 20; tries += 1) {
        const { blocks, bfree, bsize } = statfsSync(folder);
        if (resize((blocks - bfree) * bsize)) return;
      }
    },
    free: () => void resize(SIZE),
    unmount: () => void spawnSync('umount', ['-l', folder]),
  };
}
