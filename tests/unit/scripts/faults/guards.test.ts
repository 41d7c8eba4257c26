import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { guards } from '#scripts/faults/guards.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';

it.each(Object.entries(guards))('guard %s is still where it is taken away', (_name, { edits }) => {
  for (const { file, find } of edits) {
    expect(readFileSync(join(repositoryRoot, file), 'utf8').split(find)).toHaveLength(2);
  }
});
