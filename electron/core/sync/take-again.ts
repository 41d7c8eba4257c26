import type { CoreContext } from '../core-context.ts';
import type { WriteStores } from '../ports/stores.ts';
import type { InboxProblem } from './sync-stores.ts';

const READ_BY = 'set-aside-read-by';

/** A message that was set aside waits to be taken in once more. */
export function takeAgain(
  { inbox, inboxProblems }: Pick<WriteStores, 'inbox' | 'inboxProblems'>,
  { item }: InboxProblem,
  at: string,
): void {
  inboxProblems.remove(item.messageId);
  inbox.add(item, at);
}

/** Takes all again that an earlier version of the program could not read: this one may. Once for each version. */
export function takeAgainAfterUpdate(ctx: CoreContext): void {
  if (ctx.registers.settings.get(READ_BY) === ctx.appVersion) return;
  ctx.transact('take-again-after-update', null, ({ stores, at }) => {
    for (const problem of stores.inboxProblems.list(Number.MAX_SAFE_INTEGER)) takeAgain(stores, problem, at);
    stores.settings.set(READ_BY, ctx.appVersion);
  });
}
