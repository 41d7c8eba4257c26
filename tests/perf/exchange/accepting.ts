import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import pg from 'pg';
import { readEmbeddedConnection } from '#exchange/storage/embedded-postgres.ts';
import { contentDigest, MESSAGE_CONTENT_TYPE, type Receipt } from '#shared/wire/messages.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { letter, openOffice, proofFor, type Office } from '#tests/sync/exchange/office.ts';
import { median, type Measurement } from '../measure.ts';

const SENDERS = 8;
const RECEIVERS = 20;
const RECIPIENTS = 5;
const ROUNDS = 7;
/** Of each sender in each round. */
const MESSAGES = 40;

/** How many messages a second an exchange accepts, beside a program that only keeps what must be kept. */
export async function measureAccepting(): Promise<readonly Measurement[]> {
  const exchange = await startTestExchange();
  const senderCodes = Array.from({ length: SENDERS }, (_, n) => `S${n}`);
  const receiverCodes = Array.from({ length: RECEIVERS }, (_, n) => `R${String(n).padStart(2, '0')}`);
  await exchange.addAgencies([...senderCodes, ...receiverCodes].map((code) => ({ code, name: `Cơ quan ${code}` })));
  const senders = await Promise.all(senderCodes.map((code) => openOffice(exchange, code)));
  const floor = await openFloor(exchange, receiverCodes);
  const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });
  try {
    const ours: number[] = [];
    const straight: number[] = [];
    for (let round = -1; round < ROUNDS; round += 1) {
      // Made before the clock runs: what the senders' machines do is not the exchange's work.
      const batches = await Promise.all(senders.map((sender) => prepare(sender, receiverCodes, round)));
      const rate = await perSecond(batches, (prepared) => put(exchange, agent, prepared));
      const floorRate = await perSecond(batches, (prepared) => floor.keep(prepared));
      if (round < 0) continue;
      ours.push(rate);
      straight.push(floorRate);
    }
    return [
      {
        title: `Accept messages to ${RECIPIENTS} recipients of ${SENDERS} senders at once: receipt, deliveries and file are durable`,
        unit: '/s',
        goal: 'ours / floor ≥ 0.35',
        rows: [
          { kind: 'ours', what: 'PUT, checked, accepted, receipt and answer signed', value: median(ours) },
          {
            kind: 'floor',
            what: 'the same rows and file, written straight to the same disks',
            value: median(straight),
          },
        ],
      },
    ];
  } finally {
    agent.destroy();
    await floor.close();
    await exchange.stop();
  }
}

interface Prepared {
  readonly id: string;
  readonly senderCode: string;
  readonly to: readonly string[];
  readonly edxml: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Messages of a small letter, with their proofs. */
async function prepare(sender: Office, receivers: readonly string[], round: number): Promise<readonly Prepared[]> {
  return Promise.all(
    Array.from({ length: MESSAGES }, async (_, n) => {
      const id = randomUUID();
      const to = Array.from({ length: RECIPIENTS }, (_two, k) => receivers[(n * 3 + k * 4) % receivers.length] ?? '');
      const edxml = Buffer.from(letter(sender.code, to, `${round + 1}.${n}`, 20_000));
      const digest = contentDigest(createHash('sha256').update(edxml).digest('base64'));
      const proof = await proofFor(sender, { method: 'PUT', target: `/v1/messages/${id}`, contentDigest: digest });
      const headers = {
        authorization: `DPoP ${proof}`,
        'content-digest': digest,
        'content-type': MESSAGE_CONTENT_TYPE,
        'content-length': String(edxml.length),
      };
      return { id, senderCode: sender.code, to, edxml, headers };
    }),
  );
}

/** Batches at once, the messages of one batch one after the other. */
async function perSecond(
  batches: readonly (readonly Prepared[])[],
  work: (message: Prepared) => Promise<void>,
): Promise<number> {
  const start = performance.now();
  await Promise.all(
    batches.map(async (batch) => {
      for (const message of batch) await work(message);
    }),
  );
  return (batches.flat().length / (performance.now() - start)) * 1_000;
}

function put({ port }: TestExchange, agent: Agent, { id, edxml, headers }: Prepared): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, agent, method: 'PUT', path: `/v1/messages/${id}`, headers }, (answer) => {
      answer.resume();
      answer.on('end', () =>
        answer.statusCode === 201 ? resolve() : reject(new Error(`answered ${answer.statusCode}`)),
      );
    });
    asked.on('error', reject);
    asked.end(edxml);
  });
}

