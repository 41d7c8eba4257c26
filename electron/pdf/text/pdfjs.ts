import type { PDFDocumentProxy } from 'pdfjs-dist';
import { asPdfError } from './pdfjs-error.ts';

type Pdfjs = typeof import('pdfjs-dist/legacy/build/pdf.mjs');

let loading: Promise<Pdfjs> | null = null;

/**
 * pdf.js, working in this thread. Loaded on first use: it is large, and most runs of the application read no PDF.
 * A failed load is not remembered.
 */
export function loadPdfjs(): Promise<Pdfjs> {
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

/**
 * What `read` makes of a file that pdf.js opened to be read, not drawn: repaired as viewers do, with every picture left
 * undecoded. `bytes` is not changed.
 * @param fontExtraProperties whether fonts say more of themselves than drawing needs
 * @param password empty for none
 * @throws PdfError PDF_BROKEN, PDF_ENCRYPTED, PDF_PASSWORD_WRONG, and what `read` throws
 */
export async function readWithPdfjs<T>(
  pdfjs: Pdfjs,
  bytes: Uint8Array,
  fontExtraProperties: boolean,
  password: string,
  read: (document: PDFDocumentProxy) => Promise<T>,
): Promise<T> {
  const task = pdfjs.getDocument({
    // A copy: pdf.js takes the buffer over; and a plain one, for it refuses Node's Buffer.
    data: new Uint8Array(bytes),
    password,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    disableFontFace: true,
    useSystemFonts: false,
    fontExtraProperties,
    // Any picture larger than a dot is passed over.
    maxImageSize: 1,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    useWasm: false,
    useWorkerFetch: false,
    enableXfa: false,
    stopAtErrors: false,
  });
  try {
    return await read(await task.promise);
  } catch (error) {
    throw asPdfError(error);
  } finally {
    await task.destroy();
  }
}

async function load(): Promise<Pdfjs> {
  // pdf.js looks for this before it starts a Web Worker: with the worker's module in place it works in this thread, which
  // is what a utility process and plain Node need (neither has Web Workers that pdf.js could load from a bundle).
  const worker = await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  (globalThis as { pdfjsWorker?: unknown }).pdfjsWorker = worker;
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}
