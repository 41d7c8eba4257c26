import { z } from 'zod';
import type { Answer } from '#shared/contract/define.ts';
import type { PickedFile } from '#shared/contract/shell.ts';
import { errorFields } from '../diagnostics/error-fields.ts';
import type { Log } from '../diagnostics/log.ts';
import type { FileTokens } from '../files/file-tokens.ts';
import { isOwnScreen, type CallerFrame } from '../security/app-origin.ts';
import { CodedError } from '#shared/errors/coded-error.ts';

/** Paths that the preload script read from dropped `File` objects; a page cannot make one up. */
const pathsSchema = z.array(z.string().min(1).max(4096)).min(1).max(50);

/** Turns dropped files into tokens. Answers FILE_UNREADABLE for one that is no readable file, e.g. a folder. */
export function createDropAnswerer(tokens: FileTokens, newCorrelationId: () => string, log: Log) {
  return async (caller: CallerFrame | null, message: unknown): Promise<Answer<{ files: PickedFile[] }>> => {
    function refuse(code: string, params: Readonly<Record<string, string | number>>): Answer<{ files: PickedFile[] }> {
      const correlationId = newCorrelationId();
      log.warn('drop-refused', { code, correlationId });
      return { ok: false, code, params, retryable: false, correlationId };
    }

    if (!isOwnScreen(caller)) return refuse('UNKNOWN_CALL', { reason: 'sender' });
    const paths = pathsSchema.safeParse(message);
    if (!paths.success) return refuse('INVALID_INPUT', { field: 'files' });
    try {
      return { ok: true, value: { files: await Promise.all(paths.data.map((file) => tokens.issue(file))) } };
    } catch (error) {
      if (error instanceof CodedError) return refuse(error.code, error.params);
      const correlationId = newCorrelationId();
      log.error('drop-failed', { correlationId, ...errorFields(error) });
      return { ok: false, code: 'UNEXPECTED', params: {}, retryable: false, correlationId };
    }
  };
}
