import type { CallOutput } from '#shared/contract/contract.ts';
import type { AgencyGroup, DirectoryAgency } from '#shared/contract/directory.ts';

/** Recipients as a form shows them: under a collective name, or alone. */
export interface GroupedRecipients {
  readonly groups: readonly {
    readonly name: string;
    /** How many the name stands for. */
    readonly of: number;
    readonly agencies: readonly DirectoryAgency[];
  }[];
  readonly alone: readonly DirectoryAgency[];
}

/**
 * The recipients that there are now, by the last answer. One that was added since is not in it, and comes with the next
 * answer: a group of fifteen must not be fifteen chips for a moment.
 */
export function groupRecipients(
  recipients: readonly DirectoryAgency[],
  { groups, alone }: CallOutput<'directory.grouped'>,
): GroupedRecipients {
  const known = new Map(recipients.map((agency) => [agency.code, agency]));
  const find = (codes: readonly string[]) => codes.flatMap((code) => known.get(code) ?? []);
  return {
    groups: groups
      .map(({ name, of, codes }) => ({ name, of, agencies: find(codes) }))
      .filter(({ agencies }) => agencies.length > 0),
    alone: find(alone),
  };
}

/** Those of a group that are not chosen yet are added at the end. */
export function withGroup(
  recipients: readonly DirectoryAgency[],
  { agencies }: Pick<AgencyGroup, 'agencies'>,
): readonly DirectoryAgency[] {
  const chosen = new Set(recipients.map(({ code }) => code));
  return [...recipients, ...agencies.filter(({ code }) => !chosen.has(code))];
}

export const without = (
  recipients: readonly DirectoryAgency[],
  dropped: readonly DirectoryAgency[],
): readonly DirectoryAgency[] => {
  const codes = new Set(dropped.map(({ code }) => code));
  return recipients.filter(({ code }) => !codes.has(code));
};
