import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from '#shared/contract/shell.ts';
import { lastLinesOf } from '#files/last-lines.ts';
import { systemCode } from './system-code.ts';
import type { LogFile } from './log.ts';

const LOG_LINES = 500;

export interface DiagnosticsSource {
  readonly at: Date;
  readonly versions: Readonly<Record<string, string>>;
  readonly settings: Settings;
  /** State of core as the shell knows it, and how often it had to be restarted. */
  readonly core: { readonly state: string; readonly restarts: number; readonly failure: string | null };
  readonly dataDir: string;
  readonly coreLogFile: string;
  readonly homeDir: string;
  readonly log: Pick<LogFile, 'lastLines' | 'counts'>;
}

/** The diagnostics file as JSON text: versions, settings, sizes, log. The names of the user's folders are masked. */
export async function diagnosticsReport(source: DiagnosticsSource): Promise<string> {
  const report = {
    at: source.at.toISOString(),
    versions: source.versions,
    settings: source.settings,
    core: source.core,
    counts: source.log.counts(),
    dataFolder: await sizesIn(source.dataDir),
    log: source.log.lastLines(LOG_LINES),
    coreLog: lastLinesOf(source.coreLogFile, LOG_LINES),
  };
  return maskFolders(JSON.stringify(report, null, 2), source.dataDir, source.homeDir);
}

/**
 * Sizes in bytes of the files directly in the folder; folders are listed without a size. Of a folder that cannot be read
 * the system's code: such a folder is what diagnostics are asked for.
 */
async function sizesIn(folder: string): Promise<Record<string, number | null> | string> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    return systemCode(error);
  }
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      return [entry.name, entry.isFile() ? await sizeOf(path.join(folder, entry.name)) : null] as const;
    }),
  );
  return Object.fromEntries(sizes.toSorted(([a], [b]) => a.localeCompare(b)));
}

/** Null for a file that went away meanwhile, as SQLite's side files do. */
async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Log lines are JSON inside JSON, so a path may stand there escaped up to twice. */
function maskFolders(text: string, dataDir: string, homeDir: string): string {
  const masks: readonly (readonly [string, string])[] = [
    [dataDir, '<data>'],
    [homeDir, '<home>'],
  ];
  return masks.reduce((masked, [folder, mask]) => {
    const once = JSON.stringify(folder).slice(1, -1);
    const twice = JSON.stringify(once).slice(1, -1);
    return [twice, once].reduce((rest, form) => (form.length > 1 ? rest.replaceAll(form, mask) : rest), masked);
  }, text);
}
