import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How to run a program that refuses to run as root. */
export interface ProcessIdentity {
  /** null = as ourselves. */
  readonly user: Account | null;
  /** Put before the program and its arguments. */
  readonly prefix: readonly string[];
}

/**
 * PostgreSQL refuses root, so as root its processes get the account `postgres`, else `nobody`. Where that account
 * cannot reach `paths` (a checkout below /root), it keeps the one capability that lets it pass: to open files whatever
 * their mode.
 */
export function chooseIdentity(paths: readonly string[]): ProcessIdentity {
  const user = substituteForRoot();
  if (user === null) return { user, prefix: [] };
  if (paths.every((path) => canReach(user, path))) return { user, prefix: [] };
  const account = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  const capability = [...account, '--inh-caps=-all,+dac_override', '--ambient-caps=-all,+dac_override', '--'];
  // stat needs the way to be open and nothing more; access(2), which test -x asks, ignores capabilities.
  const passes = paths.every((path) => spawnSync('setpriv', [...capability, 'stat', '--', path]).status === 0);
  if (!passes) {
    throw new Error(`the account with uid ${user.uid} cannot reach ${paths.join(', ')}: choose another --data folder`);
  }
  return { user, prefix: ['setpriv', ...capability] };
}

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The account that takes root's place; null when we are not root and need none. */
export function substituteForRoot(): Account | null {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return null;
  const user = findAccount('postgres') ?? findAccount('nobody');
  if (user === null) throw new Error('root needs an account named postgres or nobody to run PostgreSQL');
  return user;
}

/** Whether the folders on the way let the account pass. */
export function canReach(user: Account, path: string): boolean {
  return spawnSync('stat', ['--', path], user).status === 0;
}

/** Gives a folder and everything in it to the account. */
export function giveFolder(path: string, identity: ProcessIdentity): void {
  if (identity.user === null) return;
  chownSync(path, identity.user.uid, identity.user.gid);
  for (const name of readdirSync(path)) {
    const child = join(path, name);
    const found = lstatSync(child);
    if (found.isDirectory()) giveFolder(child, identity);
    else if (found.uid !== identity.user.uid && found.isFile()) chownSync(child, identity.user.uid, identity.user.gid);
  }
}

function findAccount(name: string): Account | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const fields = line?.split(':');
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : null;
}
