import * as worker from 'pdfjs-dist/legacy/build/pdf.worker.mjs';

// pdf.js looks here before it starts a Web Worker: with the worker's module in place it works in this thread, which is
// what a utility process and plain Node need (neither has Web Workers that pdf.js could load from a bundle).
(globalThis as { pdfjsWorker?: unknown }).pdfjsWorker = worker;

/** pdf.js, working in this thread. Loaded on first use: it is large and most runs of the application never read a PDF. */
export async function loadPdfjs(): Promise<typeof import('pdfjs-dist/legacy/build/pdf.mjs')> {
  const warn = console.warn;
  // At import pdf.js warns that it cannot draw without a canvas; we never draw.
  console.warn = () => undefined;
  try {
    return await import('pdfjs-dist/legacy/build/pdf.mjs');
  } finally {
    console.warn = warn;
  }
}
