import { vietnamDay } from '#shared/domain/vn-date.ts';
import type { CoreContext } from '../core-context.ts';

/** Whoever takes a number that is printed before the transaction waits for this lock. */
export const bookLock = (bookId: string): string => `book ${bookId}`;

/** The year in Việt Nam, which the series of numbers follow. */
export const currentYear = (ctx: Pick<CoreContext, 'clock'>): number =>
  Number(vietnamDay(ctx.clock.now().getTime()).slice(0, 4));
