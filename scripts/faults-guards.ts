import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Guard, guards } from './faults/guards.ts';
import { ensureEnvironment } from './lib/environment.ts';
import { repositoryRoot } from './lib/repository.ts';
import { runCommand } from './lib/run-command.ts';
import { runScript } from './lib/run-script.ts';

/** What a run of the fault machine reads, beside what is installed. */
const sources = ['electron', 'exchange', 'resources', 'scripts', 'shared', 'tests', 'package.json', 'tsconfig.json'];
const linked = ['node_modules', '.cache'];
const findings = ['lost', 'doubled', 'stuck', 'gaps', 'wrongState'] as const;

interface Outcome {
  readonly noticed: boolean;
  readonly words: string;
}

/**
 * `npm run --silent faults:guards [-- --only NAME,NAME]`: takes each guard of scripts/faults/guards.ts out of a copy of the
 * source, runs the faults that it stands against, and fails when the fault machine notices nothing. It takes about ten minutes.
 */
await runScript(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const wanted = values.only?.split(',') ?? Object.keys(guards);
  await ensureEnvironment({ needs: ['certificates'] });
  let unnoticed = 0;
  for (const name of wanted) {
    const guard = guards[name];
    if (guard === undefined) throw new Error(`no guard ${name}; there are ${Object.keys(guards).join(', ')}`);
    const { noticed, words } = await runWithout(guard);
    if (!noticed) unnoticed += 1;
    process.stdout.write(`${noticed ? 'noticed  ' : 'UNNOTICED'}  ${name.padEnd(20)} ${guard.title}: ${words}\n`);
  }
  process.stdout.write(`${wanted.length - unnoticed} of ${wanted.length} guards are missed when they are gone\n`);
  return unnoticed === 0 ? 0 : 1;
});

async function runWithout({ edits, kinds, count }: Guard): Promise<Outcome> {
  const copy = await mkdtemp(path.join(tmpdir(), 'vanthu-guard-'));
  try {
    for (const name of sources) await cp(path.join(repositoryRoot, name), path.join(copy, name), { recursive: true });
    for (const name of linked) await symlink(path.join(repositoryRoot, name), path.join(copy, name));
    for (const { file, find, replace } of edits) {
      const text = await readFile(path.join(copy, file), 'utf8');
      if (!text.includes(find)) throw new Error(`${file} has no "${find}" any more`);
      await writeFile(
        path.join(copy, file),
        text.replace(find, () => replace),
      );
    }
    const args = ['scripts/faults.ts', '--json', '--seed', '1', '--calm', '45'];
    const { stdout, stderr } = await runCommand(
      process.execPath,
      [...args, '--count', String(count), '--kinds', kinds.join(',')],
      { cwd: copy },
    );
    const line = stdout.trim().split('\n').at(-1) ?? '';
    if (!line.startsWith('{')) throw new Error(`the fault machine itself failed: ${stderr.trim().slice(-500)}`);
    const result = JSON.parse(line) as Readonly<Record<(typeof findings)[number], readonly string[]>>;
    const found = findings.filter((finding) => result[finding].length > 0);
    const words = found.map((finding) => `${result[finding].length} ${finding}`).join(', ');
    return { noticed: found.length > 0, words: words === '' ? 'nothing' : words };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
