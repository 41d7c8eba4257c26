import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkText } from '#scripts/check/check-text.ts';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'text-'));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function findsIn(file: string, content: string | Uint8Array): Promise<readonly string[]> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), content);
  return checkText(root, [file]);
}

it.each([
  ['package-lock.json', '"resolved": "https://registry.example/a.tgz"'],
  ['scripts/a.ts', `const folder = '/home/someone/project';`],
  ['docs/a.md', 'Run it in /Users/someone/project.'],
  ['tests/unit/a.test.ts', `it.only('a', () => {});`],
  ['tests/e2e/a.spec.ts', `test.skip('a', () => {});`],
  ['electron/core/a.ts', '// TODO: later'],
  ['renderer/a.tsx', '// @ts-expect-error it works'],
  ['renderer/a.tsx', '// oxlint-disable-next-line no-console'],
])('%s with %s is found', async (file, content) => {
  expect(await findsIn(file, `first line\n${content}\n`)).toEqual([expect.stringMatching(new RegExp(`^${file}:2 `))]);
});

it.each([
  ['shared/a.ts', `const part = 'office/home/page';`],
  ['scripts/a.ts', 'list.only(1); work.skip();'],
  ['docs/a.md', 'The word TODO is fine in prose.'],
  ['resources/a.pdf', Buffer.from('\0/home/someone/x')],
])('%s with %s is not', async (file, content) => {
  expect(await findsIn(file, content)).toEqual([]);
});
