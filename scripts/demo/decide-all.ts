import { randomUUID } from 'node:crypto';
import type { CallInput, CallOutput } from '#shared/contract/contract.ts';
import type { Look } from '#shared/contract/last-look.ts';
import { waysOf } from '#shared/domain/last-look.ts';

/** Keys that a letter is to be signed with. */
interface Keys {
  readonly person: string | null;
  readonly seal: string | null;
}

type Call = <N extends 'outgoing.look' | 'outgoing.decide'>(name: N, input: CallInput<N>) => Promise<CallOutput<N>>;

/** A clerk who accepts whatever differs: what a test or a demonstration takes that is not about it. */
export async function decideAll(call: Call, at: { id: string; revision: number }, keys: Keys): Promise<void> {
  const looked = { personCertificateId: keys.person, sealCertificateId: keys.seal };
  const { differences } = await call('outgoing.look', { id: at.id, ...looked });
  const decisions = differences.filter(({ decision }) => decision === null).map(accepted);
  if (decisions.length === 0) return;
  await call('outgoing.decide', { id: at.id, revision: at.revision, ...looked, decisions, commandId: randomUUID() });
}

function accepted({ kind, subject }: Look['differences'][number]) {
  const way = waysOf[kind].includes('accepted') ? ('accepted' as const) : ('not-sent' as const);
  return { kind, subject, way, reason: 'Đã xem', agencies: [] };
}
