import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostics } from '#core/ports/diagnostics.ts';
import { DATABASE_NAME } from '#data/connection/open-database.ts';
import { lastLinesOf } from '#files/last-lines.ts';

/** Logs and sizes of a data folder. */
export function diagnosticsOf(
  dataDir: string,
  versions: Pick<Diagnostics, 'sqliteVersion' | 'schemaVersion'>,
): Diagnostics {
  const log = (name: string, count: number): string[] => lastLinesOf(join(dataDir, 'logs', name), count);
  return {
    ...versions,
    databaseBytes: () => statSync(join(dataDir, DATABASE_NAME), { throwIfNoEntry: false })?.size ?? null,
    logLines: (count) => ({ core: log('core.log', count), main: log('main.log', count) }),
  };
}
