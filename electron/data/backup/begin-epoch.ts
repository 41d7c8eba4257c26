import { FIRST_PERSON_ID } from '#shared/domain/roles.ts';
import { auditAppender, entryApart } from '../audit/append-audit.ts';
import { RESTORED } from '../audit/verify-audit.ts';
import { UNSURE_NUMBERS, type UnsureNumbers } from '#shared/domain/unsure-numbers.ts';
import { Database, type Sqlite } from '../connection/sqlite.ts';

export interface NewEpoch {
  readonly epoch: number;
  /** Instant of the restore, ISO 8601. */
  readonly at: string;
  /**
   * The register that is being replaced, where it can be read: what it gave, kept or dropped after the copy was made is never given
   * again.
   */
  readonly replaced: string | null;
  /** When the copy was made, ISO 8601: without the replaced register, nothing is known of the numbers given since. */
  readonly copiedAt: string;
  /** Stands in the book at each number that the replaced register gave since. */
  readonly reason: string;
}

/**
 * Makes a restored copy of a register its newest: it gets the epoch, and the numbers that it does not know of stand as void in its
 * books, or its books are in doubt where they cannot be learned. The file has no log beside it afterwards.
 */
export function beginEpoch(path: string, { epoch, at, replaced, copiedAt, reason }: NewEpoch): void {
  const sqlite = new Database(path, { fileMustExist: true });
  try {
    sqlite.pragma('synchronous = FULL');
    if (replaced !== null) sqlite.prepare('ATTACH ? AS replaced').run(replaced);
    sqlite
      .transaction(() => {
        sqlite.prepare('UPDATE register SET epoch = ?').run(epoch);
        noteRestore(sqlite, at, replaced !== null);
        if (replaced === null) {
          const unsure: UnsureNumbers = { copiedAt, confirmed: [] };
          sqlite.prepare(setUnsure).run(UNSURE_NUMBERS, JSON.stringify(unsure));
          return;
        }
        const words = { at, reason, personId: FIRST_PERSON_ID };
        sqlite.prepare(dropUnknown).run(words);
        // Kept for a document when the copy was made, and meanwhile given to it.
        sqlite.prepare(dropTaken).run(words);
        sqlite.prepare(goOn).run();
        // What it did not know itself stays unknown.
        sqlite.prepare(keepUnsure).run(UNSURE_NUMBERS);
      })
      .immediate();
    if (replaced !== null) sqlite.exec('DETACH replaced');
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    sqlite.pragma('journal_mode = DELETE');
  } finally {
    sqlite.close();
  }
}

/** A doubt that the copy had already began earlier, and stays. */
const setUnsure = `INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE
  SET value = json_set(excluded.value, '$.copiedAt', min(value ->> '$.copiedAt', excluded.value ->> '$.copiedAt'))`;

const keepUnsure = `INSERT INTO main.setting (name, value) SELECT name, value FROM replaced.setting WHERE name = ?
  ON CONFLICT (name) DO UPDATE SET value = excluded.value`;

/** The audit trail of the copy goes on, and says so. A copy from before there was one begins it when it is opened. */
function noteRestore(sqlite: Sqlite, at: string, isSame: boolean): void {
  const hasTrail = sqlite.prepare("SELECT 1 FROM main.sqlite_schema WHERE name = 'audit'").get() !== undefined;
  if (hasTrail) auditAppender(sqlite).append(entryApart(null, at, RESTORED, { numbersKnown: isSame ? 1 : 0 }));
}

const dropUnknown = `
INSERT INTO main.book_number (book_id, year, number, suffix, state, document_id, reason, person_id, at)
SELECT n.book_id, n.year, n.number, n.suffix, 'void', NULL, @reason, @personId, @at FROM replaced.book_number n
WHERE EXISTS (SELECT 1 FROM main.book b WHERE b.id = n.book_id)
  AND NOT EXISTS (SELECT 1 FROM main.book_number m
    WHERE m.book_id = n.book_id AND m.year = n.year AND m.number = n.number AND m.suffix = n.suffix)`;

const dropTaken = `
UPDATE main.book_number SET state = 'void', reason = @reason, person_id = @personId, at = @at
WHERE state = 'reserved' AND EXISTS (SELECT 1 FROM replaced.book_number n
  WHERE n.book_id = book_number.book_id AND n.year = book_number.year AND n.number = book_number.number
    AND n.suffix = book_number.suffix AND n.state <> 'reserved')`;

/** From the last number of either, and after the paper book that it continues. */
const goOn = `
INSERT INTO main.book_year (book_id, year, started_from, last)
SELECT y.book_id, y.year, y.started_from, y.last FROM replaced.book_year y
WHERE EXISTS (SELECT 1 FROM main.book b WHERE b.id = y.book_id)
ON CONFLICT (book_id, year) DO UPDATE
SET started_from = max(started_from, excluded.started_from), last = max(last, excluded.last)`;
