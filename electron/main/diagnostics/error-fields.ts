/** An error as it may stand in the log. */
export function errorFields(error: unknown): { readonly error: string; readonly stack: string } {
  if (error instanceof Error) return { error: `${error.name}: ${error.message}`, stack: error.stack ?? '' };
  return { error: typeof error, stack: '' };
}
