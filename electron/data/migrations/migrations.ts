import { registers } from './0001-registers.ts';

/** Append-only. The position (from 1) is the schema version of a database that has it. */
export const migrations: readonly string[] = [registers];
