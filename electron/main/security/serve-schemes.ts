import { protocol } from 'electron';
import { errorFields } from '../diagnostics/error-fields.ts';
import type { Log } from '../diagnostics/log.ts';
import { answerPage } from './answer-page.ts';
import { answerStoredFile } from './answer-stored-file.ts';

/**
 * Serves `app://` (the pages) and `doc://` (stored files). `recovery` answers for the recovery page while it is shown;
 * `mayRead` says whether whoever is signed in may have a stored file.
 */
export function serveSchemes(
  rendererDir: string,
  dataDir: string,
  recovery: (address: string) => Response | null,
  mayRead: (fileId: string) => boolean,
  log: Log,
): void {
  protocol.handle('app', (request) =>
    logged('app', async () => recovery(request.url) ?? answerPage(rendererDir, request)),
  );
  protocol.handle('doc', (request) => logged('doc', () => answerStoredFile(dataDir, request, mayRead)));

  async function logged(scheme: string, answer: () => Promise<Response>): Promise<Response> {
    try {
      return await answer();
    } catch (error) {
      log.error('request-failed', { scheme, ...errorFields(error) });
      throw error;
    }
  }
}