interface Floor {
  keep(message: Prepared): Promise<void>;
  close(): Promise<void>;
}

/** File and rows as an exchange keeps them, each as few times and as plainly as can be, with nothing checked. */
async function openFloor({ dataFolder }: TestExchange, receivers: readonly string[]): Promise<Floor> {
  const connection = await readEmbeddedConnection(join(dataFolder, 'postgres'));
  if (connection === null) throw new Error('the exchange has no database');
  const pool = new pg.Pool({ ...connection, max: SENDERS });
  // Ids of its own; the numbers stay far from those that the exchange gives.
  await pool.query('CREATE TABLE bench_counter (code text PRIMARY KEY, last_seq bigint NOT NULL)');
  await pool.query('INSERT INTO bench_counter SELECT code, 1000000000 FROM unnest($1::text[]) AS t (code)', [
    receivers,
  ]);
  const folder = join(dataFolder, 'messages', 'bench');
  mkdirSync(folder);
  return {
    keep: async ({ senderCode, to, edxml }) => {
      const id = randomUUID();
      const sha256 = createHash('sha256').update(edxml).digest('hex');
      const temporary = join(folder, `${id}.part`);
      const handle = await open(temporary, 'wx');
      await handle.writeFile(edxml);
      await handle.sync();
      await handle.close();
      await rename(temporary, join(folder, id));
      const directory = await open(folder, 'r');
      await directory.sync();
      await directory.close();
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const { rows } = await client.query<{ code: string; last_seq: string }>({
          name: 'numbers',
          text: `UPDATE bench_counter SET last_seq = last_seq + 1 WHERE code IN
                 (SELECT code FROM bench_counter WHERE code = any($1::text[]) ORDER BY code FOR UPDATE)
                 RETURNING code, last_seq`,
          values: [to],
        });
        const recipients = rows.map(({ code, last_seq: seq }) => ({
          organId: code,
          outcome: 'accepted' as const,
          seq: Number(seq),
        }));
        const receipt: Receipt = {
          messageId: id,
          sha256,
          acceptedAt: new Date().toISOString(),
          recipients,
          proof: 'x'.repeat(700),
        };
        await client.query({
          name: 'message',
          text: `INSERT INTO messages (id, sender_code, kind, document_id, urgency, sha256, size, accepted_at)
                 VALUES ($1, $2, 'document', $5, 'normal', $3, $4, now())`,
          values: [id, senderCode, sha256, edxml.length, id],
        });
        await client.query({
          name: 'receipt',
          text: 'INSERT INTO receipts (message_id, body) VALUES ($1, $2)',
          values: [id, receipt],
        });
        await client.query({
          name: 'deliveries',
          text: `INSERT INTO deliveries (agency_code, seq, message_id)
                 SELECT code, seq, $1 FROM unnest($2::text[], $3::bigint[]) AS t (code, seq)`,
          values: [id, rows.map(({ code }) => code), rows.map(({ last_seq: seq }) => seq)],
        });
        const codes = rows.map(({ code }) => code);
        await client.query({
          name: 'document',
          text: `INSERT INTO documents (message_id, sender_code, document_id, code, type_name, urgency, paper, policy_id)
                 VALUES ($1::uuid, $2, $1::uuid::text, '241/VPUBND', 'Công văn', 'normal', false, 1)`,
          values: [id, senderCode],
        });
        await client.query({
          name: 'watched',
          text: `INSERT INTO document_deliveries (message_id, recipient_code, sender_code, urgency, available_at)
                 SELECT $1::uuid, code, $3, 'normal', now() FROM unnest($2::text[]) AS t (code)`,
          values: [id, codes, senderCode],
        });
        await client.query({
          name: 'events',
          text: `INSERT INTO delivery_events (at, event, message_id, recipient_code)
                 SELECT now(), event, $1::uuid, code
                 FROM unnest($2::text[]) AS t (code), unnest('{accepted,available}'::text[]) AS e (event)`,
          values: [id, codes],
        });
        await client.query('COMMIT');
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}
