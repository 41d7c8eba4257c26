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

async function load(): Promise<Pdfjs> {
  // pdf.js looks for this before it starts a Web Worker: with the worker's module in place it works in this thread, which
  // is what a utility process and plain Node need (neither has Web Workers that pdf.js could load from a bundle).
  const worker = await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  (globalThis as { pdfjsWorker?: unknown }).pdfjsWorker = worker;
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}
