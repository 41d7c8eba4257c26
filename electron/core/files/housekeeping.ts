import type { CoreContext } from '../core-context.ts';

/** After the office's first minutes, so that it never delays a start. */
const FIRST_AFTER_MS = 5 * 60_000;
const DAY_MS = 24 * 3_600_000;
/** A screen asks for the answer of a command again within seconds, or after a restart; never after weeks. */
const REMEMBERED_DAYS = 30;

/** A register that was put back from a copy does not know the newest files; time to notice that, and to get them back. */
const PUT_ASIDE_DAYS = 60;

/** Clears what nothing needs any more, once per start; the returned function calls it off. */
export function scheduleHousekeeping(ctx: CoreContext): () => void {
  return ctx.timers.after(FIRST_AFTER_MS, () => {
    cleanUp(ctx).catch((error: unknown) => ctx.log.error('housekeeping-failed', error));
  });
}

/** Forgets answers of commands that nobody will ask for again, and puts stored files aside that no row needs. */
async function cleanUp(ctx: CoreContext): Promise<void> {
  const now = ctx.clock.now().getTime();
  const longAgo = new Date(now - REMEMBERED_DAYS * DAY_MS).toISOString();
  ctx.transact('forget-commands', null, ({ stores }) => stores.commands.forgetBefore(longAgo));
  const swept = await ctx.files.sweep({
    storedBefore: now - DAY_MS,
    forgetBefore: now - PUT_ASIDE_DAYS * DAY_MS,
    isNeeded: (fileId) => ctx.registers.files.isReferenced(fileId),
  });
  ctx.log.info('files-swept', swept);
}
