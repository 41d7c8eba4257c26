import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const runScriptUrl = pathToFileURL(resolve(import.meta.dirname, '../../../scripts/lib/run-script.ts')).href;

/** Exit status of a script whose main does this. */
function statusOf(main: string): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'vanthu-script-'));
  const file = join(folder, 'script.mjs');
  writeFileSync(
    file,
    `import { runScript } from '${runScriptUrl}';
     process.on('beforeExit', () => process.exit(0));
     await runScript(async () => { ${main} });`,
  );
  const { status } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true, force: true });
  return status;
}

it('ends a script with what its main says, whatever a package does at the end', () => {
  expect(statusOf('return 3;')).toBe(3);
  expect(statusOf("throw new Error('no');")).toBe(1);
  expect(statusOf('return 0;')).toBe(0);
});
