import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { oversightPeriod } from '#exchange/rules/oversight-period.ts';
import { openDatabase } from '#exchange/storage/database.ts';
import { startEmbeddedPostgres } from '#exchange/storage/embedded-postgres.ts';
import { median, medianOf, type Measurement } from './measure.ts';

const AGENCIES = 200;
const DOCUMENTS = 50_000;
const RECIPIENTS = 20;
const RUNS = 11;

/** The figures of one year of a province, beside the plainest aggregates over the same rows. */
export async function measureOversight(): Promise<readonly Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'van-thu-oversight-'));
  const postgres = await startEmbeddedPostgres(join(folder, 'postgres'));
  const database = openDatabase(postgres.connection, () => undefined);
  const client = new pg.Client(postgres.connection);
  try {
    await database.migrate();
    await client.connect();
    await fillYear(client);
    const period = oversightPeriod('2026-01-01', '2027-01-01');
    if (period === null) throw new Error('no period');
    const ask = (text: string) => client.query(text, [period.from, period.to]);
    const ways = [
      () => database.transaction(({ oversight }) => oversight.figures(period, null)),
      () => ask(COUNTED),
      () => database.oversightDetails.deadlines({ period, under: null }, period.to),
    ];
    const times = ways.map((): number[] => []);
    // In turns, so that what else the machine does meets both alike. The first round is not counted.
    for (let run = -1; run < RUNS; run += 1) {
      for (const [place, way] of ways.entries()) {
        const start = performance.now();
        await way();
        if (run >= 0) times[place]?.push(performance.now() - start);
      }
    }
    const [ours, counted, deadlines] = times.map(median);
    const asWritten = await medianOf(() => ask(AS_WRITTEN), 1);
    return [
      {
        title: `Figures of one year: ${AGENCIES} agencies, ${(DOCUMENTS * RECIPIENTS).toLocaleString('en')} deliveries`,
        goal: 'ours < 2000 ms, ours / floor ≤ 3',
        rows: [
          { kind: 'ours', what: 'every figure of every agency, with median and p90', value: ours ?? Number.NaN },
          { kind: 'floor', what: 'only count(*) per agency', value: counted ?? Number.NaN },
          {
            kind: 'peer',
            what: 'count, median and p90 per agency by percentile_disc',
            value: asWritten,
          },
        ],
      },
      {
        title: 'Of the same year: finished by the deadline, a third with one',
        goal: 'ours < 2000 ms, ours / floor ≤ 3',
        rows: [
          { kind: 'ours', what: 'due and finished in time of every agency', value: deadlines ?? Number.NaN },
          { kind: 'floor', what: 'only count(*) per agency', value: counted ?? Number.NaN },
        ],
      },
    ];
  } finally {
    await client.end();
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const COUNTED = `
  SELECT recipient_code, count(*) FROM document_deliveries WHERE available_at >= $1 AND available_at < $2 GROUP BY 1`;
const AS_WRITTEN = `
  SELECT recipient_code, count(*), percentile_disc('{0.5,0.9}'::float8[]) WITHIN GROUP (ORDER BY opened_at - available_at)
  FROM document_deliveries WHERE available_at >= $1 AND available_at < $2 GROUP BY 1`;

/** A year of documents to every tenth agency: most opened within hours, some never, some by offices that cannot be reached. */
async function fillYear(client: pg.Client): Promise<void> {
  const agency = (number: string): string => `'H15.' || lpad((1 + (${number}) % ${AGENCIES})::text, 3, '0')`;
  await client.query(`
    -- The rows fit one another; having each looked up would take most of the time.
    SET session_replication_role = replica;
    SELECT setseed(0.5);
    INSERT INTO agencies (code, name, groups, version)
      SELECT ${agency('n')}, 'Cơ quan ' || n, '{}', 1 FROM generate_series(1, ${AGENCIES}) n;
    CREATE TEMP TABLE year AS
      SELECT gen_random_uuid() AS id, n, ${agency('n * 7919')} AS sender, random() < 0.05 AS is_express, random() AS chance,
        date_trunc('milliseconds', timestamptz '2026-01-01 00:00+07' + n * interval '365 days' / ${DOCUMENTS + 1}) AS at
      FROM generate_series(1, ${DOCUMENTS}) n;
    INSERT INTO messages (id, sender_code, kind, document_id, urgency, sha256, size, accepted_at)
      SELECT id, sender, 'document', 'document-' || n, 'normal', repeat('a', 64), 1000, at FROM year;
    INSERT INTO documents (message_id, sender_code, document_id, code, type_name, urgency, paper, accepted_at)
      SELECT id, sender, 'document-' || n, n || '/UBND-VP', 'Công văn', CASE WHEN is_express THEN 'express' ELSE 'normal' END,
        CASE WHEN chance < 0.8 THEN chance < 0.3 END, at FROM year;
    INSERT INTO document_deliveries (message_id, recipient_code, sender_code, urgency, express_limit_minutes, available_at,
        fetched_at, opened_at, registered_at, finished_at, due_at)
      SELECT id, ${agency('n * 13 + k * 7')}, sender, CASE WHEN is_express THEN 'express' ELSE 'normal' END,
        CASE WHEN is_express THEN 30 END, at, CASE WHEN chance > 0.02 THEN at + interval '1 minute' END,
        CASE WHEN chance > 0.05 THEN at + takes END, CASE WHEN chance > 0.1 THEN at + takes * 2 END,
        CASE WHEN chance > 0.3 THEN at + takes * 20 END, CASE WHEN n % 3 = 0 THEN at + interval '3 days' END
      FROM (
        SELECT id, n, k, sender, is_express, at, random() AS chance,
          date_trunc('milliseconds', -ln(1 - random()) * interval '90 minutes') AS takes
        FROM year, generate_series(1, ${RECIPIENTS}) k
      ) AS each`);
  await client.query('VACUUM ANALYZE');
}
