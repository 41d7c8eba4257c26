import { readdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { StorageUse } from '#shared/contract/backup.ts';

type Kind = Exclude<keyof StorageUse, 'letterFiles' | 'free'>;

/** What a data folder takes on its disk, by what it is for. What goes away while it is looked at counts for nothing. */
export async function surveyStorage(dataDir: string): Promise<StorageUse> {
  const use = { database: 0, letters: 0, letterFiles: 0, aside: 0, replaced: 0, logs: 0, other: 0 };
  const walk = async (folder: string, kindOf: (name: string) => Kind): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const found = path.join(folder, entry.name);
      const kind = kindOf(entry.name);
      if (entry.isDirectory()) await walk(found, kind === 'other' ? () => 'other' : insideOf(kind));
      else if (entry.isFile()) {
        use[kind] += (await stat(found).catch(() => null))?.size ?? 0;
        if (kind === 'letters') use.letterFiles += 1;
      }
    }
  };
  await walk(dataDir, kindInFolder);
  const { bavail, bsize } = await statfs(dataDir);
  return { ...use, free: bavail * bsize };
}

function kindInFolder(name: string): Kind {
  if (/^vanthu\.db(-wal|-shm)?$/.test(name)) return 'database';
  if (name === 'files') return 'letters';
  if (name === 'replaced' || name === 'restoring' || /^vanthu\.db\.before-v/.test(name)) return 'replaced';
  return name === 'logs' ? 'logs' : 'other';
}

const insideOf =
  (kind: Kind) =>
  (name: string): Kind =>
    kind === 'letters' && name === 'aside' ? 'aside' : kind;
