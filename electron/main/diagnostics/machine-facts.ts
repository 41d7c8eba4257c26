import { release } from 'node:os';
import type { MachineFacts } from '#shared/contract/control.ts';
import type { Settings } from '#shared/contract/shell.ts';

/** What this shell and machine are, for a diagnostic bundle: versions, and settings that name nothing. */
export function machineFacts(
  { locale, theme, expressSound, staysInTray }: Settings,
  { restarts, warnings, errors }: MachineFacts['core'],
): MachineFacts {
  const { electron, chrome, node } = process.versions;
  return {
    electron: numbersOf(electron),
    chrome: numbersOf(chrome),
    node: numbersOf(node),
    platform: process.platform,
    arch: process.arch,
    system: numbersOf(release()),
    settings: { locale, theme, expressSound, staysInTray },
    core: { restarts, warnings, errors },
  };
}

/** `6.1.0-18-amd64` → `6.1.0`: whoever builds a system may write anything behind the numbers. */
function numbersOf(version: string | undefined): string {
  return /^\d+(?:\.\d+)*/.exec(version ?? '')?.[0] ?? '0';
}
