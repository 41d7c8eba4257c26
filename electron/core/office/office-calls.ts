import { CodedError } from '#shared/errors/coded-error.ts';
import type { Sight } from '../access/sight.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { Session } from '../people/session.ts';
import type { Sync } from '../sync/sync.ts';
import { workTime } from './work-time.ts';

type OfficeCalls = Pick<
  CoreHandlers,
  'office.identity' | 'office.workTime' | 'office.counts' | 'office.listValues' | 'office.setUp' | 'office.search'
>;

export function officeCalls(ctx: CoreContext, sync: Sync, session: Session, sight: Sight): OfficeCalls {
  const { registers } = ctx;
  return {
    'office.identity': () => {
      const connection = sync.connection();
      return {
        agency: registers.office.agency(),
        enrolled: connection !== null,
        serverUrl: connection?.url ?? null,
      };
    },
    'office.workTime': () => workTime(registers.duty),
    'office.listValues': ({ direction }) => registers[direction].listValues(sight.hidden()),
    'office.counts': () => {
      const now = ctx.clock.now();
      return {
        incoming: registers.incoming.counts(now, session.caller()?.personId ?? ''),
        outgoing: registers.outgoing.counts(now),
        calls: registers.watch.callsWaiting(),
        extensions: registers.watch.extensionsWaiting(),
        setAside: registers.inboxProblems.count(),
      };
    },
    'office.setUp': (input, _caller, transact) => {
      if (sync.connection() !== null) throw new CodedError('ALREADY_ENROLLED');
      const agency = { code: input.agencyCode, name: input.agencyName.normalize('NFC') };
      return transact(({ stores }) => {
        stores.office.setAgency(agency);
        return { agency };
      });
    },
    'office.search': (input) => ({ hits: registers.search.find(input.text, input.limit, sight.hidden()) }),
  };
}
