import type BetterSqlite3 from 'better-sqlite3';
import type { Sqlite } from '../connection/sqlite.ts';

/** Prepares each text once: for queries that are put together from what is asked. */
export type Prepared = (sql: string) => BetterSqlite3.Statement;

export function preparedOnce(sqlite: Sqlite): Prepared {
  const statements = new Map<string, BetterSqlite3.Statement>();
  return (sql) => {
    const known = statements.get(sql) ?? sqlite.prepare(sql);
    statements.set(sql, known);
    return known;
  };
}

/** Whether a SELECT has no more than `most` rows; no more than one beyond these is read. */
export function hasAtMost(
  prepared: Prepared,
  most: number,
  rows: string,
  parameters: Readonly<Record<string, string | number>>,
): boolean {
  const sql = `SELECT count(*) AS few FROM (SELECT 1 FROM (${rows}) LIMIT ${most + 1})`;
  return (prepared(sql).get(parameters) as { readonly few: number }).few <= most;
}
