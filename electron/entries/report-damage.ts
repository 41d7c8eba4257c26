import type { Log } from '#core/ports/system.ts';

/**
 * A log that also reports a database which turns out damaged while the office works: whatever failed on it is logged as a bug of a
 * call, and the office must stop before it writes more into such a file.
 */
export function reportDamage(log: Log, report: () => void): Log {
  return {
    ...log,
    error: (event, error, details) => {
      log.error(event, error, details);
      if (isDamage(error)) report();
    },
  };
}

/** Not of a search index (SQLITE_CORRUPT_VTAB): that is made of the documents, which are whole. */
function isDamage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return code !== 'SQLITE_CORRUPT_VTAB';
  return isDamage(error.cause);
}
