import type { EscalationPolicy, EscalationTarget, NoticeChannel } from './escalation-policy.ts';
import { phoneKind } from './phone-number.ts';
import { headOn, nextOnDuty, onDuty, type Officer, type Rota } from './rota.ts';
import type { Urgency } from './urgency.ts';
import { vietnamDay, vietnamInstant } from './vn-date.ts';
import {
  addWorkingDays,
  addWorkingMinutes,
  nextWorkingInstant,
  type OfficeHours,
  type WorkCalendar,
} from './working-time.ts';

/** Of a delivery, what its steps are counted from: UTC texts. */
export interface EscalatedDelivery {
  readonly availableAt: string;
  readonly urgency: Urgency;
  /** The hour of "hỏa tốc hẹn giờ". */
  readonly expressAt: string | null;
  /** The deadline that holds now, after extensions. */
  readonly dueAt: string | null;
}

/** Office hours and calendar of the recipient. */
export interface WorkingContext {
  readonly hours: OfficeHours;
  readonly calendar: WorkCalendar;
}

/** A step with its instant (milliseconds since 1970). `index` is its place in the policy. */
export interface PlannedStep {
  readonly index: number;
  readonly at: number;
  readonly target: EscalationTarget;
  readonly channels: readonly NoticeChannel[];
}

export interface Chain {
  readonly kind: EscalationPolicy['kind'];
  /** In order of time. */
  readonly steps: readonly PlannedStep[];
}

/** What has happened to a delivery: UTC texts, null while it has not. */
export interface EscalationState {
  readonly openedAt: string | null;
  readonly returnedAt: string | null;
  readonly registeredAt: string | null;
  readonly finishedAt: string | null;
  /** Indexes of the steps that were carried out or skipped; for reminders of a deadline: of this very deadline. */
  readonly stepsDone: readonly number[];
  /** Recalled, replaced, or stopped by hand. */
  readonly stopped: boolean;
}

export interface NextAction {
  /** To be carried out now; ask again once it is recorded. */
  readonly due: PlannedStep | null;
  /** Indexes of overdue steps that a later one to the same person makes needless: to be recorded as skipped. */
  readonly skipped: readonly number[];
  /** When to ask again after `due` is recorded (may be past: at once); null when nothing is left. */
  readonly nextAt: number | null;
}

/** The agency's own rota, and that of its supervising agency if it has one. */
export interface EscalationRotas {
  readonly own: Rota;
  readonly supervisor: Rota | null;
}

/** Why somebody could not be told. */
export type PassedOver = {
  readonly target: EscalationTarget;
  readonly reason: 'nobody' | 'unknown-officer' | 'no-address';
};

/** Whom a step reaches: one person, or the sender's clerk who calls. A step never ends in nothing. */
export type ResolvedTarget =
  | {
      readonly kind: 'officer';
      readonly officer: Officer;
      readonly of: 'own' | 'supervisor';
      readonly target: Exclude<EscalationTarget, 'sender-call'>;
      /** Those of the step's channels by which this officer can be reached. */
      readonly channels: readonly NoticeChannel[];
      readonly passedOver: readonly PassedOver[];
    }
  | {
      readonly kind: 'sender-call';
      /** The office's number, else a person's; null when none is known. */
      readonly phone: string | null;
      readonly askFor: string | null;
      readonly passedOver: readonly PassedOver[];
    };

const MINUTE_MS = 60_000;

/**
 * The steps of a delivery. `policy` is the snapshot that held when the document became available: an edit of the policy
 * never reaches a document that is already out. Which person a step is for is decided when it is carried out.
 */
export function chainOf(policy: EscalationPolicy, delivery: EscalatedDelivery, context: WorkingContext): Chain {
  const steps =
    policy.kind === 'opening' ? openingSteps(policy, delivery, context) : deadlineSteps(policy, delivery, context);
  return { kind: policy.kind, steps: steps.toSorted((one, other) => one.at - other.at || one.index - other.index) };
}

