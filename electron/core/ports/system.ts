/** What core takes from the machine. Tests bring their own, so days of retries pass in milliseconds. */
export interface Clock {
  now(): Date;
}

export interface Timers {
  /** Runs `task` once after `ms` milliseconds, unless the returned function is called first. */
  after(ms: number, task: () => void): () => void;
}

export interface Ids {
  /** A fresh UUID. */
  next(): string;
}

export interface Random {
  /** Uniform in [0, 1): for the jitter of retries only, never for secrets. */
  next(): number;
}

/** Neither document text nor passwords may be logged: events, ids, codes and durations only. */
export interface Log {
  info(event: string, details?: Readonly<Record<string, unknown>>): void;
  warn(event: string, details?: Readonly<Record<string, unknown>>): void;
  error(event: string, error: unknown, details?: Readonly<Record<string, unknown>>): void;
}

/**
 * A named point that crash tests may die at. In every other run it does nothing.
 */
export type FaultPoint = (name: FaultPointName) => void;

export const faultPointNames = [
  'after-import',
  'before-number-commit',
  'after-number-commit',
  'after-sign-before-commit',
  'after-attachment-seal-before-commit',
  'after-seal-before-commit',
  'after-queue-commit',
  'after-send-before-receipt',
  'after-download-before-commit',
  'after-register-commit',
  'after-statements-before-answer',
  'after-feedback-before-answer',
  'after-report-before-answer',
] as const;
export type FaultPointName = (typeof faultPointNames)[number];
