import type { EscalatedDelivery, EscalationState } from '#shared/domain/escalation.ts';
import type { Urgency } from '#shared/domain/urgency.ts';

/** Times of a delivery as a query gives them. */
export interface DeliveryTimes {
  readonly urgency: Urgency;
  readonly availableAt: Date;
  readonly expressAt: Date | null;
  readonly dueAt: Date | null;
  readonly openedAt: Date | null;
  readonly returnedAt: Date | null;
  readonly registeredAt: Date | null;
  readonly finishedAt: Date | null;
  readonly recalledAt: Date | null;
}

/** Of a delivery, what its steps are planned from. */
export interface EscalationFacts {
  readonly delivery: EscalatedDelivery;
  readonly state: Omit<EscalationState, 'stepsDone'>;
}

export function escalationFacts(times: DeliveryTimes): EscalationFacts {
  const text = (at: Date | null): string | null => at?.toISOString() ?? null;
  const { urgency, availableAt, expressAt, dueAt } = times;
  return {
    delivery: { urgency, availableAt: availableAt.toISOString(), expressAt: text(expressAt), dueAt: text(dueAt) },
    state: {
      openedAt: text(times.openedAt),
      returnedAt: text(times.returnedAt),
      registeredAt: text(times.registeredAt),
      finishedAt: text(times.finishedAt),
      stopped: times.recalledAt !== null,
    },
  };
}
