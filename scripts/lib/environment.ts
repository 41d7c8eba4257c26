import {
  installCommand,
  installPackages,
  isDebianLike,
  missingPackages,
  packagesFor,
  type Need,
} from './system-packages.ts';

/** Set to 1 where the libraries are there under other package names. */
const SKIP_VARIABLE = 'VANTHU_SKIP_SYSTEM_CHECK';

/** The machine lacks something that the script may not or cannot install; `message` says what to do. */
export class EnvironmentIncomplete extends Error {
  readonly code = 'ENVIRONMENT_INCOMPLETE';
}

/**
 * Makes sure that the system libraries for `needs` are there: as root on Debian or Ubuntu the missing ones are
 * installed, elsewhere {@link EnvironmentIncomplete} carries the command to run.
 */
export async function ensureEnvironment({ needs }: { readonly needs: readonly Need[] }): Promise<void> {
  if (process.platform !== 'linux' || process.env[SKIP_VARIABLE] === '1') return;
  if (!(await isDebianLike())) {
    throw new EnvironmentIncomplete(
      `This Linux is neither Debian nor Ubuntu. Install what these Debian packages hold, then set ${SKIP_VARIABLE}=1:\n` +
        `  ${packagesFor(needs)
          .map((alternatives) => alternatives.at(-1))
          .join(' ')}`,
    );
  }
  const missing = await missingPackages(packagesFor(needs));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    throw new EnvironmentIncomplete(
      `System packages are missing, and only root may install them. Run:\n  ${await installCommand(missing)}`,
    );
  }
  const started = performance.now();
  process.stdout.write(`Installing ${missing.length} system packages\n`);
  const names = await installPackages(missing);
  process.stdout.write(`Installed in ${((performance.now() - started) / 1000).toFixed(0)} s: ${names.join(' ')}\n`);
}