/** Last instant (milliseconds since 1970) at which an express is opened in time; null when that is not measured. */
export function openBy(policy: EscalationPolicy, delivery: EscalatedDelivery): number | null {
  if (policy.expressLimitMinutes === null) return null;
  return delivery.expressAt === null
    ? Date.parse(delivery.availableAt) + policy.expressLimitMinutes * MINUTE_MS
    : Date.parse(delivery.expressAt);
}

/**
 * What is to be done now; the same state gives the same answer, however often and late it is asked. After an outage
 * several steps are overdue: of those to the same recipient only the latest is carried out, and none to another is lost.
 * @param recipientOf who a step reaches, when the caller knows that two targets are one person; else the target
 */
export function nextAction(
  chain: Chain,
  state: EscalationState,
  now: number,
  recipientOf: (step: PlannedStep) => string = ({ target }) => target,
): NextAction {
  if (isOver(chain.kind, state)) return { due: null, skipped: [], nextAt: null };
  const done = new Set(state.stepsDone);
  const begun = chain.steps.filter(({ index, at }) => done.has(index) || at <= now);
  const needless = begun
    .filter((step, place) => {
      if (done.has(step.index)) return false;
      return begun.slice(place + 1).some((later) => recipientOf(later) === recipientOf(step));
    })
    .map(({ index }) => index);
  const [next, following] = chain.steps.filter(({ index }) => !done.has(index) && !needless.includes(index));
  if (next === undefined || next.at > now) return { due: null, skipped: needless, nextAt: next?.at ?? null };
  return { due: next, skipped: needless, nextAt: following?.at ?? null };
}

/**
 * Whom a step reaches at the instant of sending: one person. Whoever is not there, or has no address for the step's
 * channels, is passed over for the head of office, then the supervising agency, at last the sender's call.
 */
export function resolveTarget(
  step: Pick<PlannedStep, 'target' | 'channels'>,
  rotas: EscalationRotas,
  at: number,
): ResolvedTarget {
  const passedOver: PassedOver[] = [];
  for (const target of wayOf(step.target)) {
    for (const { of, rota, officerId } of candidates(target, rotas, at)) {
      const officer = rota.officers.find(({ id }) => id === officerId);
      const channels = officer ? step.channels.filter((channel) => reaches(officer, channel)) : [];
      if (officer && channels.length > 0) return { kind: 'officer', officer, of, target, channels, passedOver };
      const reason = officerId === null ? 'nobody' : officer ? 'no-address' : 'unknown-officer';
      passedOver.push({ target, reason });
    }
  }
  return { kind: 'sender-call', ...callTarget(rotas.own, at), passedOver };
}

/** Whether an officer can be told by a channel. A number that is not verified is tried: it may be right. */
export function reaches(officer: Officer, channel: NoticeChannel): boolean {
  if (channel === 'email') return officer.email !== null;
  return officer.phone !== null && phoneKind(officer.phone) === 'mobile';
}

/** The number that the sender's clerk calls, and whom to ask for: the office, else the officer on duty, else the head. */
export function callTarget(rota: Rota, at: number): { readonly phone: string | null; readonly askFor: string | null } {
  if (rota.officePhone !== null) return { phone: rota.officePhone, askFor: rota.officeContact };
  const officers = [onDuty(rota, at), headOn(rota, at)].map((id) => rota.officers.find((officer) => officer.id === id));
  const officer = officers.find((one) => one !== undefined && one.phone !== null);
  return { phone: officer?.phone ?? null, askFor: officer?.name ?? rota.officeContact };
}

type OfficerTarget = Exclude<EscalationTarget, 'sender-call'>;

const fallback: readonly OfficerTarget[] = ['head-of-office', 'supervisor'];

function wayOf(target: EscalationTarget): readonly OfficerTarget[] {
  if (target === 'sender-call') return [];
  const place = fallback.indexOf(target);
  return place === -1 ? [target, ...fallback] : fallback.slice(place);
}

interface Candidate {
  readonly of: 'own' | 'supervisor';
  readonly rota: Rota;
  readonly officerId: string | null;
}

