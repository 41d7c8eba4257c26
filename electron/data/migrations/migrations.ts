import { registers } from './0001-registers.ts';
import { findByCode } from './0002-find-by-code.ts';
import { finishedInOrder } from './0003-finished-in-order.ts';

/** Append-only. The position (from 1) is the schema version of a database that has it. */
export const migrations: readonly string[] = [registers, findByCode, finishedInOrder];
