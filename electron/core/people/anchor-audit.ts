import type { CoreContext } from '../core-context.ts';

const EVERY_MS = 10 * 60_000;

/**
 * Writes where the audit trail ends into the log, now, from time to time and at the end: rows that are cut off the trail afterwards
 * are missed (`vanthu audit verify`). Returns what ends it.
 */
export function anchorAudit(ctx: CoreContext): () => void {
  let last = 0;
  let cancel = (): void => undefined;
  const note = (): void => {
    const head = ctx.registers.audit.head();
    if (head === null || head.seq === last) return;
    last = head.seq;
    ctx.log.info('audit-head', { ...head, register: ctx.registers.office.register().id });
  };
  const again = (): void => {
    cancel = ctx.timers.after(EVERY_MS, () => {
      note();
      again();
    });
  };
  note();
  again();
  return () => {
    cancel();
    note();
  };
}
