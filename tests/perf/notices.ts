import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { readEmbeddedConnection } from '#exchange/storage/embedded-postgres.ts';
import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { freePorts } from '#tests/support/free-port.ts';
import { answerJson, type LocalProvider, startLocalProvider } from '#tests/support/local-provider.ts';
import { sourceOf } from '#tests/support/message-source.ts';
import { expectOk, openOffice, type Office } from '#tests/sync/exchange/office.ts';
import { fullDocument, organ } from '#tests/unit/edxml/sample-messages.ts';
import { median, medianOf, percentile, type Measurement } from './measure.ts';

const AGENCIES = 200;
const PENDING = 10_000;
const FIXED = 30;
const SENDER = 'H15';
const SECOND_MS = 1_000;
/**
 * Of "hỏa tốc hẹn giờ" by the default policies: the call is eight minutes before its hour, and with little time left the first of
 * the three steps before that comes after a third of it.
 */
const CALL_BEFORE_MS = 8 * 60 * SECOND_MS;
const STEPS_BEFORE = 3;
/** What comes for one officer is gathered for so long. */
const GATHER_MS = 2 * SECOND_MS;
const FLOOR_RUNS = 10;
const codeOf = (at: number): string => `H15.${String(at + 1).padStart(3, '0')}`;

/** A text at the gateway: the number of the document that it names, and when it came, milliseconds since 1970. */
interface Told {
  readonly number: string;
  readonly at: number;
}

interface Bench {
  readonly folder: string;
  readonly port: number;
  readonly provider: LocalProvider;
  readonly told: readonly Told[];
  exchange: TestExchange;
}

