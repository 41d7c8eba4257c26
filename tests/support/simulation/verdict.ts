import type { SimulatedMonth } from '#scripts/simulate/run-simulation.ts';
import { plainlyOnDuty, type RotaFrom } from '#scripts/simulate/people.ts';

export interface Verdict {
  readonly from: string;
  readonly to: string;
  readonly documents: number;
  readonly deliveries: number;
  /** Deliveries of express documents, and what became of them in the end. */
  readonly express: number;
  readonly expressOpened: number;
  /** Somebody at the sender was asked to call, whether it was opened later or not. */
  readonly expressCalled: number;
  /** Neither opened nor asked to be called. */
  readonly expressUnresolved: number;
  /** Messages that spoke of a document that somebody had opened. */
  readonly toldAfterOpening: number;
  /** Steps whose message went nowhere, though nobody had opened the document. */
  readonly noticesLost: number;
  /** Steps that went out twice: by two messages, or by one that was known to have arrived. */
  readonly noticesDoubled: number;
  /** Messages to somebody who was not the one on duty. */
  readonly wrongOfficer: number;
}

/** Holds what went out against what should have, by means of its own. */
export async function judge({
  from,
  to,
  pool,
  handedOver,
  rotas,
}: Omit<SimulatedMonth, 'kills' | 'close'>): Promise<Verdict> {
  const one = async (text: string): Promise<number> => Number((await pool.query<{ n: string }>(text)).rows[0]?.n ?? 0);
  const express = `document_deliveries d WHERE urgency IN ('express', 'express-timed')`;
  const called = `EXISTS (SELECT FROM delivery_events e WHERE e.message_id = d.message_id
    AND e.recipient_code = d.recipient_code AND e.event = 'call-needed')`;
  const sent = new Set(handedOver.map(({ id }) => id));

  const { rows: steps } = await pool.query<{
    recipient_code: string;
    key: string;
    at: Date;
    target: string;
    notice_id: string | null;
    address: string;
    channel: 'sms' | 'email';
    state: string;
    settled_at: Date | null;
    ended_at: Date | null;
  }>(
    `SELECT e.recipient_code, e.key, e.at, e.params->>'target' AS target, item.notice_id, notice.address, notice.channel,
       notice.state, notice.ended_at,
       least(delivery.returned_at, delivery.recalled_at, delivery.finished_at,
         CASE WHEN e.key NOT LIKE 'deadline@%' THEN delivery.opened_at END) AS settled_at
     FROM delivery_events e JOIN document_deliveries delivery USING (message_id, recipient_code)
       LEFT JOIN notice_items item ON item.message_id = e.message_id AND item.recipient_code = e.recipient_code
         AND item.step_key = e.key
       LEFT JOIN notices notice ON notice.id = item.notice_id
     WHERE e.event = 'reminder-sent'`,
  );
  let lost = 0;
  let wrong = 0;
  for (const step of steps) {
    // Skipped is right once somebody opened it, and not a moment before.
    const skipped =
      step.state === 'skipped' && step.settled_at !== null && (step.ended_at ?? step.at) >= step.settled_at;
    const went = step.notice_id !== null && (sent.has(step.notice_id) || step.state === 'failed');
    if (!went && !skipped) lost += 1;
    if (step.target === 'on-duty' && !isOnDuty(rotas.get(step.recipient_code), step)) wrong += 1;
  }
  const doubledSteps = await one(
    `SELECT count(*) AS n FROM (SELECT FROM notice_items GROUP BY message_id, recipient_code, step_key, channel
     HAVING count(*) > 1) doubled`,
  );
  return {
    from,
    to,
    documents: await one('SELECT count(*) AS n FROM documents'),
    deliveries: await one('SELECT count(*) AS n FROM document_deliveries'),
    express: await one(`SELECT count(*) AS n FROM ${express}`),
    expressOpened: await one(`SELECT count(*) AS n FROM ${express} AND opened_at IS NOT NULL`),
    expressCalled: await one(`SELECT count(*) AS n FROM ${express} AND ${called}`),
    expressUnresolved: await one(`SELECT count(*) AS n FROM ${express} AND opened_at IS NULL AND NOT ${called}`),
    toldAfterOpening: handedOver.reduce((sum, { aboutOpened }) => sum + aboutOpened, 0),
    noticesLost: lost,
    noticesDoubled: doubledSteps + handedOver.filter(({ again }) => again).length,
    wrongOfficer: wrong,
  };
}

/** By the rota that held as the step was carried out, looked up the plain way. */
function isOnDuty(
  history: readonly RotaFrom[] | undefined,
  { at, address, channel }: { readonly at: Date; readonly address: string; readonly channel: 'sms' | 'email' },
): boolean {
  const held = history?.findLast((one) => one.at <= at.getTime());
  const officer = held === undefined ? null : plainlyOnDuty(held.rota, at.getTime());
  return officer !== null && address === (channel === 'email' ? officer.email : officer.phone);
}
