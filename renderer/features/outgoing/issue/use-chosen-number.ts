import type { NumberChoice, OutgoingDetail } from '#shared/contract/outgoing.ts';
import { outgoingMachine } from '#shared/domain/outgoing-state.ts';
import { useCall } from '../../../api/use-call.ts';

interface ChosenNumber {
  readonly number: number;
  readonly suffix: string;
}

/** The number that a choice comes to; null while nobody knows, and for a letter that has one. */
export function useChosenNumber(detail: OutgoingDetail, take: NumberChoice | null): ChosenNumber | null {
  const isOpen = outgoingMachine.allows(detail.state, 'number');
  const next = useCall('outgoing.nextNumber', { id: detail.id }, { enabled: isOpen }).data;
  const beside = take?.kind === 'beside' ? take.number : null;
  const suffix = useCall('outgoing.nextSuffix', { id: detail.id, number: beside ?? 1 }, { enabled: beside !== null })
    .data?.suffix;
  if (!isOpen || take === null || next === undefined) return null;
  switch (take.kind) {
    case 'next':
      return { number: next.number, suffix: '' };
    case 'reserved':
      return { number: take.number, suffix: take.suffix };
    case 'beside':
      return suffix == null ? null : { number: take.number, suffix };
  }
}
