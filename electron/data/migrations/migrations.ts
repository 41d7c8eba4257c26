import type { Sqlite } from '../connection/sqlite.ts';
import { firstSchema } from './0001-first-schema.ts';
import { inboxSequences } from './0002-inbox-sequences.ts';
import { watching } from './0003-watching.ts';
import { issueTerms } from './0004-issue-terms.ts';
import { changedTerms } from './0005-changed-terms.ts';
import { meetings } from './0006-meetings.ts';
import { paper } from './0007-paper.ts';

/**
 * Changes tables and data from one version of the schema to the next. Runs in a transaction with foreign keys off, so
 * that a table may be rebuilt; every reference is checked before it is kept.
 */
export type Migration = (sqlite: Sqlite) => void;

/** Append-only. The position (from 1) is the schema version of a database that has it. */
export const migrations: readonly Migration[] = [
  firstSchema,
  inboxSequences,
  watching,
  issueTerms,
  changedTerms,
  meetings,
  paper,
];
