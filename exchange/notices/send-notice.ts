import { isDeadlineStep, isOfFormerDeadline } from '#shared/domain/delivery-events.ts';
import { vietnamDay, vietnamInstant } from '#shared/domain/vn-date.ts';
import type { Notice, NoticeGateway, Outcome } from '../gateways/notice-gateway.ts';
import {
  afterQuietHours,
  HANDING_OVER_MS,
  MOST_ATTEMPTS,
  MOST_CALM_PER_HOUR,
  mostRetries,
  reportWithinMs,
  retryPauseMs,
} from '../rules/notice-rules.ts';
import type { NoticeChange, NoticedDocument, NoticeRow } from '../storage/notice-store.ts';
import type { Stores } from '../storage/database.ts';
import { watchersOf } from '../use-cases/watchers-of.ts';
import { composeNotice } from './compose-notice.ts';
import { noticeFailed } from './notice-failed.ts';
import { gatewayOf, type NoticeParts } from './notice-parts.ts';

const HOUR_MS = 3_600_000;

interface HandedOver {
  readonly row: NoticeRow;
  readonly attempts: number;
  readonly notice: Notice;
  readonly gateway: NoticeGateway;
  /** Agencies that see what becomes of it. */
  readonly watchers: readonly string[];
}

/**
 * Does what is due with one message to one person: hands it over, or finds that its report is overdue. What it says is made
 * when it goes: documents that were opened meanwhile are not in it, and a message about none is not sent. Messages to one
 * person go one after the other.
 * @param lane of the message, where it is known
 */
export async function sendNotice(parts: NoticeParts, id: string, signal: AbortSignal, lane?: string): Promise<void> {
  const turn = parts.lanes.take(lane ?? (await parts.database.notices.laneOf(id)));
  if (turn === null) return;
  try {
    await turn.begun;
    await sendInTurn(parts, id, signal);
  } finally {
    turn.end();
  }
}

async function sendInTurn(parts: NoticeParts, id: string, signal: AbortSignal): Promise<void> {
  const now = parts.clock();
  const prepared = await parts.database.transaction((stores) => prepare(parts, stores, id, now));
  if (prepared === null) return;
  if (prepared === 'failed') return noticeFailed(parts, id);
  const { row, attempts, notice, gateway, watchers } = prepared;
  const outcome = await gateway.send(notice, signal);
  const at = parts.clock();
  const change = afterOutcome(row, attempts, outcome, at);
  await parts.database.transaction(async ({ notices }) => {
    const held = await notices.hold(id);
    // A report may have been faster than the answer.
    if (held?.state === 'sending') await notices.change(id, change);
  });
  if (change.dueAt !== null) await parts.alarm({ kind: 'notice', id, at: change.dueAt });
  if (change.state === 'failed') await noticeFailed(parts, id);
  else parts.tell(watchers);
}

async function prepare(
  parts: NoticeParts,
  { notices }: Stores,
  id: string,
  now: Date,
): Promise<HandedOver | 'failed' | null> {
  const row = await notices.holdDue(id, now);
  if (row === null) return null;
  const documents = (await notices.documentsOf(id)).filter((document) => !isSettled(document));
  const end = async (state: 'skipped' | 'failed', detail: string): Promise<void> =>
    notices.change(id, { state, dueAt: null, endedAt: now, detail });
  if (documents.length === 0) {
    // What was handed over before may still arrive; nothing more is sent.
    await end('skipped', '');
    return null;
  }
  const gateway = gatewayOf(parts, row.channel);
  const handedOver = row.state === 'sent' || row.state === 'unsure' || row.state === 'sending';
  const inVain = row.attempts >= (handedOver ? MOST_ATTEMPTS : mostRetries(row.express));
  if (gateway === undefined || inVain) {
    await end('failed', gateway === undefined ? 'no gateway' : handedOver ? 'no report' : 'not handed over');
    return 'failed';
  }
  const later = row.express ? null : await postponed(parts, notices, row, now);
  if (later === 'over-budget') {
    await end('failed', 'budget');
    return 'failed';
  }
  if (later !== null) {
    await notices.change(id, { state: 'waiting', dueAt: later });
    return null;
  }
  const { text, parts: count, mail } = composeNotice(documents, row.channel, now);
  const attempts = row.attempts + 1;
  await notices.change(id, {
    state: 'sending',
    dueAt: new Date(now.getTime() + HANDING_OVER_MS),
    text,
    parts: count,
    attempts,
    gateway: gateway.name,
  });
  const notice: Notice = { id, to: row.address, text, ...mail };
  return { row, attempts, notice, gateway, watchers: watchersOf(documents) };
}

/** When a message that is not express may go; null = now. */
async function postponed(
  { partsPerMonth }: NoticeParts,
  notices: Stores['notices'],
  { channel, address, agencyCode, attempts }: NoticeRow,
  now: Date,
): Promise<Date | 'over-budget' | null> {
  if (channel === 'email') return null;
  const awake = afterQuietHours(now);
  if (awake > now) return awake;
  if (attempts > 0) return null;
  // Nobody counts what another is just about to hand over, and both think that there is room.
  await notices.holdCounts(channel, address, agencyCode);
  const lastHour = new Date(now.getTime() - HOUR_MS);
  if ((await notices.calmSince(channel, address, lastHour)) >= MOST_CALM_PER_HOUR)
    return new Date(now.getTime() + HOUR_MS / 4);
  const most = partsPerMonth(agencyCode);
  if (most === null) return null;
  const month = new Date(vietnamInstant(`${vietnamDay(now.getTime()).slice(0, 7)}-01`, '00:00'));
  return (await notices.partsSince(agencyCode, month)) >= most ? 'over-budget' : null;
}

function isSettled({ stepKey, openedAt, dueAt, isOver, isFinished }: NoticedDocument): boolean {
  if (isOver || isFinished) return true;
  // A longer time may have been granted while the message waited: the new deadline has reminders of its own.
  return isDeadlineStep(stepKey) ? isOfFormerDeadline(stepKey, dueAt?.toISOString() ?? null) : openedAt !== null;
}

/** What becomes of a message after one attempt. */
function afterOutcome({ express }: NoticeRow, attempts: number, outcome: Outcome, at: Date): NoticeChange {
  const { detail, gateway } = outcome;
  const soon = new Date(at.getTime() + reportWithinMs(express));
  switch (outcome.kind) {
    case 'accepted':
      return outcome.final
        ? {
            state: 'delivered',
            dueAt: null,
            handedAt: at,
            endedAt: at,
            providerId: outcome.providerId,
            gateway,
            detail,
          }
        : { state: 'sent', dueAt: soon, handedAt: at, providerId: outcome.providerId, gateway, detail };
    case 'unsure':
      return { state: 'unsure', dueAt: soon, handedAt: at, gateway, detail };
    case 'retry': {
      const pause = retryPauseMs(express, attempts, outcome.afterMs);
      return { state: 'waiting', dueAt: new Date(at.getTime() + pause), gateway, detail: detail || outcome.reason };
    }
    case 'rejected':
      return { state: 'failed', dueAt: null, endedAt: at, gateway, detail: detail || outcome.reason };
  }
}
