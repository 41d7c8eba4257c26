import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { fileAddress, isFileId } from '#shared/domain/file-address.ts';
import { systemCode } from '../diagnostics/system-code.ts';
import { APP_ORIGIN } from './app-origin.ts';

const CHUNK_BYTES = 256 * 1024;

const headers = {
  'Access-Control-Allow-Origin': APP_ORIGIN,
  'X-Content-Type-Options': 'nosniff',
  // Whoever asks next may be somebody else.
  'Cache-Control': 'no-store',
};

/** The file that `doc://file/<sha256>` means; null for every other address. */
export function storedFileId(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const id = url.pathname.slice(1);
  const exact = url.protocol === 'doc:' && url.host === 'file' && url.search === '' && isFileId(id);
  return exact ? id : null;
}

/**
 * Answers `doc://` requests: streams a stored file, and answers 404 for everything that is none, or not for
 * whoever is signed in.
 */
export async function answerStoredFile(
  dataDir: string,
  request: Request,
  mayRead: (fileId: string) => boolean,
): Promise<Response> {
  if (request.method !== 'GET') return new Response(null, { status: 405, headers });
  const id = storedFileId(request.url);
  // Behind a locked screen there is none, and of a limited document none for others.
  if (id === null || !mayRead(id)) return new Response(null, { status: 404, headers });
  let handle: FileHandle;
  try {
    handle = await open(path.join(dataDir, fileAddress(id)), 'r');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return new Response(null, { status: 404, headers });
    throw error;
  }
  try {
    const { size } = await handle.stat();
    return new Response(streamOf(handle), {
      headers: { ...headers, 'Content-Type': 'application/octet-stream', 'Content-Length': String(size) },
    });
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function streamOf(handle: FileHandle): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { bytesRead, buffer } = await handle.read(new Uint8Array(CHUNK_BYTES), 0, CHUNK_BYTES);
        if (bytesRead > 0) {
          controller.enqueue(buffer.subarray(0, bytesRead));
          return;
        }
      } catch (error) {
        await handle.close();
        throw error;
      }
      await handle.close();
      controller.close();
    },
    async cancel() {
      await handle.close();
    },
  });
}
