import { SEEN } from '#shared/contract/access.ts';
import type { CallName } from '#shared/contract/contract.ts';
import type { CoreContext } from '../core-context.ts';
import type { Session } from '../people/session.ts';

/** Looking again within an hour is the same look. */
const SAME_LOOK_MS = 3_600_000;
/** Calls whose answer is the document itself. */
const showing: readonly CallName[] = [
  'incoming.get',
  'incoming.handlingSheet',
  'outgoing.get',
  'outgoing.look',
  'printing.handlingSheet',
  'printing.verification',
];

/** Notes in the trail that somebody has seen a limited document, unless that was noted a short while ago. */
export function noteSeen(ctx: CoreContext, session: Session): (name: CallName, input: unknown) => void {
  return (name, input) => {
    const caller = session.caller();
    const { id } = input as { readonly id?: string };
    if (id === undefined || caller === null || !showing.includes(name)) return;
    const { access } = ctx.registers;
    if (access.limitOf(id) === null) return;
    const last = access.lastSeen(id, caller.personId);
    // A clock that was set back notes it once more.
    if (last !== null && Math.abs(ctx.clock.now().getTime() - Date.parse(last)) < SAME_LOOK_MS) return;
    const [delegator] = caller.actsFor;
    const behalf = delegator === undefined ? {} : { onBehalfOf: { id: delegator.personId, name: delegator.name } };
    const actor = { kind: 'person', id: caller.personId, name: caller.name, ...behalf } as const;
    ctx.transact('access.seen', null, ({ stores, at }) => {
      stores.audit.add({ at, actor, action: SEEN, params: { call: name }, subject: id });
    });
  };
}
