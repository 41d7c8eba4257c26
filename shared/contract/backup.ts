import { z } from 'zod';
import { instantSchema } from './common.ts';
import { command, query } from './define.ts';

/** Who asked for a backup: the schedule, a person, the first start of a program that changes the database, the command line. */
export const backupReasons = ['schedule', 'person', 'update', 'command'] as const;
export type BackupReason = (typeof backupReasons)[number];

export const backupIntervals = ['four-hours', 'day', 'never'] as const;
export type BackupInterval = (typeof backupIntervals)[number];

export const backupPhases = ['database', 'files', 'checking'] as const;
export type BackupPhase = (typeof backupPhases)[number];

const backupSummarySchema = z.object({
  id: z.string().max(100),
  registerId: z.uuid(),
  agencyName: z.string(),
  at: instantSchema,
  reason: z.enum(backupReasons),
  appVersion: z.string(),
  schemaVersion: z.int(),
  documents: z.int(),
  databaseBytes: z.int(),
  /** Of all stored files that it needs, also those that other backups share. */
  fileBytes: z.int(),
  missingFiles: z.int(),
});
export type BackupSummary = z.infer<typeof backupSummarySchema>;

/** A register that a restore has put aside. */
const replacedRegisterSchema = z.object({
  id: z.string().max(40),
  at: instantSchema,
  /** Whether it could be read when it was replaced: only such a one can be put back. */
  readable: z.boolean(),
  /** Instant of the backup that took its place; null when a restore was undone. */
  backupAt: instantSchema.nullable(),
  bytes: z.int(),
});
export type ReplacedRegister = z.infer<typeof replacedRegisterSchema>;

export const restoreResultSchema = z.object({
  /** Of the register that was replaced; null when there was none. */
  replaced: z.string().nullable(),
  epoch: z.int(),
  /** Stored files that the register needs and that are neither here nor in the backup. */
  missingFiles: z.int(),
  /** Whether all numbers that were given since are known: else no book gives one before its last is confirmed. */
  numbersKnown: z.boolean(),
});
export type RestoreResult = z.infer<typeof restoreResultSchema>;

/** Bytes below the data folder, by what they are for. */
export const storageUseSchema = z.object({
  database: z.int(),
  letters: z.int(),
  letterFiles: z.int(),
  aside: z.int(),
  replaced: z.int(),
  logs: z.int(),
  other: z.int(),
  /** Left on its disk. */
  free: z.int(),
});
export type StorageUse = z.infer<typeof storageUseSchema>;

const backupErrors = [
  'BACKUP_PLACE_GONE',
  'BACKUP_PLACE_FULL',
  'BACKUP_PLACE_NOT_WRITABLE',
  'BACKUP_PLACE_INSIDE',
  'BACKUP_DAMAGED',
  'BACKUP_BUSY',
  'DATABASE_DAMAGED',
] as const;
const restoreErrors = [
  'BACKUP_PLACE_GONE',
  'BACKUP_DAMAGED',
  'BACKUP_NEWER',
  'BACKUP_BUSY',
  'BACKUP_NO_PLACE',
  'FOLDER_IN_USE',
  'FOLDER_NOT_WRITABLE',
] as const;

const administrators = ['administrator'] as const;
/** A backup takes nothing away; whoever keeps the books knows best when she wants one, and compares them. */
const keepers = ['records-clerk', 'administrator'] as const;

/** Backups of the office's register and files, answered by main: they are needed most when core cannot start. */
export const backup = {
  state: query({
    reads: [],
    input: {},
    output: z.object({
      place: z.string().nullable(),
      interval: z.enum(backupIntervals),
      warnAfterDays: z.int(),
      lastGood: z.object({ at: instantSchema, databaseBytes: z.int(), missingFiles: z.int() }).nullable(),
      lastFailure: z.object({ at: instantSchema, code: z.string() }).nullable(),
      /** What is being done now. */
      running: z
        .object({ what: z.enum(['backup', 'restore']), phase: z.enum(backupPhases), done: z.int(), total: z.int() })
        .nullable(),
      /** The last good backup is older than the office allows, or there is none though there is a place. */
      overdue: z.boolean(),
      /** Null while the place is away. */
      backups: z.array(backupSummarySchema).nullable(),
      replaced: z.array(replacedRegisterSchema),
    }),
  }),
  storage: query({ reads: [], input: {}, output: storageUseSchema }),
  choosePlace: command({
    may: administrators,
    input: {},
    output: z.object({ chosen: z.boolean() }),
    errors: ['BACKUP_PLACE_INSIDE', 'SETTINGS_NOT_SAVED'],
  }),
  change: command({
    may: administrators,
    input: { interval: z.enum(backupIntervals), warnAfterDays: z.int().min(1).max(90) },
    output: z.object({}),
    errors: ['SETTINGS_NOT_SAVED'],
  }),
  now: command({
    may: keepers,
    input: {},
    output: z.object({ at: instantSchema, databaseBytes: z.int(), copiedFiles: z.int(), missingFiles: z.int() }),
    errors: [...backupErrors, 'BACKUP_NO_PLACE'],
  }),
  /** Puts a backup in the place of the register; core starts anew on it. */
  restore: command({
    may: administrators,
    input: { id: z.string().max(100) },
    output: restoreResultSchema,
    errors: restoreErrors,
  }),
  /** Puts a register back that a restore had replaced. */
  undoRestore: command({
    may: administrators,
    input: { id: z.string().max(40) },
    output: restoreResultSchema,
    errors: restoreErrors,
  }),
};
