import type { ErrorParams } from '#shared/contract/define.ts';

/** An expected failure of a call that main answers: the code is one that the contract declares. */
export class ShellError extends Error {
  readonly code: string;
  readonly params: ErrorParams;
  readonly retryable: boolean;

  constructor(code: string, params: ErrorParams = {}, options: { readonly retryable?: boolean } = {}) {
    super(code);
    this.name = 'ShellError';
    this.code = code;
    this.params = params;
    this.retryable = options.retryable ?? false;
  }
}

/** The operating system's code of a failed file operation (`ENOENT`, `ENOSPC`, …), else `UNKNOWN`. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}
