import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandFailed, runCommand, type CommandResult } from './run-command.ts';

/** What a script is about to do, and so which system packages it needs. */
export type Need = 'staging' | 'window' | 'certificates' | 'tests';

/** Names of one package on different releases, the newest first (Debian 13 and Ubuntu 24.04 renamed some for 64-bit time). */
type Alternatives = readonly string[];

const packagesByNeed: Readonly<Record<Need, readonly Alternatives[]>> = {
  staging: [['unzip']],
  window: [
    ['xvfb'],
    ['xauth'],
    ['libgtk-3-0t64', 'libgtk-3-0'],
    ['libnss3'],
    ['libasound2t64', 'libasound2'],
    ['libgbm1'],
    // A sans for the screens and a serif with every Vietnamese letter for page views.
    ['fonts-dejavu-core'],
    ['fonts-liberation'],
  ],
  certificates: [['openssl']],
  tests: [
    ['poppler-utils'],
    ['qpdf'],
    ['unzip'],
    ['libxml2-utils'],
    ['python3'],
    ['procps'],
    // An SMS gateway of the kind that provinces run.
    ['kannel'],
    // A token in software, another's program that fills it, and what a misbehaving driver is compiled with.
    ['softhsm2'],
    ['opensc'],
    ['gcc'],
    ['libc6-dev'],
  ],
};

/** The package lists of these needs, each package once. */
export function packagesFor(needs: readonly Need[]): readonly Alternatives[] {
  return needs.flatMap((need) => packagesByNeed[need]);
}

/** Whether this is Debian or one of its relatives, which name their packages alike. */
export async function isDebianLike(osRelease = '/etc/os-release'): Promise<boolean> {
  const text = await readFile(osRelease, 'utf8').catch(() => '');
  return /^(ID|ID_LIKE)=.*\b(debian|ubuntu)\b/m.test(text);
}

/** Those of `wanted` of which no alternative is installed, by one call of dpkg-query. */
export async function missingPackages(wanted: readonly Alternatives[]): Promise<readonly Alternatives[]> {
  const names = wanted.flat();
  // Unknown names make the exit status 1; the lines of the known ones still come, so the status says nothing.
  const { stdout } = await runCommand('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...names]);
  return withoutInstalled(wanted, stdout);
}

/** The pure half of {@link missingPackages}: `listing` has one "name status" per line. */
export function withoutInstalled(wanted: readonly Alternatives[], listing: string): readonly Alternatives[] {
  const installed = new Set(
    listing
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, status]) => status === 'installed')
      .map(([name]) => name),
  );
  return wanted.filter((alternatives) => !alternatives.some((name) => installed.has(name)));
}

/** Installs packages as root, after refreshing the lists, and returns their names. Output is shown only on failure. */
export async function installPackages(missing: readonly Alternatives[]): Promise<readonly string[]> {
  await aptGet(['update', '-q']);
  const names = await Promise.all(missing.map(availableName));
  await aptGet(['install', '-y', '-q', '--no-install-recommends', ...names]);
  return names;
}

/** How apt-get says that another package manager is at work; Ubuntu starts one at boot. */
const lockedPattern = /Could not get lock|Unable to (?:lock|acquire)|is held by process/;
const LOCK_WAIT_MS = 10 * 60_000;
const LOCK_RETRY_MS = 3_000;

/** Waits for another package manager to finish instead of failing. @throws CommandFailed */
export async function aptGet(
  args: readonly string[],
  waits = { limitMs: LOCK_WAIT_MS, everyMs: LOCK_RETRY_MS },
): Promise<void> {
  const deadline = Date.now() + waits.limitMs;
  let told = false;
  for (;;) {
    const result: CommandResult = await runCommand('apt-get', args, {
      env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    });
    if (result.status === 0) return;
    const locked = lockedPattern.test(result.stderr) || lockedPattern.test(result.stdout);
    if (!locked || Date.now() > deadline) throw new CommandFailed(`apt-get ${args.join(' ')}`, result);
    if (!told) process.stdout.write('Waiting for another package manager to finish\n');
    told = true;
    await pause(waits.everyMs);
  }
}

/** The command an administrator can paste where the script may not install by itself. */
export async function installCommand(missing: readonly Alternatives[]): Promise<string> {
  const names = await Promise.all(missing.map(availableName));
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`;
}

async function availableName(alternatives: Alternatives): Promise<string> {
  for (const name of alternatives) {
    const { status, stdout } = await runCommand('apt-cache', ['show', '--no-all-versions', name]);
    if (status === 0 && stdout.includes(`Package: ${name}`)) return name;
  }
  // Lists never refreshed: the oldest name is the one that most releases know.
  return alternatives.at(-1) ?? '';
}
