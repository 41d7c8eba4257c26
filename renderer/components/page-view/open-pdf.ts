import {
  getDocument,
  GlobalWorkerOptions,
  PasswordException,
  PDFWorker,
  type PDFDocumentProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerAddress from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';
import { BundledFiles } from './pdf-assets.ts';

GlobalWorkerOptions.workerSrc = workerAddress;

/** Largest picture inside a page, in pixels: A3 at 600 dpi. More would take the memory of a 4 GB machine. */
const MAX_IMAGE_PIXELS = 9921 * 7016;

/** `missing`: the file store has no such file. `encrypted`: a password is needed. `broken`: not readable as a PDF. */
export type PageFault = 'missing' | 'encrypted' | 'broken';

export class PageFaultError extends Error {
  readonly fault: PageFault;

  constructor(fault: PageFault, cause?: unknown) {
    super(`the document cannot be shown: ${fault}`, { cause });
    this.fault = fault;
  }
}

// A worker of its own for each document: one that hangs on a malformed file takes nothing else with it. Starting one
// takes a while on an old machine, so the next is started in advance, when the screen is idle.
let spare: PDFWorker | null = null;

function takeWorker(): PDFWorker {
  const worker = spare ?? new PDFWorker({ verbosity: 0 });
  spare = null;
  requestIdleCallback(() => {
    spare ??= new PDFWorker({ verbosity: 0 });
  });
  return worker;
}

export interface OpenPdf {
  readonly document: PDFDocumentProxy;
  /** Stops the document's worker and frees its memory. */
  close(): void;
}

/**
 * Reads a stored file and opens it for showing. Scripts in the PDF are never run, and nothing is fetched from outside.
 * Rejects with `PageFaultError`, or with an abort error once `signal` is aborted.
 */
export async function openPdf(fileId: string, signal: AbortSignal): Promise<OpenPdf> {
  const data = await readStoredFile(fileId, signal);
  const worker = takeWorker();
  const task = getDocument({
    data,
    worker,
    BinaryDataFactory: BundledFiles,
    // The names only switch the features on: BundledFiles finds the files.
    cMapUrl: 'cmaps/',
    standardFontDataUrl: 'fonts/',
    useWorkerFetch: false,
    wasmUrl: 'wasm/',
    disableWorkerRendering: true,
    enableXfa: false,
    stopAtErrors: false,
    maxImageSize: MAX_IMAGE_PIXELS,
    verbosity: 0,
  });
  const close = (): void => void task.destroy().finally(() => worker.destroy());
  signal.addEventListener('abort', close, { once: true });
  try {
    const document = await task.promise;
    return { document, close };
  } catch (cause) {
    close();
    signal.throwIfAborted();
    if (cause instanceof PasswordException) throw new PageFaultError('encrypted', cause);
    throw new PageFaultError('broken', cause);
  } finally {
    signal.removeEventListener('abort', close);
  }
}

async function readStoredFile(fileId: string, signal: AbortSignal): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(`doc://file/${fileId}`, { signal });
  } catch (cause) {
    signal.throwIfAborted();
    throw new PageFaultError('missing', cause);
  }
  if (!response.ok) throw new PageFaultError('missing');
  return new Uint8Array(await response.arrayBuffer());
}
