import { z } from 'zod';
import { backupPhases, backupReasons } from './backup.ts';
import { instantSchema } from './common.ts';

const common = {
  dataDir: z.string(),
  /** Where a crash test wants it to die; null in every other run. */
  faultPoint: z.string().nullable(),
};

/** What main asks of the keeper: a process that does one piece of work on a data folder and ends. */
export const keeperOrderSchema = z.discriminatedUnion('what', [
  z.strictObject({
    ...common,
    what: z.literal('backup'),
    place: z.string(),
    appVersion: z.string(),
    reason: z.enum(backupReasons),
    /** Nothing is done unless this program would change the database when it opens it. */
    onlyBeforeMigration: z.boolean(),
  }),
  z.strictObject({ ...common, what: z.literal('restore'), place: z.string(), id: z.string() }),
  z.strictObject({ ...common, what: z.literal('undo'), id: z.string() }),
  z.strictObject({ ...common, what: z.literal('survey') }),
  /** Reads every page of the database; `DATABASE_DAMAGED`, and then the next start reads it too. */
  z.strictObject({ ...common, what: z.literal('check') }),
]);
export type KeeperOrder = z.infer<typeof keeperOrderSchema>;

/** Of the order `backup`; null when nothing had to be done. */
export const backupResultSchema = z
  .object({
    id: z.string(),
    at: instantSchema,
    databaseBytes: z.int(),
    copiedFiles: z.int(),
    missingFiles: z.int(),
    /** Until all of it was on the disk, and then until it was read back. */
    copyMs: z.int(),
    checkMs: z.int(),
  })
  .nullable();
export type BackupResult = z.infer<typeof backupResultSchema>;

export const fromKeeperSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('progress'), phase: z.enum(backupPhases), done: z.int(), total: z.int() }),
  z.strictObject({ type: z.literal('done'), value: z.unknown() }),
  z.strictObject({
    type: z.literal('failed'),
    code: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    /** For the log: what an error without a code said. */
    detail: z.string(),
  }),
]);
export type FromKeeper = z.infer<typeof fromKeeperSchema>;
