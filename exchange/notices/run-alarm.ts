import { isExpress } from '#shared/domain/urgency.ts';
import type { ResolvedTarget } from '#shared/domain/escalation.ts';
import { HAND_REMINDER, isOfFormerDeadline } from '#shared/domain/delivery-events.ts';
import type { DeliveryKey, WatchedDeliveryRow } from '../storage/alarm-store.ts';
import type { NewDeliveryEvent } from '../storage/delivery-event-store.ts';
import type { NewNoticeItem } from '../storage/notice-store.ts';
import { createPlanner, type KeyedStep, type Planner } from '../use-cases/plan-steps.ts';
import { watchersOf } from '../use-cases/watchers-of.ts';
import { gatherItems } from './gather-items.ts';
import { hasChannel, type NoticeParts } from './notice-parts.ts';

/** More steps than any chain has at one instant: a fault of ours must not spin. */
const MOST_STEPS_AT_ONCE = 50;
/** An agency that was not heard of for this long cannot be reached; one that was does not look. */
const SILENT_MS = 10 * 60_000;

type Officer = Extract<ResolvedTarget, { kind: 'officer' }>;

/**
 * Does what is due for a delivery, and says when it must be looked at next. What is due is found from what has happened, not
 * from the alarm: it may ring late, twice or for nothing. A step is first put into messages, each once by its key, and then
 * noted as done; whoever dies in between does the same again and adds nothing.
 */
export async function runAlarm(
  parts: NoticeParts,
  key: DeliveryKey,
  planner = createPlanner(parts.database),
): Promise<void> {
  for (let step = 0; step < MOST_STEPS_AT_ONCE; step += 1) {
    const now = parts.clock();
    const row = await parts.database.alarms.find(key, false);
    if (row === null) return;
    const hand = row.remindersAsked[0];
    if (hand !== undefined) {
      await carryOut(parts, planner, row, handStep(hand, now), now);
      continue;
    }
    const { due, skipped, nextAt } = await planner.next(row, now);
    if (due !== null) {
      await carryOut(parts, planner, row, due, now, skipped);
      continue;
    }
    if (await settle(parts, planner, key, { skipped, nextAt, now })) return;
  }
  throw new Error(`delivery ${key.messageId} to ${key.recipientCode} has no end of steps`);
}

/** Notes when to look next, unless something happened meanwhile. */
async function settle(
  parts: NoticeParts,
  planner: Planner,
  key: DeliveryKey,
  { skipped, nextAt, now }: { readonly skipped: readonly string[]; readonly nextAt: number | null; readonly now: Date },
): Promise<boolean> {
  const at = nextAt === null ? null : new Date(Math.max(nextAt, now.getTime()));
  const settled = await parts.database.transaction(async ({ alarms, events }) => {
    const held = await alarms.find(key, true);
    if (held === null) return true;
    const again = await planner.next(held, now);
    if (held.remindersAsked.length > 0 || again.due !== null || again.nextAt !== nextAt) return false;
    await events.append(skipped.map((step) => skippedEvent(key, step, now)));
    await alarms.setNext(key, at);
    return true;
  });
  if (settled && at !== null) await parts.alarm({ kind: 'delivery', ...key, at });
  return settled;
}

async function carryOut(
  parts: NoticeParts,
  planner: Planner,
  row: WatchedDeliveryRow,
  due: KeyedStep,
  now: Date,
  skipped: readonly string[] = [],
): Promise<void> {
  const resolved = await planner.resolve(row, due.step, now.getTime());
  const target = usable(parts, resolved);
  if (target.kind === 'officer') await gather(parts, row, due.key, target, now);
  const { added } = await parts.database.transaction(async ({ alarms, events }) => {
    const held = await alarms.find(row, true);
    // Opened meanwhile: nobody is told, and the messages that were gathered find that out themselves.
    if (held === null || isOver(held, due)) return { added: [] };
    return {
      added: await events.append([
        ...skipped.map((step) => skippedEvent(row, step, now)),
        target.kind === 'officer' ? sentEvent(row, due.key, target, now) : callEvent(row, due.key, target, now),
      ]),
    };
  });
  parts.tell(watchersOf(added));
}

