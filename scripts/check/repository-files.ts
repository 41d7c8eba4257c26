import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../lib/run-command.ts';

/** Folders never under version control, for trees that git does not manage. */
const ignoredFolders: ReadonlySet<string> = new Set([
  '.git',
  'node_modules',
  'dist',
  'out',
  'release',
  '.stage',
  '.cache',
  'test-results',
]);

/** Every file of the repository that is or could be committed, relative to `root`, with "/". */
export async function repositoryFiles(root: string): Promise<readonly string[]> {
  const git = await runCommand('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  }).catch(() => undefined);
  if (git?.status === 0) {
    const listed = [...new Set(git.stdout.split('\0').filter((name) => name !== ''))];
    const present = new Set(await walk(root, ''));
    return listed.filter((file) => present.has(file)).toSorted();
  }
  // An unpacked archive, or a machine without git.
  return (await walk(root, '')).toSorted();
}

async function walk(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true });
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return ignoredFolders.has(entry.name) ? [] : walk(root, name);
      return entry.isFile() ? [name] : [];
    }),
  );
  return nested.flat();
}
