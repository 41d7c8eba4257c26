import type { EscalationPolicy, EscalationTarget } from './escalation-policy.ts';
import { reaches, resolveTarget } from './escalation.ts';
import { phoneKind } from './phone-number.ts';
import {
  dutySpans,
  headSpans,
  patternOverlaps,
  type DutySpan,
  type Officer,
  type Rota,
  type Substitution,
} from './rota.ts';

export type RotaProblemCode =
  /** Nobody on duty; `told` names who is told instead ('' when it is the sender's call). */
  | 'gap'
  | 'overlap'
  | 'unknown-officer'
  | 'no-number'
  | 'landline-only'
  | 'number-not-verified'
  | 'no-email'
  | 'duplicate-phone'
  /** A step of a policy that cannot reach whom it is meant for; `target`, `step`. */
  | 'step-unreachable'
  | 'substitution-reversed'
  | 'substitution-past';

/** Something that will hurt. `span` is the first time at which it does, null when it always does. */
export interface RotaProblem {
  readonly code: RotaProblemCode;
  readonly params: Readonly<Record<string, string | number>>;
  readonly span: { readonly from: number; readonly to: number } | null;
}

/**
 * What is wrong with a rota from now (`from`) on, in milliseconds since 1970; the past is never complained of.
 * @param policies those that hold for this agency
 * @param hasSupervisor whether an agency supervises this one
 */
export function rotaProblems(
  rota: Rota,
  policies: readonly EscalationPolicy[],
  from: number,
  to: number,
  hasSupervisor: boolean,
): readonly RotaProblem[] {
  const duty = dutySpans(rota, from, to);
  const head = headSpans(rota, from, to);
  const used = new Set(policies.flatMap(({ steps }) => steps.map(({ target }) => target)));
  const spans = used.has('head-of-office') ? [...duty, ...head] : duty;
  return [
    ...duty.filter(({ officerId }) => officerId === null).map((gap) => gapProblem(rota, gap)),
    ...patternOverlaps(rota, from, to).map(({ officerIds: [first, second], ...span }) =>
      problem('overlap', { officerId: first, otherId: second }, span),
    ),
    ...spans
      .filter((span) => isUnknown(rota, span))
      .map((span) => problem('unknown-officer', { officerId: span.officerId ?? '' }, span)),
    ...rota.officers.flatMap((officer) => officerProblems(officer, spans)),
    ...duplicates(rota.officers),
    ...unreachableSteps(rota, policies, { duty, head }, hasSupervisor),
    ...[...rota.substitutions, ...rota.headSubstitutions]
      .filter((substitution) => Math.max(Date.parse(substitution.from), Date.parse(substitution.to)) > from)
      .flatMap((substitution) => substitutionProblems(rota, substitution, from))
      // Told with its span above.
      .filter(({ code }) => code !== 'unknown-officer'),
  ];
}

/** What is wrong with a substitution that is about to be added. */
export function substitutionProblems(rota: Rota, substitution: Substitution, now: number): readonly RotaProblem[] {
  const span = { from: Date.parse(substitution.from), to: Date.parse(substitution.to) };
  const params = { substitutionId: substitution.id, officerId: substitution.officerId };
  const known = rota.officers.some(({ id }) => id === substitution.officerId);
  return [
    ...(span.to <= span.from ? [problem('substitution-reversed', params, span)] : []),
    ...(span.from < span.to && span.to <= now ? [problem('substitution-past', params, span)] : []),
    ...(known ? [] : [problem('unknown-officer', params, span)]),
  ];
}

function problem(
  code: RotaProblemCode,
  params: RotaProblem['params'],
  span: { readonly from: number; readonly to: number } | null,
): RotaProblem {
  return { code, params, span: span && { from: span.from, to: span.to } };
}

function gapProblem(rota: Rota, gap: DutySpan): RotaProblem {
  const told = resolveTarget(
    { target: 'on-duty', channels: ['sms', 'zalo', 'email'] },
    { own: rota, supervisor: null },
    gap.from,
  );
  return problem('gap', { told: told.kind === 'officer' ? told.officer.id : '' }, gap);
}

function isUnknown(rota: Rota, { officerId }: DutySpan): boolean {
  return officerId !== null && rota.officers.every(({ id }) => id !== officerId);
}

/** Of an officer who will be on duty, or head, in that time: one who never is harms nobody. */
function officerProblems(officer: Officer, spans: readonly DutySpan[]): readonly RotaProblem[] {
  const [first] = spans
    .filter(({ officerId }) => officerId === officer.id)
    .toSorted((one, other) => one.from - other.from);
  if (first === undefined) return [];
  const told = (code: RotaProblemCode) => problem(code, { officerId: officer.id }, first);
  return [
    ...(officer.phone === null ? [told('no-number')] : []),
    ...(officer.phone !== null && phoneKind(officer.phone) === 'landline' ? [told('landline-only')] : []),
    ...(officer.phone !== null && phoneKind(officer.phone) === 'mobile' && officer.phoneVerifiedAt === null
      ? [told('number-not-verified')]
      : []),
    ...(officer.email === null ? [told('no-email')] : []),
  ];
}

function duplicates(officers: readonly Officer[]): readonly RotaProblem[] {
  return officers.flatMap((officer, place) => {
    const other = officers.slice(0, place).find(({ phone }) => phone !== null && phone === officer.phone);
    return other ? [problem('duplicate-phone', { officerId: officer.id, otherId: other.id }, null)] : [];
  });
}

interface Times {
  readonly duty: readonly DutySpan[];
  readonly head: readonly DutySpan[];
}

function unreachableSteps(
  rota: Rota,
  policies: readonly EscalationPolicy[],
  times: Times,
  hasSupervisor: boolean,
): readonly RotaProblem[] {
  const seen = new Set<string>();
  return policies.flatMap(({ steps }) =>
    steps.flatMap(({ target, channels }, index) => {
      const canReach = ({ officerId }: DutySpan) => {
        const officer = rota.officers.find(({ id }) => id === officerId);
        return officer !== undefined && channels.some((channel) => reaches(officer, channel));
      };
      const span = failing(target, rota, times, canReach, hasSupervisor);
      const key = `${target} ${channels.join()}`;
      if (span === undefined || seen.has(key)) return [];
      seen.add(key);
      return [problem('step-unreachable', { target, step: index }, span)];
    }),
  );
}

/** The first span in which a target cannot be reached, null for always, undefined for never. */
function failing(
  target: EscalationTarget,
  rota: Rota,
  { duty, head }: Times,
  canReach: (span: DutySpan) => boolean,
  hasSupervisor: boolean,
): DutySpan | null | undefined {
  switch (target) {
    case 'on-duty':
      // Gaps, unknown officers and missing addresses are problems of their own.
      return undefined;
    case 'next-on-duty': {
      const others = new Set(duty.filter(canReach).map(({ officerId }) => officerId));
      return others.size < 2 ? null : undefined;
    }
    case 'head-of-office':
      return head.some(canReach) ? head.find((span) => !canReach(span)) : null;
    case 'supervisor':
      return hasSupervisor ? undefined : null;
    case 'sender-call':
      return rota.officePhone === null && rota.officers.every(({ phone }) => phone === null) ? null : undefined;
  }
}
