import type { CallInput } from '#shared/contract/contract.ts';
import type { DifferenceKey, DecisionWay } from '#shared/domain/last-look.ts';
import { useCommand } from '../../../api/use-command.ts';
import type { CallFailure } from '../../../api/call-failure.ts';

export type LookedWith = Pick<CallInput<'outgoing.look'>, 'take' | 'personCertificateId' | 'sealCertificateId'>;

export interface Deciding {
  /** True when it was noted. */
  readonly decide: (way: DecisionWay, more?: { reason?: string; agencies?: readonly string[] }) => Promise<boolean>;
  readonly busy: boolean;
  readonly failure: CallFailure | null;
}

/** Notes what the clerk decides about one difference. */
export function useDecide(
  { id, revision }: { readonly id: string; readonly revision: number },
  looked: LookedWith,
  { kind, subject }: DifferenceKey,
): Deciding {
  const command = useCommand('outgoing.decide');
  return {
    busy: command.busy,
    failure: command.failure,
    decide: async (way, { reason = '', agencies = [] } = {}) => {
      const decision = { kind, subject, way, reason, agencies: [...agencies] };
      return (await command.run({ id, revision, ...looked, decisions: [decision] })).ok;
    },
  };
}
