import { CodedError } from '#shared/errors/coded-error.ts';
import { mayLimit as limiting, type LimitedReader } from '#shared/contract/access.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { Session } from '../people/session.ts';
import type { ReadStores } from '../ports/stores.ts';

type AccessCalls = Pick<CoreHandlers, 'access.of' | 'access.limit' | 'access.open'>;

/** Who may see a document. */
export function accessCalls({ registers }: CoreContext, session: Session): AccessCalls {
  const mayLimit = (): boolean => session.caller()?.roles.some((role) => limiting.includes(role)) === true;
  return {
    'access.of': ({ id }) => {
      requireDocument(registers, id);
      const limit = registers.access.limitOf(id);
      return {
        limited:
          limit === null
            ? null
            : {
                at: limit.at,
                byName: limit.byName,
                readers: [...limit.readers],
                seen: mayLimit() ? registers.access.seen(id) : [],
              },
      };
    },
    'access.limit': ({ id, readers }, caller, transact) =>
      transact(({ stores, at }) => {
        requireDocument(stores, id);
        // Nobody shuts herself out.
        const own: LimitedReader[] = caller.roles.includes('records-clerk')
          ? []
          : [{ kind: 'person', id: caller.personId }];
        const named = new Map([...own, ...readers].map((reader) => [`${reader.kind} ${reader.id}`, reader]));
        for (const reader of readers) {
          if (stores.handling.assignee(reader.kind, reader.id) === null) throw new CodedError('NOBODY_SUCH');
        }
        stores.access.limit(id, [...named.values()], caller.personId, at);
        return { id };
      }),
    'access.open': ({ id }, _caller, transact) =>
      transact(({ stores }) => {
        requireDocument(stores, id);
        stores.access.open(id);
        return { id };
      }),
  };
}

/** @throws CodedError NOT_FOUND */
function requireDocument({ incoming, outgoing }: Pick<ReadStores, 'incoming' | 'outgoing'>, id: string): void {
  if (incoming.find(id) === null && outgoing.find(id) === null) throw new CodedError('NOT_FOUND', { id });
}