function candidates(target: OfficerTarget, { own, supervisor }: EscalationRotas, at: number): readonly Candidate[] {
  switch (target) {
    case 'on-duty':
      return [{ of: 'own', rota: own, officerId: onDuty(own, at) }];
    case 'next-on-duty':
      return [{ of: 'own', rota: own, officerId: nextOnDuty(own, at) }];
    case 'head-of-office':
      return [{ of: 'own', rota: own, officerId: headOn(own, at) }];
    case 'supervisor':
      if (supervisor === null) return [{ of: 'supervisor', rota: own, officerId: null }];
      return [onDuty(supervisor, at), headOn(supervisor, at)].map((officerId) => ({
        of: 'supervisor',
        rota: supervisor,
        officerId,
      }));
  }
}

/** A document that is registered has been opened, even if that report was lost; its deadline stays until it is dealt with. */
function isOver(kind: Chain['kind'], state: EscalationState): boolean {
  if (state.stopped || state.returnedAt !== null || state.finishedAt !== null) return true;
  return kind === 'opening' && (state.openedAt !== null || state.registeredAt !== null);
}

function openingSteps(
  policy: EscalationPolicy,
  delivery: EscalatedDelivery,
  { hours, calendar }: WorkingContext,
): readonly PlannedStep[] {
  const available = Date.parse(delivery.availableAt);
  const counted = policy.steps.filter(({ timing }) => timing.when === 'before-hour').length;
  // Without its hour an express has the time that every express has.
  const hour = openBy(policy, delivery) ?? Date.parse(delivery.expressAt ?? delivery.availableAt);
  const lastMinutes = Math.min(
    ...policy.steps.flatMap(({ timing }) => (timing.when === 'before-hour' ? timing.minutes : [])),
  );
  const last = Math.max(available, hour - lastMinutes * MINUTE_MS);
  let passed = 0;
  const planned = policy.steps.flatMap(({ timing, target, channels }, index): readonly PlannedStep[] => {
    switch (timing.when) {
      case 'after': {
        const at =
          timing.time === 'clock'
            ? available + timing.minutes * MINUTE_MS
            : addWorkingMinutes(available, timing.minutes, hours, calendar);
        return [{ index, at, target, channels }];
      }
      case 'before-hour': {
        passed += 1;
        // With little time left a step comes no sooner than its share of it, so that the steps keep apart.
        const share = available + Math.round(((last - available) * passed) / counted);
        const at = Math.min(last, Math.max(share, hour - timing.minutes * MINUTE_MS));
        return [{ index, at, target, channels }];
      }
      case 'before-due':
      case 'overdue':
        return [];
    }
  });
  // A step never waits for a longer one listed before it when it is counted from the hour: that one comes sooner.
  let latest = Infinity;
  const capped = planned.toReversed().map((step) => {
    if (policy.steps[step.index]?.timing.when === 'before-hour') latest = Math.min(latest, step.at);
    return { ...step, at: Math.min(step.at, latest) };
  });
  let earliest = -Infinity;
  return capped.toReversed().map((step) => {
    earliest = Math.max(earliest, step.at);
    return { ...step, at: earliest };
  });
}

function deadlineSteps(
  policy: EscalationPolicy,
  delivery: EscalatedDelivery,
  { hours, calendar }: WorkingContext,
): readonly PlannedStep[] {
  if (delivery.dueAt === null) return [];
  const due = Date.parse(delivery.dueAt);
  return policy.steps.flatMap(({ timing, target, channels }, index): readonly PlannedStep[] => {
    switch (timing.when) {
      case 'before-due': {
        const day = addWorkingDays(vietnamDay(due), -timing.days, hours, calendar);
        const at = Math.min(due, Date.parse(vietnamInstant(day, timing.at)));
        // What arrives later than that is new to the reader: no reminder of it is owed.
        return at < Date.parse(delivery.availableAt) ? [] : [{ index, at, target, channels }];
      }
      case 'overdue':
        return [{ index, at: nextWorkingInstant(due, hours, calendar), target, channels }];
      case 'after':
      case 'before-hour':
        return [];
    }
  });
}
