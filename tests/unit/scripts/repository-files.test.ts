import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { repositoryFiles } from '#scripts/check/repository-files.ts';

it('lists what could be committed where git manages nothing', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'files-'));
  try {
    for (const file of [
      'shared/domain/a.ts',
      '.ci/run',
      'node_modules/x/index.js',
      'dist/main/main.js',
      'out/a.json',
    ]) {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), '');
    }
    expect(await repositoryFiles(root)).toEqual(['.ci/run', 'shared/domain/a.ts']);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
