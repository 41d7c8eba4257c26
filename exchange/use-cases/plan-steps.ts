import { deadlineStep, OPENING_STEP } from '#shared/domain/delivery-events.ts';
import { defaultPolicies } from '#shared/domain/default-policies.ts';
import {
  type EscalationKind,
  type EscalationPolicy,
  escalationKinds,
  policyFor,
} from '#shared/domain/escalation-policy.ts';
import {
  type Chain,
  chainOf,
  type EscalatedDelivery,
  type EscalationRotas,
  type EscalationState,
  nextAction,
  type PlannedStep,
  type ResolvedTarget,
  resolveTarget,
  type WorkingContext,
} from '#shared/domain/escalation.ts';
import { emptyRota, type Rota } from '#shared/domain/rota.ts';
import { DEFAULT_OFFICE_HOURS } from '#shared/domain/working-time.ts';
import type { WatchedDeliveryRow } from '../storage/alarm-store.ts';
import type { Database } from '../storage/database.ts';

/** What decides which steps a delivery has, and which of them are done. */
export type PlannedFor = Pick<
  WatchedDeliveryRow,
  'recipientCode' | 'parentCode' | 'policyId' | 'delivery' | 'state' | 'stepKeys' | 'failedKeys'
>;

/** A step with the key of its event. */
export interface KeyedStep {
  readonly key: string;
  readonly kind: EscalationKind;
  readonly step: PlannedStep;
}

export interface NextSteps {
  readonly due: KeyedStep | null;
  readonly skipped: readonly string[];
  /** When to look again, milliseconds since 1970; null when nothing is left. */
  readonly nextAt: number | null;
}

/** Plans the steps of deliveries. What it has read of an agency it keeps: make one for each piece of work. */
export interface Planner {
  next(delivery: PlannedFor, now: Date): Promise<NextSteps>;
  /** Steps that are not done, with whom they would reach as things stand: those to come, or those that an opening has stopped. */
  toCome(
    delivery: PlannedFor,
    now: Date,
  ): Promise<readonly (KeyedStep & { readonly at: number; readonly target: ResolvedTarget })[]>;
  resolve(delivery: PlannedFor, step: PlannedStep, at: number): Promise<ResolvedTarget>;
}

export function createPlanner({ duty }: Pick<Database, 'duty'>): Planner {
  const rotas = remember(async (code: string): Promise<Rota | null> => (await duty.rota(code))?.rota ?? null);
  const hours = remember(async (code: string) => (await duty.hours(code)) ?? DEFAULT_OFFICE_HOURS);
  const calendar = remember(() => duty.calendar());
  const policies = remember(async (id: string) => duty.policies(id));

  const working = async (code: string): Promise<WorkingContext> => ({
    hours: await hours(code),
    calendar: await calendar(''),
  });
  const chains = async (planned: PlannedFor): Promise<{ readonly prefix: string; readonly chain: Chain }[]> => {
    const { policyId, delivery } = planned;
    const known: readonly EscalationPolicy[] = policyId === null ? defaultPolicies : await policies(policyId);
    const context = await working(planned.recipientCode);
    return escalationKinds.flatMap((kind) => {
      const policy = policyFor(known, delivery.urgency, kind);
      if (policy === null || (kind === 'deadline' && delivery.dueAt === null)) return [];
      return [{ prefix: prefixOf(kind, delivery), chain: chainOf(policy, delivery, context) }];
    });
  };
  const stateOf = (planned: PlannedFor, prefix: string): EscalationState => ({
    ...planned.state,
    stepsDone: indexesOf(planned.stepKeys, prefix),
  });
  const rotasOf = async ({ recipientCode, parentCode }: PlannedFor): Promise<EscalationRotas> => ({
    own: (await rotas(recipientCode)) ?? emptyRota,
    supervisor: parentCode === null ? null : await rotas(parentCode),
  });

  return {
    next: async (planned, now) => {
      const actions = [];
      for (const { prefix, chain } of await chains(planned)) {
        const state = stateOf(planned, prefix);
        const action = nextAction(chain, state, now.getTime());
        // Nobody was reached by the last step: the next one need not wait for its time.
        const hurried =
          action.due === null && action.nextAt !== null && lastFailed(planned, prefix)
            ? nextAction(chain, state, action.nextAt)
            : action;
        actions.push({ prefix, kind: chain.kind, ...hurried });
      }
      const due = actions.find((action) => action.due !== null);
      const times = actions.flatMap(({ nextAt }) => (nextAt === null ? [] : [nextAt]));
      return {
        due: due?.due ? { key: due.prefix + due.due.index, kind: due.kind, step: due.due } : null,
        skipped: actions.flatMap(({ prefix, skipped }) => skipped.map((index) => prefix + index)),
        nextAt: times.length === 0 ? null : Math.min(...times),
      };
    },
    toCome: async (planned, now) => {
      const { returnedAt, stopped, finishedAt } = planned.state;
      if (stopped || returnedAt !== null || finishedAt !== null) return [];
      const coming = [];
      for (const { prefix, chain } of await chains(planned)) {
        const done = new Set(indexesOf(planned.stepKeys, prefix));
        for (const step of chain.steps) {
          if (done.has(step.index)) continue;
          const at = Math.max(step.at, now.getTime());
          const target = resolveTarget(step, await rotasOf(planned), at);
          coming.push({ key: prefix + step.index, kind: chain.kind, step, at, target });
        }
      }
      return coming.toSorted((a, b) => a.at - b.at);
    },
    resolve: async (planned, step, at) => resolveTarget(step, await rotasOf(planned), at),
  };
}

function prefixOf(kind: EscalationKind, { dueAt }: EscalatedDelivery): string {
  return kind === 'deadline' ? deadlineStep(dueAt ?? '') : OPENING_STEP;
}

function indexesOf(keys: readonly string[], prefix: string): number[] {
  return keys.filter((key) => key.startsWith(prefix)).map((key) => Number(key.slice(prefix.length)));
}

function lastFailed({ stepKeys, failedKeys }: PlannedFor, prefix: string): boolean {
  const indexes = indexesOf(stepKeys, prefix);
  return indexes.length > 0 && failedKeys.includes(`${prefix}${Math.max(...indexes)}`);
}

function remember<Key extends string, Value>(load: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const known = new Map<Key, Promise<Value>>();
  return (key) => {
    const kept = known.get(key) ?? load(key);
    known.set(key, kept);
    return kept;
  };
}
