/**
 * Life of an outgoing document (văn bản đi). `approved`, `numbered` and `signed` wait for a signature, `sealed` and
 * `queued` wait to leave, `sent` has a receipt of the exchange. A cancelled one keeps its number (NĐ 30/2020 Điều 15).
 */
export const outgoingStates = [
  'draft',
  'discarded',
  'approved',
  'numbered',
  'signed',
  'sealed',
  'queued',
  'sent',
  'cancelled',
] as const;
export type OutgoingState = (typeof outgoingStates)[number];

export type OutgoingStep =
  'discard' | 'restore' | 'approve' | 'reopen' | 'number' | 'sign' | 'seal' | 'queue' | 'acknowledge' | 'cancel';

const steps: Readonly<Record<OutgoingStep, { from: readonly OutgoingState[]; to: OutgoingState }>> = {
  discard: { from: ['draft'], to: 'discarded' },
  restore: { from: ['discarded'], to: 'draft' },
  approve: { from: ['draft'], to: 'approved' },
  reopen: { from: ['approved'], to: 'draft' },
  number: { from: ['approved'], to: 'numbered' },
  sign: { from: ['numbered'], to: 'signed' },
  seal: { from: ['signed'], to: 'sealed' },
  queue: { from: ['sealed'], to: 'queued' },
  acknowledge: { from: ['queued'], to: 'sent' },
  cancel: { from: ['numbered', 'signed', 'sealed'], to: 'cancelled' },
};

/** The state after `step`, or null when the step is not allowed from `state`. */
export function nextOutgoingState(state: OutgoingState, step: OutgoingStep): OutgoingState | null {
  const rule = steps[step];
  return rule.from.includes(state) ? rule.to : null;
}

/**
 * How far a sent document has got with one recipient. The last four come from the recipient's own statuses
 * (edXML 01, 03, 02, 06); the order is the order of progress.
 */
export const deliveryStates = [
  'planned',
  'queued',
  'unknown-recipient',
  'delivered',
  'arrived',
  'accepted',
  'refused',
  'completed',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];
