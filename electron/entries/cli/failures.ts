import { isCodedError } from '#shared/errors/coded-error.ts';
import { errors } from '#shared/messages/errors.vi.ts';

export const EXIT_BUG = 1;
export const EXIT_USAGE = 2;
export const EXIT_REFUSED = 3;

/** The command line was wrong, or a file it names cannot be used. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The tool will not sign this; its reason is the code of `cause`. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
}

/** One line for stderr, and the exit status. */
export function describeFailure(error: unknown): { message: string; status: number } {
  if (error instanceof RefusalError) return { message: oneLine(describe(error.cause)), status: EXIT_REFUSED };
  if (error instanceof UsageError || isArgumentError(error))
    return { message: oneLine(error.message), status: EXIT_USAGE };
  if (isCodedError(error)) return { message: oneLine(describe(error)), status: EXIT_USAGE };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: `unexpected error: ${text}`, status: EXIT_BUG };
}

/** `CODE: what happened. What to do.`, in Vietnamese as on the screen. */
export function describe(error: unknown): string {
  if (!isCodedError(error)) return error instanceof Error ? error.message : String(error);
  const { code, params } = error;
  const words = Object.hasOwn(errors, code) ? errors[code as keyof typeof errors] : undefined;
  const details = Object.keys(params).length === 0 ? '' : ` ${JSON.stringify(params)}`;
  return words === undefined ? code + details : `${code}: ${words.what} ${words.next}${details}`;
}

function isArgumentError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}

const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ').trim();
