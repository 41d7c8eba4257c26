import { useEffect, useState } from 'react';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { openPdf, PageFaultError, type PageFault } from './open-pdf.ts';

/** Size of a page at 100 %, in PDF points. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

export type PdfDocumentState =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly fault: PageFault }
  | {
      readonly status: 'ready';
      readonly document: PDFDocumentProxy;
      readonly sizes: readonly PageSize[];
    };

/** Letters have a few pages: their sizes are read up front. Pages of a book past this are taken to be like its last. */
const SIZES_READ_AHEAD = 40;

/** Opens the stored file for as long as the component shows it; `attempt` makes it try again. */
export function usePdfDocument(fileId: string, attempt: number): PdfDocumentState {
  const [loaded, setLoaded] = useState<{ readonly key: string; readonly state: PdfDocumentState } | null>(null);
  const key = `${fileId}/${attempt}`;

  useEffect(() => {
    const abort = new AbortController();
    let close: (() => void) | undefined;
    const load = async (): Promise<void> => {
      const pdf = await openPdf(fileId, abort.signal);
      close = pdf.close;
      if (abort.signal.aborted) {
        pdf.close();
        return;
      }
      const sizes = await readSizes(pdf.document);
      setLoaded({ key, state: { status: 'ready', document: pdf.document, sizes } });
    };
    load().catch((cause: unknown) => {
      if (abort.signal.aborted) return;
      const fault = cause instanceof PageFaultError ? cause.fault : 'broken';
      setLoaded({ key, state: { status: 'failed', fault } });
    });
    return () => {
      abort.abort();
      close?.();
    };
  }, [fileId, key]);

  return loaded?.key === key ? loaded.state : { status: 'loading' };
}

async function readSizes(document: PDFDocumentProxy): Promise<readonly PageSize[]> {
  const known: PageSize[] = [];
  for (let number = 1; number <= Math.min(document.numPages, SIZES_READ_AHEAD); number += 1) {
    const { width, height } = (await document.getPage(number)).getViewport({ scale: 1 });
    known.push({ width, height });
  }
  const last = known.at(-1) ?? { width: 595, height: 842 };
  return Array.from({ length: document.numPages }, (_, index) => known[index] ?? last);
}
