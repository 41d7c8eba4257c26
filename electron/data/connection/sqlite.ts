import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';

/** The binary differs between Node and Electron, so it is loaded from node_modules at run time, never bundled. */
export const Database = createRequire(import.meta.url)('better-sqlite3') as typeof BetterSqlite3;
export type Sqlite = BetterSqlite3.Database;
