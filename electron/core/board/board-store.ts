import type { BoardHolder, BoardLine } from '#shared/contract/board.ts';

export interface WeekFigures {
  readonly received: number;
  readonly assigned: number;
  readonly finished: number;
  readonly inTime: number;
  readonly late: number;
}

/** What a unit or person leads: given to it, and finished, in a week. */
export interface WeekOfHolder extends Omit<WeekFigures, 'received'> {
  readonly name: string;
}

/** Sums over the register; instants in UTC. */
export interface BoardReads {
  /** What units lead, with their people's, and what people lead; who leads most late ones first. */
  holders(now: string, endOfDay: string): { readonly units: BoardHolder[]; readonly people: BoardHolder[] };
  /** Open documents with a deadline between now and the end of the day. */
  dueToday(now: string, endOfDay: string): number;
  /** Registered documents of which the paper is expected. */
  waitingForPaper(): number;
  express(limit: number): BoardLine[];
  /** The longest overdue first. */
  overdue(now: string, limit: number): BoardLine[];
  /** The longest waiting first. */
  opinions(limit: number): BoardLine[];
  /** From `from` on, before `to`. */
  week(from: string, to: string): WeekFigures;
  /** Those that were given something or finished something, the most finished first. */
  weekByHolder(from: string, to: string): WeekOfHolder[];
}
