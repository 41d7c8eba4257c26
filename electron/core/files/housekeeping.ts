import type { CoreContext } from '../core-context.ts';

/** After the office's first minutes, so that it never delays a start. */
const FIRST_AFTER_MS = 5 * 60_000;
const DAY_MS = 24 * 3_600_000;
/** A screen asks for the answer of a command again within seconds, or after a restart; never after weeks. */
const REMEMBERED_DAYS = 30;

/** Clears what nothing needs any more, once per start; the returned function calls it off. */
export function scheduleHousekeeping(ctx: CoreContext): () => void {
  return ctx.timers.after(FIRST_AFTER_MS, () => {
    keepHouse(ctx).catch((error: unknown) => ctx.log.error('housekeeping-failed', error));
  });
}

/** Removes stored files that no row needs, and answers of commands that nobody will ask for again. */
export async function keepHouse(ctx: CoreContext): Promise<void> {
  const now = ctx.clock.now().getTime();
  const longAgo = new Date(now - REMEMBERED_DAYS * DAY_MS).toISOString();
  ctx.transact('forget-commands', null, ({ stores }) => stores.commands.forgetBefore(longAgo));
  let removed = 0;
  // Never one younger than a day, and never one that this process stored: its row may be about to be written.
  for await (const { fileId } of ctx.files.storedBefore(now - DAY_MS)) {
    if (ctx.registers.files.isReferenced(fileId)) continue;
    await ctx.files.discard(fileId);
    removed += 1;
  }
  ctx.log.info('files-swept', { removed });
}
