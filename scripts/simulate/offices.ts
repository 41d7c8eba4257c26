import { isExpress, type Urgency } from '#shared/domain/urgency.ts';
import { VIETNAM_OFFSET_MS, vietnamTimestamp } from '#shared/domain/vn-date.ts';
import type { SeededRandom } from '../faults/random.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** A Monday, midnight in Việt Nam. */
export const START = Date.parse('2026-11-02T00:00:00+07:00');

/** How an office behaves. */
export interface Office {
  readonly code: string;
  /** Minutes until somebody looks, at work. */
  readonly habit: 'prompt' | 'slow' | 'careless';
  /** Spans in which its line is down. */
  readonly outages: readonly { readonly from: number; readonly to: number }[];
}

export function makeOffice(code: string, days: number, random: SeededRandom): Office {
  const outages = Array.from({ length: random.between(0, 3) }, () => {
    const from = START + random.next() * days * DAY_MS;
    return { from, to: from + random.between(1, 20) * HOUR_MS };
  });
  const kind = random.next();
  return { code, habit: kind < 0.6 ? 'prompt' : kind < 0.9 ? 'slow' : 'careless', outages };
}

/** When the line of an office is there again; null when it is. */
export function lineBackAt({ outages }: Office, now: number): number | null {
  const outage = outages.find(({ from, to }) => from <= now && now < to);
  return outage === undefined ? null : outage.to + MINUTE_MS;
}

/** When somebody of an office looks by itself; null for never. */
export function looksAt({ habit }: Office, now: number, urgency: Urgency, random: SeededRandom): number | null {
  if (random.chance(habit === 'careless' ? 0.4 : 0.03)) return null;
  const minutes = {
    prompt: random.between(1, 40),
    slow: random.between(15, 400),
    careless: random.between(200, 4_000),
  }[habit];
  const at = now + (isExpress(urgency) ? minutes / 2 : minutes) * MINUTE_MS;
  return atWork(at) ? at : nextMorning(at) + random.between(0, 90) * MINUTE_MS;
}

/** Whether somebody who was told goes and looks. */
export function heeds({ habit }: Office, random: SeededRandom): boolean {
  return random.chance(habit === 'careless' ? 0.3 : 0.8);
}

/** What an office sends, and to whom. */
export interface Sending {
  readonly at: number;
  readonly sender: string;
  readonly to: readonly Office[];
  readonly urgency: Urgency;
  readonly paper: boolean;
  readonly dueDay: string | null;
  readonly expressAt: string | null;
}

/** @param random of this document alone: what it is does not hang on what happens to others */
export function makeSending(
  offices: readonly Office[],
  { province, days }: { readonly province: string; readonly days: number },
  random: SeededRandom,
): Sending {
  const at = sendAt(days, random);
  const sender = random.chance(0.2) ? province : random.pick(offices).code;
  const urgency = pickUrgency(random);
  return {
    at,
    sender,
    urgency,
    to: random
      .shuffled(offices)
      .filter(({ code }) => code !== sender)
      .slice(0, random.between(1, 9)),
    paper: random.chance(0.3),
    dueDay: random.chance(0.1) ? localDay(at + random.between(1, 15) * DAY_MS) : null,
    expressAt: urgency === 'express-timed' ? vietnamTimestamp(at + random.between(-10, 360) * MINUTE_MS) : null,
  };
}

const hourOf = (at: number): number => new Date(at + VIETNAM_OFFSET_MS).getUTCHours();
const weekdayOf = (at: number): number => new Date(at + VIETNAM_OFFSET_MS).getUTCDay();
const atWork = (at: number): boolean => weekdayOf(at) % 6 !== 0 && hourOf(at) >= 7 && hourOf(at) < 17;
export const localDay = (at: number): string => new Date(at + VIETNAM_OFFSET_MS).toISOString().slice(0, 10);

function nextMorning(at: number): number {
  const midnight = Math.floor((at + VIETNAM_OFFSET_MS) / DAY_MS) * DAY_MS - VIETNAM_OFFSET_MS;
  for (let day = midnight + (hourOf(at) >= 7 ? DAY_MS : 0); ; day += DAY_MS) {
    if (weekdayOf(day + 8 * HOUR_MS) % 6 !== 0) return day + 7 * HOUR_MS + 30 * MINUTE_MS;
  }
}

/** Mostly by day; some at night and at weekends. */
function sendAt(days: number, random: SeededRandom): number {
  for (;;) {
    const at = START + Math.floor(random.next() * days * DAY_MS);
    if (atWork(at) || random.chance(0.05)) return at;
  }
}

function pickUrgency(random: SeededRandom): Urgency {
  const share = random.next();
  if (share < 0.7) return 'normal';
  if (share < 0.82) return 'urgent';
  if (share < 0.88) return 'very-urgent';
  return share < 0.97 ? 'express' : 'express-timed';
}
