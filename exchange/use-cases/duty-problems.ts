import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { type RotaProblem, rotaProblems } from '#shared/domain/rota-problems.ts';
import type { Database } from '../storage/database.ts';

const DAY_MS = 24 * 3_600_000;

/** An agency that an express document would not reach, as things stand. */
export interface AgencyProblems {
  readonly code: string;
  readonly name: string;
  /** Whether the agency has told the exchange a rota at all. */
  readonly hasRota: boolean;
  readonly problems: readonly {
    readonly code: RotaProblem['code'];
    readonly params: RotaProblem['params'];
    /** Việt Nam time; null when it always is so. */
    readonly from: string | null;
    readonly to: string | null;
  }[];
}

/** What is wrong with the rotas of all agencies in the coming days, before it hurts. Those without a fault are left out. */
export async function dutyProblems(
  { duty, directory }: Pick<Database, 'duty' | 'directory'>,
  days: number,
  now: Date,
): Promise<readonly AgencyProblems[]> {
  const found: AgencyProblems[] = [];
  for (const { code, name, parentCode } of await directory.changedSince(0)) {
    const kept = await duty.rota(code);
    if (kept === null) {
      found.push({ code, name, hasRota: false, problems: [] });
      continue;
    }
    const hasSupervisor = parentCode !== null && (await duty.rota(parentCode)) !== null;
    const policies = (await duty.currentPolicies(parentCode ?? ''))?.policies ?? [];
    const from = now.getTime();
    const problems = rotaProblems(kept.rota, policies, from, from + days * DAY_MS, hasSupervisor);
    if (problems.length > 0) found.push({ code, name, hasRota: true, problems: problems.map(described) });
  }
  return found;
}

function described({ code, params, span }: RotaProblem): AgencyProblems['problems'][number] {
  const local = (at: number | undefined): string | null => (at === undefined ? null : vietnamTimestamp(at));
  return { code, params, from: local(span?.from), to: local(span?.to) };
}