function isOver({ state, delivery, remindersAsked }: WatchedDeliveryRow, { kind, key }: KeyedStep): boolean {
  if (isOfFormerDeadline(key, delivery.dueAt)) return true;
  if (state.returnedAt !== null || state.stopped) return true;
  if (key.startsWith(HAND_REMINDER) && !remindersAsked.includes(key.slice(HAND_REMINDER.length))) return true;
  return kind === 'opening' ? state.openedAt !== null : state.finishedAt !== null;
}

/** A reminder that the sender asked for by a click: the officer on duty, by every way there is. */
function handStep(statementId: string, now: Date): KeyedStep {
  return {
    key: HAND_REMINDER + statementId,
    kind: 'opening',
    step: { index: 0, at: now.getTime(), target: 'on-duty', channels: ['sms', 'email'] },
  };
}

/** An officer whom no gateway of ours reaches is as good as nobody. */
function usable(parts: NoticeParts, resolved: ResolvedTarget): ResolvedTarget {
  if (resolved.kind !== 'officer') return resolved;
  const channels = resolved.channels.filter((channel) => hasChannel(parts, channel));
  if (channels.length > 0) return { ...resolved, channels };
  const { officer, target, passedOver } = resolved;
  return {
    kind: 'sender-call',
    phone: officer.phone,
    askFor: officer.name,
    passedOver: [...passedOver, { target, reason: 'no-address' }],
  };
}

/** Puts the step into the messages for the officer, those for one person and way in one. */
async function gather(
  parts: NoticeParts,
  row: WatchedDeliveryRow,
  stepKey: string,
  { officer, channels, of }: Officer,
  now: Date,
): Promise<void> {
  const express = isExpress(row.delivery.urgency);
  // Zalo first where there is both; a text message goes to the same number when it does not arrive.
  const ways = channels.includes('zalo') ? channels.filter((channel) => channel !== 'sms') : channels;
  const items = ways.flatMap((channel): NewNoticeItem[] => {
    const address = channel === 'email' ? officer.email : officer.phone;
    if (address === null) return [];
    const { messageId, recipientCode, parentCode } = row;
    const agencyCode = of === 'own' ? recipientCode : (parentCode ?? recipientCode);
    return [{ channel, address, person: officer.name, agencyCode, express, messageId, recipientCode, stepKey }];
  });
  await gatherItems(parts, items, now);
}

function sentEvent(row: DeliveryKey, key: string, { officer, target }: Officer, now: Date): NewDeliveryEvent {
  const { messageId, recipientCode } = row;
  const params = { target, person: officer.name, title: officer.title };
  return { at: now, event: 'reminder-sent', messageId, recipientCode, statedBy: null, key, params };
}

function callEvent(
  row: WatchedDeliveryRow,
  key: string,
  { phone, askFor, passedOver }: Extract<ResolvedTarget, { kind: 'sender-call' }>,
  now: Date,
): NewDeliveryEvent {
  const { messageId, recipientCode, lastContactAt, fetchedAt } = row;
  const silent = lastContactAt === null || now.getTime() - lastContactAt.getTime() > SILENT_MS;
  const reached = passedOver.length > 0 ? 'nobody-reachable' : 'not-opened';
  const reason = fetchedAt === null && silent ? 'unreachable' : reached;
  const params = { target: 'sender-call', phone: phone ?? '', askFor: askFor ?? '', reason };
  return { at: now, event: 'call-needed', messageId, recipientCode, statedBy: null, key, params };
}

function skippedEvent({ messageId, recipientCode }: DeliveryKey, key: string, now: Date): NewDeliveryEvent {
  return { at: now, event: 'reminder-skipped', messageId, recipientCode, statedBy: null, key };
}
