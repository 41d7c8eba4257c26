import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { openOffice, proofFor, type Office } from '#tests/sync/exchange/office.ts';
import { median, type Measurement } from '../measure.ts';
import { residentMB } from '#tests/support/process-memory.ts';

const POLLS = 3_000;
/** Workstations of one agency each hold one request. */
const AGENCIES = 300;
const OPENING_AT_ONCE = 50;
const WARM_UP = 200;
const WAIT_SECONDS = 25;
const LOOKS = 9;

/** What an exchange holds while every office of a province waits for its next letter. */
export async function measureIdlePolls(): Promise<readonly Measurement[]> {
  const exchange = await startTestExchange();
  const agent = new Agent({ keepAlive: true });
  try {
    const offices = await manyWorkstations(exchange);
    const polls = new Polls(exchange, agent);
    // Once through everything, so that what is loaded at the first use is not taken for what a request holds.
    for (const office of offices.slice(0, WARM_UP)) await (await polls.ask(office, 0)).answered;
    const before = await settledMB(exchange.pid);
    for (let n = 0; n < POLLS; n += OPENING_AT_ONCE) {
      await Promise.all(
        offices.slice(n, n + OPENING_AT_ONCE).map(async (office) => (await polls.ask(office, WAIT_SECONDS)).sent),
      );
    }
    const whole = await settledMB(exchange.pid);
    if (polls.answers > WARM_UP) throw new Error('some requests were answered before all of them waited');
    return [
      {
        title: `Memory of the exchange for ${POLLS} idle inbox requests held open`,
        unit: 'MB',
        goal: '≤ 100 MB',
        rows: [
          { kind: 'ours', what: 'more than before', value: whole - before },
          { kind: 'part', what: 'in all', value: whole },
        ],
      },
    ];
  } finally {
    agent.destroy();
    await exchange.stop();
  }
}

class Polls {
  answers = 0;
  readonly #exchange: TestExchange;
  readonly #agent: Agent;

  constructor(exchange: TestExchange, agent: Agent) {
    this.#exchange = exchange;
    this.#agent = agent;
  }

  /** `sent` resolves when it is on its way, `answered` when it was answered or cut. */
  async ask(office: Office, wait: number): Promise<{ readonly sent: Promise<void>; readonly answered: Promise<void> }> {
    const path = `/v1/inbox?after=0&limit=50&wait=${wait}`;
    const headers = { authorization: `DPoP ${await proofFor(office, { target: path })}` };
    const asked = request({ port: this.#exchange.port, agent: this.#agent, path, headers });
    const sent = new Promise<void>((resolve) => asked.once('finish', resolve));
    const answered = new Promise<void>((resolve) => {
      asked.once('response', (answer) => {
        this.answers += 1;
        answer.resume();
        answer.once('end', resolve);
      });
      // Those that still wait at the end are cut.
      asked.on('error', () => resolve());
    });
    asked.end();
    return { sent, answered };
  }
}

/** Written into the database: enrolling thousands is not what is measured. They share one key. */
async function manyWorkstations(exchange: TestExchange): Promise<readonly Office[]> {
  const codes = Array.from({ length: AGENCIES }, (_, n) => `P${n}`);
  await exchange.addAgencies(codes.map((code) => ({ code, name: `Cơ quan ${code}` })));
  const first = await openOffice(exchange, 'P0');
  const ids = Array.from({ length: POLLS }, () => randomUUID());
  await exchange.database.query(
    `INSERT INTO workstations (id, agency_code, name, public_jwk, key_thumbprint)
     SELECT t.id, 'P' || (t.n % $2::int), 'Máy', w.public_jwk, w.key_thumbprint || t.n
     FROM unnest($1::uuid[]) WITH ORDINALITY AS t (id, n), workstations w WHERE w.id = $3`,
    [ids, AGENCIES, first.connection.workstationId],
  );
  return ids.map((workstationId) => ({ ...first, connection: { ...first.connection, workstationId } }));
}

/** Once it no longer changes much: memory given back is given back late. */
async function settledMB(pid: number): Promise<number> {
  const looks: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    await delay(300);
    looks.push(residentMB(pid));
  }
  return median(looks);
}
