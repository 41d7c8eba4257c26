import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { createKannelGateway, kannelReportReader } from '#exchange/gateways/kannel-sms.ts';
import { listenForReports } from '#exchange/gateways/report-listener.ts';
import { Secret } from '#exchange/gateways/secret.ts';
import { takeReport } from '#exchange/notices/take-report.ts';
import { startKannel } from '#tests/support/kannel.ts';
import { startSmsc } from '#tests/support/smsc.ts';
import { openTimedExchange, type TimedExchange } from '#tests/support/timed-exchange.ts';
import { runScript } from './lib/run-script.ts';

const usage = `npm run --silent rehearse:kannel -- [options]
  --messages N  express documents, each to another officer (500)
  --kills N     kill -9 of bearerbox, evenly among them (3)
  --json        one line of JSON and nothing else`;

const START = '2026-11-30T01:00:00.000Z';
const SECOND_MS = 1_000;
/** A report that has not come by then makes the exchange hand over again: longer than `reportWithinMs` of an express message. */
const OVERDUE_MS = 125 * SECOND_MS;
/** Nothing more comes back when nothing came for so long. */
const QUIET_MS = 12 * SECOND_MS;
/** A message is handed over three times at most, and the next step takes it from there. */
const MOST_JUMPS = 12;
const codeOf = (at: number): string => `H15.${String(at + 1).padStart(3, '0')}`;

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '500' },
    kills: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/**
 * `npm run rehearse:kannel`: the exchange's own database and machine hand express messages to Debian's Kannel, which is killed
 * meanwhile. Status 1 unless each was delivered or somebody else is told.
 */
await runScript(async () => {
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const [messages, kills] = [Number(values.messages), Number(values.kills)];
  const begun = performance.now();
  const smsc = await startSmsc();
  smsc.delivers = true;
  const kannel = await startKannel({ smscPort: smsc.port, smscPassword: smsc.password });
  const codes = Array.from({ length: messages }, (_, at) => codeOf(at));
  const exchange = await openTimedExchange(START, [
    { code: 'H15', name: 'Ủy ban nhân dân tỉnh' },
    ...codes.map((code) => ({ code, name: `Cơ quan ${code}`, parentCode: 'H15' })),
  ]);
  let heardAt = Date.now();
  const secret = new Secret('of this rehearsal');
  const listener = await listenForReports(
    { host: '127.0.0.1', port: 0 },
    'http://127.0.0.1/reports',
    new Map([['kannel', kannelReportReader('kannel', secret)]]),
    {
      onReport: async (report) => {
        heardAt = Date.now();
        await takeReport(exchange.parts, report);
      },
    },
  );
  const gateway = createKannelGateway({
    name: 'kannel',
    url: kannel.url,
    username: kannel.username,
    password: new Secret(kannel.password),
    from: 'UBND TINH',
    callbackUrl: `http://127.0.0.1:${listener.port}/reports`,
    reportSecret: secret,
    timeoutMs: 5_000,
  });
  let sent = 0;
  let killed = 0;
  let back: Promise<void> = Promise.resolve();
  exchange.sms.answer = (notice) => {
    sent += 1;
    if (killed < kills && sent >= ((killed + 1) * messages) / (kills + 1)) {
      killed += 1;
      back = back.then(() => kannel.killBearerbox());
    }
    return gateway.send(notice, AbortSignal.timeout(5_000));
  };
  try {
    for (const [at, code] of codes.entries()) await exchange.setRota(code, rotaOf(at));
    await kannel.ready();
    while (smsc.bound() === 0) await pause(100);
    for (const code of codes) await exchange.accept({ from: 'H15', to: [code], urgency: 'express' });
    for (let jump = 0; jump < MOST_JUMPS && (await unsettled(exchange)) > 0; jump += 1) {
      if (jump > 0) await exchange.advanceTo(later(exchange, OVERDUE_MS));
      // Beside the machine's clock: Kannel comes back in its own time.
      for (heardAt = Date.now(); Date.now() - heardAt < QUIET_MS && (await unsettled(exchange)) > 0;) {
        await pause(SECOND_MS);
        await exchange.advanceTo(later(exchange, SECOND_MS));
      }
    }
    await back;
    const found = await verdict(exchange);
    const texts = new Set(smsc.messages.map(({ to }) => to)).size;
    const seconds = Math.round((performance.now() - begun) / SECOND_MS);
    const result = {
      messages,
      kills: killed,
      handedOver: sent,
      atSmsc: smsc.messages.length,
      officersReached: texts,
      ...found,
      seconds,
    };
    process.stdout.write(`${JSON.stringify(result, null, values.json ? undefined : 2)}\n`);
    return found.neither === 0 ? 0 : 1;
  } finally {
    await kannel.stop();
    await listener.close();
    await smsc.stop();
    await exchange.close();
  }
});

function later(exchange: TimedExchange, ms: number): string {
  return new Date(exchange.now().getTime() + ms).toISOString();
}

function rotaOf(at: number): Parameters<TimedExchange['setRota']>[1] {
  const phone = `+8490${1_000_000 + at}`;
  return {
    officers: [{ id: 'truc', name: `Cán bộ ${at}`, title: 'Văn thư', phone, phoneVerifiedAt: null, email: null }],
    shifts: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '07:00', to: '07:00', officerId: 'truc' })),
    substitutions: [],
    headOfOffice: null,
    headSubstitutions: [],
    officePhone: '+842573000142',
    officeContact: null,
  };
}

/** Deliveries of which it is not known yet that somebody read of them or must be called. */
async function unsettled(exchange: TimedExchange): Promise<number> {
  return (await verdict(exchange)).neither;
}

async function verdict({ pool }: TimedExchange): Promise<Record<'delivered' | 'escalated' | 'neither', number>> {
  const { rows } = await pool.query<{ delivered: string; escalated: string; neither: string }>(
    `SELECT count(*) FILTER (WHERE delivered) AS delivered, count(*) FILTER (WHERE NOT delivered AND escalated) AS escalated,
       count(*) FILTER (WHERE NOT delivered AND NOT escalated) AS neither
     FROM (SELECT EXISTS (SELECT FROM notice_items item JOIN notices ON notices.id = item.notice_id
           WHERE item.message_id = delivery.message_id AND notices.state = 'delivered') AS delivered,
         EXISTS (SELECT FROM delivery_events event WHERE event.message_id = delivery.message_id
           AND event.event = 'call-needed') AS escalated
       FROM document_deliveries delivery) AS each`,
  );
  const [row] = rows;
  return {
    delivered: Number(row?.delivered),
    escalated: Number(row?.escalated),
    neither: Number(row?.neither),
  };
}
