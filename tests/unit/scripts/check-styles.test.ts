import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkStyles } from '#scripts/check/check-styles.ts';

let root = '';

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'styles-'));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function findsIn(file: string, content: string): Promise<readonly string[]> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), content);
  return checkStyles(root, [file]);
}

const sheet = (declaration: string) => `/* a #fff\n comment */\n.a {\n  ${declaration}\n}\n`;

it.each([
  ['color: #fff;', 'a raw colour'],
  ['background: light-dark(#e8ebef, #2b3036);', 'a raw colour'],
  ['box-shadow: 0 0 1px rgb(0 0 0 / 20%);', 'a raw colour'],
  ['border-color: HSL(120 50% 50%);', 'a raw colour'],
  ['--own: #12345678;', 'a raw colour'],
  ['color: oklch(0.5 0.1 200);', 'a raw colour'],
  ['font-size: 13px;', 'a raw size of type'],
  ['font-size: calc(var(--text) + 0.5em);', 'a raw size of type'],
  ['line-height: 20px;', 'a raw size of type'],
  ['font: var(--bold) 12px / 1 var(--font);', 'a raw size of type'],
  ['font-weight: 600;', 'a raw weight of type'],
  ['padding: 0 6px;', 'a raw space'],
  ['padding-inline-start: 12px;', 'a raw space'],
  ['margin: -10px auto;', 'a raw space'],
  ['gap: 1.5px;', 'a raw space'],
  ['scroll-padding-block: 24px;', 'a raw space'],
])('%s is %s', async (declaration, name) => {
  expect(await findsIn('renderer/components/a.module.css', sheet(declaration))).toEqual([
    `renderer/components/a.module.css:4 ${name}`,
  ]);
});

it('a colour in the last line of a list of values is found', async () => {
  expect(await findsIn('renderer/a.css', '.a {\n  box-shadow:\n    var(--lift),\n    0 0 1px #000;\n}')).toEqual([
    'renderer/a.css:2 a raw colour',
  ]);
});

it.each([
  'color: var(--ink);',
  'color: transparent;',
  'background: Highlight;',
  'background: color-mix(in srgb, var(--surface) 88%, transparent);',
  'font: inherit;',
  'font-size: calc(var(--text-scale-factor) * var(--font-height));',
  'line-height: 1;',
  'font-weight: var(--bold);',
  'padding: 0 var(--space-2);',
  'margin: -1px;',
  'margin: calc(var(--space-2) - 1px) auto 0;',
  'width: 120px;',
  'border: 1px solid var(--line);',
])('%s is nothing', async (declaration) => {
  expect(await findsIn('renderer/components/a.module.css', sheet(declaration))).toEqual([]);
});

it.each([`<p style={{ color: '#ff0000' }} />`, '<p style={{ fontSize: 12 }} />'])('%s is found', async (line) => {
  expect(await findsIn('renderer/a.tsx', `import a from '#shared/a.ts';\n${line}\n`)).toEqual([
    'renderer/a.tsx:2 a raw colour or size of type',
  ]);
});

it.each([
  ['renderer/styles/tokens.css', sheet('--ink: #000;')],
  ['renderer/styles/fonts.css', sheet('font-weight: 100 900;')],
  ['electron/main/windows/recovery.css', sheet('color: #000;')],
  ['renderer/a.tsx', `import { a } from '#shared/fade.ts';`],
])('%s is not held to it', async (file, content) => {
  expect(await findsIn(file, content)).toEqual([]);
});
