import path from 'node:path';

/** What the command line and the environment ask of this run. */
export interface LaunchOptions {
  readonly dataDir: string;
  /** File that the smoke test's result is written to; null in a normal run. */
  readonly smokeTestFile: string | null;
  /** A demonstration office, marked as such on screen. */
  readonly demo: boolean;
}

/**
 * The data folder is the one that `--data-dir=DIR` names, else `VANTHU_DATA_DIR`, else `defaultDataDir`. Relative paths
 * count from the working folder.
 */
export function readLaunchOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  defaultDataDir: string,
): LaunchOptions {
  const smokeTest = switchValue(argv, 'smoke-test');
  return {
    dataDir: path.resolve(switchValue(argv, 'data-dir') ?? nonEmpty(env['VANTHU_DATA_DIR']) ?? defaultDataDir),
    smokeTestFile: smokeTest === undefined ? null : path.resolve(smokeTest),
    demo: argv.includes('--demo'),
  };
}

/** The last one wins, as with Chromium's own switches. */
function switchValue(argv: readonly string[], name: string): string | undefined {
  const prefix = `--${name}=`;
  return nonEmpty(argv.findLast((argument) => argument.startsWith(prefix))?.slice(prefix.length));
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}
