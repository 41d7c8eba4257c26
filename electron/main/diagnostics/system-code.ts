/** The operating system's code of a failed file operation (`ENOENT`, `ENOSPC`, …), else `UNKNOWN`. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}
