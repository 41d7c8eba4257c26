import type { Caller } from '#shared/domain/roles.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { Session } from '../people/session.ts';

type FormCalls = Pick<CoreHandlers, 'forms.list' | 'forms.read' | 'forms.keep' | 'forms.forget'>;

/** What is being typed. Nobody sees what another person has not saved. */
export function formCalls(ctx: CoreContext, session: Pick<Session, 'caller'>): FormCalls {
  const me = (): string => session.caller()?.personId ?? '';
  return {
    'forms.list': () => ({
      personId: me(),
      forms: ctx.registers.forms.of(me()).map(({ kind, key, version, keptAt }) => ({ kind, key, version, keptAt })),
    }),
    'forms.read': (name) => {
      const form = ctx.registers.forms.find(me(), name);
      if (form === null) throw new CodedError('NOT_FOUND');
      return { version: form.version, body: form.body };
    },
    'forms.keep': ({ personId, kind, key, version, body, files }, caller, transact) =>
      transact(({ stores, at }) => {
        requireOwn(caller, personId);
        stores.forms.keep({ personId, kind, key, version, body, keptAt: at }, files);
        return {};
      }),
    'forms.forget': ({ personId, kind, key }, caller, transact) =>
      transact(({ stores }) => {
        requireOwn(caller, personId);
        stores.forms.forget(personId, { kind, key });
        return {};
      }),
  };
}

/** Somebody else may have signed in while it was on its way. @throws CodedError NOT_ALLOWED */
function requireOwn(caller: Caller, personId: string): void {
  if (caller.personId !== personId) throw new CodedError('NOT_ALLOWED', { may: '' });
}
