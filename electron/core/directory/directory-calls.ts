import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { resolveAddressees } from './resolve-addressees.ts';

type DirectoryCalls = Pick<CoreHandlers, 'directory.search' | 'directory.resolve'>;

export function directoryCalls({ registers }: CoreContext): DirectoryCalls {
  return {
    'directory.search': (input) => registers.agencies.search(input.text, input.limit),
    'directory.resolve': (input) => {
      const { codes, unmatched } = resolveAddressees(input.lines, registers.agencies.all());
      const self = registers.office.agency()?.code;
      const agencies = codes
        .filter((code) => code !== self)
        .map((code) => registers.agencies.find(code))
        .filter((agency) => agency !== null);
      return { agencies, unmatched: [...unmatched] };
    },
  };
}
