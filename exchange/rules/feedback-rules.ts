import { MAX_BUNDLE_BYTES } from '#shared/domain/feedback.ts';
import { ExchangeError } from './exchange-error.ts';

/** Enough for a conversation about one report. */
export const MOST_ANSWERS = 50;

/**
 * A diagnostic bundle is the JSON of an object. What stands in it is the office's to choose; nobody here reads it by program.
 * @throws ExchangeError FEEDBACK_TOO_LARGE, REQUEST_INVALID
 */
export function requireBundle(bundle: string): void {
  if (new TextEncoder().encode(bundle).byteLength > MAX_BUNDLE_BYTES) {
    throw new ExchangeError('FEEDBACK_TOO_LARGE', { limit: MAX_BUNDLE_BYTES });
  }
  const isObject = isJsonObject(bundle);
  // Half a character would be another one when it is read back.
  if (!isObject || /\p{Cs}/u.test(bundle)) throw new ExchangeError('REQUEST_INVALID', { field: 'bundle' });
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
