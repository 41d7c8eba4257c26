import type { StatementState } from '#shared/domain/stated.ts';

/** A document that came on paper alone, as this office reports it; `withdrawn` once it came through the exchange after all. */
export interface PaperArrivalReport {
  readonly kind: 'paper-arrival';
  readonly senderCode: string;
  /** Số, ký hiệu. */
  readonly code: string;
  /** Day of the dấu ĐẾN. */
  readonly day: string;
  readonly withdrawn: boolean;
}

/** What this office reports of itself, on its way to the exchange or settled. */
export interface OfficeReportRecord {
  readonly id: string;
  readonly report: PaperArrivalReport;
  /** The document here that it is about. */
  readonly documentId: string;
  readonly state: StatementState;
  readonly attempts: number;
  readonly nextAttemptAt: string;
  readonly errorCode: string | null;
  readonly createdAt: string;
  readonly settledAt: string | null;
}

export interface OfficeReportReads {
  /** The oldest that waits: a report may correct the one before, so they go in the order in which they were made. */
  oldest(): OfficeReportRecord | null;
  of(documentId: string): OfficeReportRecord[];
  /** How many wait to be sent. */
  count(): number;
}

export interface OfficeReportWrites extends OfficeReportReads {
  add(record: OfficeReportRecord): void;
  /** State, attempts, next attempt, error and settling are replaced. */
  update(record: OfficeReportRecord): void;
  /** What waits only because the line was bad is due now. */
  lineIsBack(at: string): void;
}
