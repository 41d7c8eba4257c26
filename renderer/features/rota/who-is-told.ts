import { withChannels } from '#shared/domain/coming-problems.ts';
import type { Duty } from '#shared/domain/duty.ts';
import { chainOf, resolveTarget, type PlannedStep, type ResolvedTarget } from '#shared/domain/escalation.ts';
import { policyFor, type EscalationPolicy } from '#shared/domain/escalation-policy.ts';
import { dutySpans, headSpans, type Rota } from '#shared/domain/rota.ts';

const MINUTE_MS = 60_000;

/** What happens so many minutes after an express arrived that nobody opens. */
export interface ToldStep {
  readonly minutes: number;
  readonly whom: ResolvedTarget;
  /** The same person was told before. */
  readonly again: boolean;
}

/** Arrivals from one instant (included) to another (excluded), in ms since 1970, that go to the same people. */
export interface Arrivals {
  readonly from: number;
  readonly to: number;
  readonly steps: readonly ToldStep[];
}

type Context = Pick<Duty, 'policies' | 'channels' | 'hasSupervisor' | 'supervisor' | 'hours' | 'calendar'>;

/**
 * Who is told of an express that arrives in a stretch of time and that nobody opens, in order of arrival. It is what the exchange
 * computes when a step is due, by the same functions; empty when no policy is for express documents.
 */
export function whoIsTold(rota: Rota, duty: Context, from: number, to: number): readonly Arrivals[] {
  const policy = policyFor(withChannels(duty.policies, duty.channels), 'express', 'opening');
  if (policy === null || to <= from) return [];
  const stretches: Arrivals[] = [];
  const starts = turns(rota, policy, duty, from, to);
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? to;
    const steps = told(rota, policy, duty, start);
    const last = stretches.at(-1);
    if (last !== undefined && sameSteps(last.steps, steps)) stretches[stretches.length - 1] = { ...last, to: end };
    else stretches.push({ from: start, to: end, steps });
  }
  return stretches;
}

/** Instants of arrival at which another answer may begin: a step then falls on another side of an edge of the rota. */
function turns(rota: Rota, policy: EscalationPolicy, duty: Context, from: number, to: number): readonly number[] {
  const offsets = stepsFor(policy, duty, from).map(({ at }) => at - from);
  const until = to + Math.max(0, ...offsets);
  const edges = [...dutySpans(rota, from, until), ...headSpans(rota, from, until)].map((span) => span.from);
  const found = edges.flatMap((edge) => offsets.map((offset) => edge - offset));
  return [from, ...new Set(found.filter((at) => from < at && at < to))].toSorted((one, other) => one - other);
}

function told(rota: Rota, policy: EscalationPolicy, duty: Context, arrival: number): readonly ToldStep[] {
  const rotas = { own: rota, supervisor: supervisorRota(duty) };
  const before = new Set<string>();
  return stepsFor(policy, duty, arrival).map((step) => {
    const whom = resolveTarget(step, rotas, step.at);
    const key = whom.kind === 'officer' ? whom.officer.id : whom.kind;
    const again = before.has(key);
    before.add(key);
    return { minutes: Math.round((step.at - arrival) / MINUTE_MS), whom, again };
  });
}

function stepsFor(policy: EscalationPolicy, { hours, calendar }: Context, arrival: number): readonly PlannedStep[] {
  const delivery = {
    availableAt: new Date(arrival).toISOString(),
    urgency: 'express' as const,
    expressAt: null,
    dueAt: null,
  };
  return chainOf(policy, delivery, { hours, calendar }).steps;
}

/** The other agency's rota is its own affair: here somebody is on duty there whenever it has one. */
export function supervisorRota({ hasSupervisor, supervisor }: Context): Rota | null {
  if (!hasSupervisor || supervisor === null) return null;
  const id = 'supervisor';
  return {
    officers: [
      { id, name: supervisor.name, title: '', phone: '+84900000000', phoneVerifiedAt: null, email: 'truc@example.vn' },
    ],
    shifts: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '00:00', officerId: id })),
    substitutions: [],
    headOfOffice: null,
    headSubstitutions: [],
    officePhone: null,
    officeContact: null,
  };
}

function sameSteps(one: readonly ToldStep[], other: readonly ToldStep[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
