import type { Duty } from './duty.ts';
import type { EscalationPolicy } from './escalation-policy.ts';
import { rotaProblems, type RotaProblem, type RotaProblemCode } from './rota-problems.ts';
import type { Rota } from './rota.ts';

const WEEK_MS = 7 * 86_400_000;
/** How far ahead a rota is looked through: a weekly pattern repeats, and a substitution is seldom planned earlier. */
const AHEAD_MS = 2 * WEEK_MS;

/** `later`: how often it comes again within the two weeks, such as a gap of the weekly pattern. */
export interface ComingProblem extends RotaProblem {
  readonly later: number;
}

/** Those that keep an express from reaching the person it is meant for; with the others a person may still be reached. */
const harmful: ReadonlySet<RotaProblemCode> = new Set([
  'gap',
  'unknown-officer',
  'no-number',
  'landline-only',
  'step-unreachable',
]);

export const isHarmful = ({ code }: RotaProblem): boolean => harmful.has(code);

/**
 * What is going to hurt in the next two weeks, each once, what keeps an express from arriving first, then by time. Officers
 * without e-mail are left out: the officers' list says so, and a text message reaches them.
 * @param now milliseconds since 1970; what is over by then is never complained of
 */
export function comingProblems(
  rota: Rota,
  { policies, hasSupervisor, channels }: Pick<Duty, 'policies' | 'hasSupervisor' | 'channels'>,
  now: number,
): readonly ComingProblem[] {
  const found: ComingProblem[] = [];
  for (const problem of rotaProblems(rota, withChannels(policies, channels), now, now + AHEAD_MS, hasSupervisor)) {
    if (problem.code === 'no-email') continue;
    const place = found.findIndex((other) => isSame(other, problem));
    const first = found[place];
    if (first === undefined) found.push({ ...problem, later: 0 });
    else found[place] = { ...first, later: first.later + 1 };
  }
  const start = ({ span }: RotaProblem) => span?.from ?? now;
  return found.toSorted((one, other) => Number(isHarmful(other)) - Number(isHarmful(one)) || start(one) - start(other));
}

/** The policies with those ways of telling people that the exchange has. */
export function withChannels(
  policies: readonly EscalationPolicy[],
  available: Duty['channels'],
): readonly EscalationPolicy[] {
  return policies.map((policy) => ({
    ...policy,
    steps: policy.steps.map((step) => ({
      ...step,
      channels: step.channels.filter((channel) => available.includes(channel)),
    })),
  }));
}

/** What comes back every week, and each of several times in which an officer is missing, is one problem. */
function isSame(one: RotaProblem, other: RotaProblem): boolean {
  if (one.code !== other.code || JSON.stringify(one.params) !== JSON.stringify(other.params)) return false;
  if (one.span === null || other.span === null || one.code === 'unknown-officer') return true;
  // The first may have begun already, and the last go on after the two weeks: parts of one night meet, weeks apart.
  const weeks = Math.round((other.span.from - one.span.from) / WEEK_MS) * WEEK_MS;
  return one.span.from + weeks <= other.span.to && other.span.from <= one.span.to + weeks;
}
