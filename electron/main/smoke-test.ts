import { writeFile } from 'node:fs/promises';

const LIMIT_MS = 60_000;

export interface SmokeTestParts {
  readonly file: string;
  readonly versions: Readonly<Record<'electron' | 'node' | 'chrome', string>>;
  /** Resolves with SQLite's version when core is ready; rejects with its code when it is not going to be. */
  readonly core: Promise<string>;
  /** Resolves once the window has loaded, with whether the page has its calls and nothing else. */
  readonly window: Promise<boolean>;
}

/** Writes whether everything started into `file`; returns the exit status that says the same. */
export async function runSmokeTest({ file, versions, core, window }: SmokeTestParts): Promise<0 | 1> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not ready within ${LIMIT_MS / 1000} s`));
    }, LIMIT_MS);
  });
  try {
    const [sqlite, confined] = await Promise.race([Promise.all([core, window]), tooLate]);
    if (!confined) throw new Error('the page lacks its calls, or has more than them');
    await writeFile(file, JSON.stringify({ ok: true, ...versions, sqlite, window: true }));
    return 0;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    await writeFile(file, JSON.stringify({ ok: false, ...versions, reason }));
    return 1;
  } finally {
    clearTimeout(timer);
  }
}
