import type { DirectoryAgency } from '#shared/contract/directory.ts';
import { isAgencyLookedFor } from '#shared/domain/agency-search.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { ReadStores } from '../ports/stores.ts';
import { comparableName } from './comparable-name.ts';
import { groupAgencies } from './group-agencies.ts';
import { resolveAddressees } from './resolve-addressees.ts';

type DirectoryCalls = Pick<
  CoreHandlers,
  | 'directory.search'
  | 'directory.resolve'
  | 'directory.groups'
  | 'directory.grouped'
  | 'directory.lists'
  | 'directory.saveList'
  | 'directory.removeList'
>;

export function directoryCalls(ctx: CoreContext): DirectoryCalls {
  const { registers } = ctx;
  const selfCode = () => registers.office.agency()?.code;
  /** As the directory has them; the office itself is no recipient of its own. */
  const agenciesOf = (codes: readonly string[]): DirectoryAgency[] => {
    const self = selfCode();
    return codes
      .filter((code) => code !== self)
      .map((code) => registers.agencies.find(code))
      .filter((agency) => agency !== null);
  };
  return {
    'directory.search': (input) => registers.agencies.search(input.text, input.limit),
    'directory.resolve': (input) => {
      const { codes, unmatched } = resolveAddressees(input.lines, registers.agencies.withLists());
      return { agencies: agenciesOf(codes), unmatched: [...unmatched] };
    },
    'directory.groups': ({ text, limit }) => {
      const found = [
        ...registers.agencies.lists().map(({ name, members }) => ({
          name,
          own: true,
          codes: members.map(({ code }) => code),
          gone: members.filter(({ gone }) => gone).map(({ code, name: kept }) => ({ code, name: kept })),
        })),
        ...[...collectiveNames(registers)]
          .toSorted(([one], [other]) => one.localeCompare(other, 'vi'))
          .map(([name, codes]) => ({ name, own: false, codes, gone: [] })),
      ].filter(({ name }) => isAgencyLookedFor(foldVietnamese(name), text));
      return {
        groups: found.slice(0, limit).map(({ codes, ...group }) => ({ ...group, agencies: agenciesOf(codes) })),
        total: found.length,
      };
    },
    'directory.grouped': ({ codes }) => {
      const self = selfCode();
      const agencies = registers.agencies.withLists().filter(({ code }) => code !== self);
      const asked = new Set(codes);
      const groups = groupAgencies([...asked], agencies).map((group) => ({ ...group, codes: [...group.codes] }));
      for (const { codes: members } of groups) for (const code of members) asked.delete(code);
      return { groups, alone: [...asked] };
    },
    'directory.lists': () => ({ lists: registers.agencies.lists() }),
    'directory.saveList': ({ listId, name, codes }, caller, transact) =>
      transact(({ stores, at }) => {
        const lists = stores.agencies.lists();
        const before = lists.find(({ id }) => id === listId);
        if (listId !== null && before === undefined) throw new CodedError('NOT_FOUND');
        const taken = [
          ...lists.filter(({ id }) => id !== listId).map((list) => list.name),
          ...collectiveNames(stores).keys(),
        ];
        if (taken.some((other) => comparableName(other) === comparableName(name))) {
          throw new CodedError('LIST_NAME_TAKEN', { name });
        }
        const self = stores.office.agency()?.code;
        const members = [...new Set(codes)].map((code) => {
          if (code === self) throw new CodedError('RECIPIENT_IS_SELF', { agency: code });
          // One that has left the directory stays until somebody takes it out.
          const member = stores.agencies.find(code) ?? before?.members.find((each) => each.code === code);
          if (member === undefined) throw new CodedError('RECIPIENT_NOT_IN_DIRECTORY', { agency: code });
          return { code, name: member.name };
        });
        const id = listId ?? ctx.ids.next();
        stores.agencies.putList({ id, name: name.normalize('NFC'), members, at, personId: caller.personId });
        return { listId: id, count: members.length };
      }),
    'directory.removeList': ({ listId }, _caller, transact) =>
      transact(({ stores }) => {
        const list = stores.agencies.lists().find(({ id }) => id === listId);
        if (list === undefined) throw new CodedError('NOT_FOUND');
        stores.agencies.dropList(listId);
        return { name: list.name };
      }),
  };
}

/** The directory's collective names, each with the codes of those who bear it. */
function collectiveNames({ agencies }: Pick<ReadStores, 'agencies'>): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { code, groups } of agencies.all()) {
    for (const name of groups) names.set(name, [...(names.get(name) ?? []), code]);
  }
  return names;
}
