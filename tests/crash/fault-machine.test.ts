import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { isClean, type Verdict } from '#scripts/faults/oracle.ts';
import { runFaults, type FaultRun } from '#scripts/faults/run-faults.ts';
import { openRunLog } from '#scripts/faults/run-log.ts';

/** Three offices and an exchange that start, work and are judged, on a busy machine. */
const TIME_LIMIT_MS = 150_000;

const small: FaultRun = {
  seed: 8,
  count: 10,
  offices: 3,
  kinds: ['line-cut', 'office-killed', 'answers-swallowed', 'exchange-killed'],
  canFillDisks: false,
  calmMs: 90_000,
  largestLetter: 20_000,
  evidence: null,
};

async function verdictOf(run: FaultRun): Promise<Verdict> {
  const log = openRunLog(() => undefined);
  try {
    return (await runFaults(run, log)).verdict;
  } catch (error) {
    throw new Error(log.text(), { cause: error });
  }
}

/** Changes a register behind the back of the office that runs on it. */
function change(folder: string, ...statements: readonly string[]): void {
  const sqlite = new Database(join(folder, 'vanthu.db'));
  try {
    sqlite.pragma('foreign_keys = OFF');
    for (const statement of statements) expect(sqlite.prepare(statement).run().changes).toBeGreaterThan(0);
  } finally {
    sqlite.close();
  }
}

it(
  'finds nothing after faults that are withstood, and each thing that is wrong in registers',
  async () => {
    const anArrival = `(SELECT m.document_id FROM received_message m ORDER BY m.document_id LIMIT 1)`;
    const verdict = await verdictOf({
      ...small,
      tamper: {
        last: async ({ offices }, before) => {
          expect(before).toEqual({ ...before, lost: [], doubled: [], stuck: [], gaps: [], wrongState: [] });
          expect(before.deliveries).toBeGreaterThan(0);
          const [forgets, doubles, lies] = offices.map(({ disk }) => disk.folder) as [string, string, string];
          change(forgets, `DELETE FROM attachment WHERE document_id = ${anArrival}`);
          change(
            doubles,
            `UPDATE attachment SET file_id = (SELECT file_id FROM attachment WHERE document_id = ${anArrival})
             WHERE document_id = (SELECT document_id FROM received_message ORDER BY document_id DESC LIMIT 1)`,
            `UPDATE book_number SET number = number + 7
             WHERE number = (SELECT max(number) FROM book_number WHERE book_id = 'outgoing')
               AND book_id = 'outgoing'`,
          );
          change(
            lies,
            `UPDATE delivery SET state = 'delivered'`,
            `UPDATE outbox SET state = 'blocked' WHERE message_id = (SELECT message_id FROM outbox LIMIT 1)`,
          );
        },
      },
    });
    expect(verdict.lost.length).toBeGreaterThan(0);
    expect(verdict.doubled.length).toBeGreaterThan(0);
    expect(verdict.stuck.join()).toMatch(/waits \(blocked/);
    expect(verdict.gaps.join()).toMatch(/outgoing book of \d+ has \d+ as its/);
    expect(verdict.wrongState.join()).toMatch(/its sender says delivered of/);
  },
  TIME_LIMIT_MS,
);

it(
  'finds what an exchange forgets to deliver after it gave its receipt',
  async () => {
    const verdict = await verdictOf({
      ...small,
      kinds: ['line-cut'],
      calmMs: 8_000,
      tamper: {
        first: async ({ exchange, offices }) => {
          await exchange.ask('a trigger', async ({ database }) => {
            await database.query(`
              CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF (SELECT kind FROM messages WHERE id = NEW.message_id) = 'document' THEN RETURN NULL; END IF;
                RETURN NEW;
              END $$;
              CREATE TRIGGER forget BEFORE INSERT ON deliveries FOR EACH ROW
                WHEN (NEW.agency_code = '${offices[1]?.code}') EXECUTE FUNCTION forget()`);
          });
        },
      },
    });
    expect(isClean(verdict)).toBe(false);
    expect(verdict.lost.join()).toMatch(/is not at H15\.02/);
    expect(verdict.gaps.join()).toMatch(/inbox of H15\.02/);
    expect(verdict.stuck.join()).toMatch(/H15\.02: \d+ items of its inbox are not taken in/);
  },
  TIME_LIMIT_MS,
);
