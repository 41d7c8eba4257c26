/** The figures of oversight once more, from the exported events alone and as plainly as the operations manual defines them. */
import type { AgencyFigures } from '#exchange/storage/oversight-store.ts';

export interface EventLine {
  readonly at: string;
  readonly event: string;
  readonly documentId: string;
  readonly sender: string;
  readonly recipient: string;
  readonly urgency: string;
  readonly fixedHour: string | null;
  readonly dueAt: string | null;
  readonly expressLimitMinutes: number | null;
  readonly paper: boolean | null;
  readonly messageId: string | null;
}

interface Delivery {
  readonly line: EventLine;
  readonly first: Map<string, number>;
}

export function figuresFromEvents(lines: readonly EventLine[], codes: readonly string[]): AgencyFigures[] {
  const deliveries = deliveriesOf(lines);
  return codes.toSorted().map((code) => figuresOf(code, deliveries, lines));
}

/** Deliveries whose deadline has come to its end by `now`, or whose work did, and those of them finished by it; by recipient. */
export function deadlinesFromEvents(
  lines: readonly EventLine[],
  now: number,
): Record<string, readonly [number, number]> {
  const counts: Record<string, readonly [number, number]> = {};
  for (const { line, first } of deliveriesOf(lines)) {
    if (line.dueAt === null || first.has('returned') || first.has('recalled')) continue;
    const dueAt = Date.parse(line.dueAt);
    const finishedAt = first.get('finished');
    if (finishedAt === undefined && dueAt >= now) continue;
    const [due, inTime] = counts[line.recipient] ?? [0, 0];
    counts[line.recipient] = [due + 1, inTime + (finishedAt !== undefined && finishedAt <= dueAt ? 1 : 0)];
  }
  return counts;
}

function deliveriesOf(lines: readonly EventLine[]): readonly Delivery[] {
  const deliveries = new Map<string, Delivery>();
  for (const line of lines.filter(({ event }) => event !== 'paper-only-arrived')) {
    const key = `${line.messageId} ${line.recipient}`;
    const delivery = deliveries.get(key) ?? { line, first: new Map<string, number>() };
    deliveries.set(key, delivery);
    const at = Date.parse(line.at);
    delivery.first.set(line.event, Math.min(at, delivery.first.get(line.event) ?? at));
    // Lines of a delivery stand in the order in which they were believed.
    if (line.event === 'reopened') delivery.first.delete('finished');
  }
  return [...deliveries.values()];
}

function figuresOf(code: string, all: readonly Delivery[], lines: readonly EventLine[]): AgencyFigures {
  const received = all.filter(({ line }) => line.recipient === code);
  const having = (event: string): number => received.filter(({ first }) => first.has(event)).length;
  const opened = received.flatMap((delivery) => minutesToOpen(delivery) ?? []).toSorted((one, other) => one - other);
  const express = received.filter(({ line }) => line.urgency.startsWith('express'));
  const sentLines = all.filter(({ line }) => line.sender === code).map(({ line }) => line);
  const sent = new Set(sentLines.map(({ documentId }) => documentId));
  const withPaper = new Set(sentLines.filter(({ paper }) => paper === true).map(({ documentId }) => documentId));
  const onPaper = lines.filter(({ event, sender }) => event === 'paper-only-arrived' && sender === code);
  return {
    code,
    received: received.length,
    opened: opened.length,
    openedMedianMinutes: nearestRank(opened, 50),
    openedP90Minutes: nearestRank(opened, 90),
    registered: having('registered'),
    finished: having('finished'),
    expressReceived: express.length,
    expressOpenedLate: express.filter(isLate).length,
    sent: sent.size,
    withoutPaper: sent.size - withPaper.size,
    paperOnly: new Set(onPaper.map(({ documentId }) => documentId)).size,
    unreachable: received.length - having('fetched'),
  };
}

function minutesToOpen({ first }: Delivery): number | null {
  const opened = first.get('opened');
  return opened === undefined ? null : (opened - (first.get('available') ?? Number.NaN)) / 60_000;
}

function isLate(delivery: Delivery): boolean {
  const { fixedHour, expressLimitMinutes } = delivery.line;
  const minutes = minutesToOpen(delivery);
  if (minutes === null) return true;
  if (fixedHour !== null) return (delivery.first.get('opened') ?? 0) >= Date.parse(fixedHour);
  return expressLimitMinutes !== null && minutes > expressLimitMinutes;
}

/** The value at place ⌈share × count⌉ of the ordered ones. */
function nearestRank(sorted: readonly number[], percent: number): number | null {
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? null;
}