/** How soon people are told by a real exchange over its own PostgreSQL, through a gateway on loopback. */
export async function* measureNotices(): AsyncGenerator<Measurement> {
  const folder = await mkdtemp(join(tmpdir(), 'van-thu-notices-'));
  const told: Told[] = [];
  const provider = await openProvider(told);
  const [port = 0] = await freePorts(1);
  await writeFile(join(folder, 'secret'), randomUUID());
  await writeFile(
    join(folder, 'notices.json'),
    JSON.stringify({
      callbackUrl: `http://127.0.0.1:${port}/v1/reports`,
      reportSecret: { file: 'secret' },
      brandname: 'UBND TINH',
      sms: [
        { type: 'http', name: 'gate', url: provider.origin, apiKey: { file: 'secret' }, secretKey: { file: 'secret' } },
      ],
    }),
  );
  const bench: Bench = { folder, port, provider, told, exchange: await start({ folder, port }) };
  try {
    const codes = Array.from({ length: AGENCIES }, (_, at) => codeOf(at));
    await bench.exchange.addAgencies([SENDER, ...codes].map((code) => ({ code, name: `Cơ quan ${code}` })));
    const sender = await openOffice(bench.exchange, SENDER);
    await fill(bench.exchange, sender);
    yield await measureHandingOver(bench, sender);
    yield await measureFixedHours(bench, sender);
    yield await measureRestart(bench);
  } finally {
    await bench.exchange.stop({ keepData: true });
    await provider.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureHandingOver(bench: Bench, sender: Office): Promise<Measurement> {
  const committed = new Map<string, number>();
  for (let at = 0; at < AGENCIES; at += 1) {
    // Each to an officer of its own, so that none is gathered with the one before.
    const number = String(at + 1);
    committed.set(number, await send(sender, { number, to: codeOf(at), expressAt: null }));
  }
  await until(() => [...committed.keys()].every((number) => firstTold(bench, number) !== undefined));
  const times = [...committed].map(([number, at]) => (firstTold(bench, number) ?? Infinity) - at);
  const floor = await medianOf(async () => {
    await bench.exchange.database.query('UPDATE notice_rounds SET last_at = last_at');
    await pause(GATHER_MS);
    await askGateway(bench.provider.origin);
  }, FLOOR_RUNS);
  return {
    title: `From the commit of an express document until its text is at the gateway, ${AGENCIES} documents, ${PENDING.toLocaleString('en')} alarms pending`,
    goal: 'p99 < 5000 ms',
    rows: [
      { kind: 'ours', what: '99 of 100 documents at most', value: percentile(times, 99) },
      { kind: 'part', what: 'median', value: median(times) },
      { kind: 'floor', what: 'a commit, the two seconds that texts are gathered for, one request', value: floor },
    ],
  };
}

/** Steps counted back from an hour, the exchange killed -9 in the middle of them. */
async function measureFixedHours(bench: Bench, sender: Office): Promise<Measurement> {
  const first = Math.ceil(Date.now() / SECOND_MS) * SECOND_MS + 25 * SECOND_MS;
  const due = new Map<string, number>();
  for (let at = 0; at < FIXED; at += 1) {
    const number = String(1_001 + at);
    const dueAt = first + at * SECOND_MS;
    const hour = Math.ceil((Date.now() + CALL_BEFORE_MS + STEPS_BEFORE * (dueAt - Date.now())) / SECOND_MS) * SECOND_MS;
    const committed = await send(sender, { number, to: codeOf(at), expressAt: vietnamTimestamp(hour) });
    due.set(number, committed + Math.round((hour - CALL_BEFORE_MS - committed) / STEPS_BEFORE));
  }
  // The first text of each says that it arrived; the one that counts comes at the hour.
  await until(() => [...due.keys()].every((number) => firstTold(bench, number) !== undefined));
  const arrivals = new Set(bench.told);
  await pause(Math.max(0, first + (FIXED / 2) * SECOND_MS - Date.now()));
  await bench.exchange.kill();
  bench.exchange = await start(bench);
  const atHour = (number: string): number | undefined =>
    bench.told.find((one) => one.number === number && !arrivals.has(one))?.at;
  await until(() => [...due.keys()].every((number) => atHour(number) !== undefined));
  const distances = [...due].map(([number, at]) => Math.abs((atHour(number) ?? Infinity) - at));
  const floor = await medianOf(async () => {
    const at = Date.now() + SECOND_MS;
    await pause(SECOND_MS);
    await pause(GATHER_MS);
    await askGateway(bench.provider.origin);
    return Date.now() - at;
  }, FLOOR_RUNS / 2);
  return {
    title: `From the hour of a step that is counted back from a fixed hour until its text, ${FIXED} steps a second apart, killed -9 in the middle`,
    goal: 'at most 30000 ms',
    rows: [
      { kind: 'ours', what: 'the farthest', value: Math.max(...distances) },
      { kind: 'part', what: 'median', value: median(distances) },
      { kind: 'floor', what: 'a timer, the two seconds of gathering, one request', value: floor - SECOND_MS },
    ],
  };
}

/** Alarms whose time came while no exchange ran. */
async function measureRestart(bench: Bench): Promise<Measurement> {
  const connection = await readEmbeddedConnection(join(bench.exchange.dataFolder, 'postgres'));
  if (connection === null) throw new Error('the exchange has no database');
  await bench.exchange.kill();
  // Its PostgreSQL is left behind and still answers.
  const client = new pg.Client(connection);
  await client.connect();
  const { rows } = await client.query<{ number: string }>(
    `UPDATE document_deliveries AS delivery SET available_at = now(), next_alarm_at = now()
     FROM documents AS document
     WHERE document.message_id = delivery.message_id AND document.code = 'P' || (9799 + substr(recipient_code, 5)::int) || '/UBND'
     RETURNING document.code AS number`,
  );
  await client.end();
  const begun = Date.now();
  bench.exchange = await start(bench);
  const ready = Date.now() - begun;
  const overdue = new Set(rows.map(({ number }) => number.split('/')[0]));
  const isOverdue = ({ number, at }: Told): boolean => at >= begun && overdue.has(number);
  await until(() => new Set(bench.told.filter(isOverdue).map(({ number }) => number)).size === overdue.size);
  const times = bench.told.filter(isOverdue).map(({ at }) => at - begun);
  const floor = await medianOf(async () => {
    const script = `await fetch(${JSON.stringify(bench.provider.origin)}, { method: 'POST', body: '{}' })`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    await once(child, 'exit');
  });
  return {
    title: `From the start of an exchange that was killed -9 until the first text about ${overdue.size} overdue documents`,
    goal: 'ours < 10000 ms',
    rows: [
      { kind: 'ours', what: 'the first text', value: Math.min(...times) },
      { kind: 'part', what: 'the last one', value: Math.max(...times) },
      { kind: 'part', what: 'until requests are served', value: ready },
      { kind: 'floor', what: 'the start of a process that makes one request', value: floor },
    ],
  };
}

const firstTold = ({ told }: Bench, number: string): number | undefined =>
  told.find((one) => one.number === number)?.at;

function start({ folder, port }: Pick<Bench, 'folder' | 'port'>): Promise<TestExchange> {
  const args = ['--notices', join(folder, 'notices.json'), '--log-level', 'error'];
  return startTestExchange({ dataFolder: join(folder, 'exchange'), port, args });
}

/** Speaks eSMS's JSON, and reports each text as delivered. */
async function openProvider(told: Told[]): Promise<LocalProvider> {
  return startLocalProvider((request, response) => {
    const at = Date.now();
    const { Content = '', CallbackUrl = '' } = JSON.parse(request.body) as Partial<Record<string, string>>;
    const number = /\b(P?\d+)\/(?:STTTT|UBND)/.exec(Content)?.[1];
    if (number !== undefined) told.push({ number, at });
    answerJson(response, { CodeResult: '100', SMSID: randomUUID() });
    if (CallbackUrl !== '') void fetch(`${CallbackUrl}?SendStatus=5&SendSuccess=1`).catch(() => undefined);
  });
}

async function askGateway(origin: string): Promise<void> {
  const answer = await fetch(origin, { method: 'POST', body: '{}' });
  await answer.text();
}

/** @returns when it was committed, milliseconds since 1970 */
async function send(
  { client }: Office,
  { number, to, expressAt }: { readonly number: string; readonly to: string; readonly expressAt: string | null },
): Promise<number> {
  const edxml = writeEdxmlDocument({
    ...fullDocument,
    from: organ(SENDER),
    to: [organ(to)],
    codeNumber: number,
    documentId: `${SENDER},2026/11/28,${number}/CĐ-UBND`,
    dueDate: null,
    otherInfo: { ...fullDocument.otherInfo, priority: expressAt === null ? 3 : 4 },
    timing: expressAt === null ? null : { dueAt: null, expressAt },
    business: fullDocument.business === null ? null : { ...fullDocument.business, docType: 0 },
    attachments: [],
  });
  const receipt = expectOk(await client.putMessage(randomUUID(), sourceOf(edxml)));
  return Date.parse(receipt.acceptedAt);
}

/** An officer for each agency, and express documents that wait for a step some time tomorrow, each with its job. */
async function fill(exchange: TestExchange, { connection }: Office): Promise<void> {
  await exchange.database.query(
    `INSERT INTO duty_rotas (agency_code, version, body, changed_at, changed_by)
     SELECT code, 1, jsonb_build_object(
         'officers', jsonb_build_array(jsonb_build_object('id', 'truc', 'name', 'Cán bộ trực', 'title', '',
           'phone', '+8490' || (1000000 + substr(code, 5)::int), 'phoneVerifiedAt', NULL, 'email', NULL)),
         'shifts', (SELECT jsonb_agg(jsonb_build_object('weekday', day, 'from', '07:00', 'to', '07:00', 'officerId', 'truc'))
           FROM generate_series(1, 7) day),
         'substitutions', '[]'::jsonb, 'headOfOffice', NULL, 'headSubstitutions', '[]'::jsonb,
         'officePhone', '+842573000142', 'officeContact', NULL), now(), $1
     FROM agencies WHERE code LIKE 'H15.%'`,
    [connection.workstationId],
  );
  await exchange.database.query(
    `WITH pending AS MATERIALIZED (
       SELECT n, gen_random_uuid() AS id, 'H15.' || lpad((1 + n % ${AGENCIES})::text, 3, '0') AS recipient,
         now() + interval '1 day' + n * interval '1 second' AS at
       FROM generate_series(0, ${PENDING - 1}) n
     ), message AS (
       INSERT INTO messages (id, sender_code, kind, document_id, urgency, sha256, size, accepted_at)
       SELECT id, '${SENDER}', 'document', 'pending-' || n, 'express', repeat('a', 64), 1, now() FROM pending
     ), document AS (
       INSERT INTO documents (message_id, sender_code, document_id, code, type_name, urgency, policy_id, accepted_at)
       SELECT id, '${SENDER}', 'pending-' || n, 'P' || n || '/UBND', 'Công văn', 'express',
         (SELECT max(policy.id) FROM escalation_policies policy), now() FROM pending
     ), delivery AS (
       INSERT INTO document_deliveries (message_id, recipient_code, sender_code, urgency, express_limit_minutes, available_at,
         next_alarm_at)
       SELECT id, recipient, '${SENDER}', 'express', 30, at, at FROM pending
     )
     SELECT graphile_worker.add_job('delivery', json_build_object('messageId', id, 'recipientCode', recipient),
       run_at := at, job_key := 'delivery:' || id || ':' || recipient) FROM pending`,
  );
  await exchange.database.query('VACUUM ANALYZE');
}

/** Looks again every 20 ms, two minutes at most. */
async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 120 * SECOND_MS;
  while (!condition()) {
    if (Date.now() > end) throw new Error('not everybody was told');
    await pause(20);
  }
}
