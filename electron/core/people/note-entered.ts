import type { CoreContext } from '../core-context.ts';
import type { Session } from './session.ts';
import { signInRules } from './sign-in-rules.ts';

/** Notes in the trail whom the account of Windows let in with the start of the program, which no command does. */
export function noteEntered(ctx: CoreContext, session: Session): void {
  const caller = session.caller();
  if (caller === null || !signInRules(ctx.registers.settings).required) return;
  const { personId, name } = caller;
  const actor = { kind: 'person', id: personId, name } as const;
  const params = { personId, account: ctx.account ?? '' };
  try {
    ctx.transact('session.entered', null, ({ stores, at }) => {
      stores.audit.add({ at, actor, action: 'session.signInByAccount', params });
    });
  } catch (error) {
    // A full disk: what she does next cannot be written either, and says so.
    ctx.log.error('sign-in-not-noted', error);
  }
}
