import { useState, type CSSProperties, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { ARRIVAL_STAMP, type ArrivalStampText, type StampPlace } from '#shared/domain/arrival-stamp.ts';
import { useCommand } from '../../api/use-command.ts';
import { ErrorNote } from '../error-note.tsx';
import { useNotify } from '../notices.tsx';
import { usePrint } from '../use-print.tsx';
import { StampDrawing, stampPlaceOf } from './arrival-stamp.tsx';
import { openPdf } from './open-pdf.ts';
import { POINTS_A_MM } from './page-ink.ts';
import styles from './print-pages.module.css';

/** Pixels for an inch: what office printers show of text. */
const DOTS = 200;
const POINTS_AN_INCH = 72;
/** Pictures of pages that are kept at once. A longer file is saved and printed from a PDF reader. */
export const MOST_PAGES = 300;
const A4 = { width: 210, height: 297 };

interface DrawnPage {
  readonly address: string;
  /** In millimetres. */
  readonly width: number;
  readonly height: number;
}

interface Drawn {
  readonly pages: readonly DrawnPage[];
  /** Where the stamp stands on the first page. */
  readonly place: StampPlace | null;
}

export interface PrintPages {
  /** Prints a stored PDF as the screen shows it, with the stamp on its first page when there is one. */
  readonly print: (fileId: string, stamp: ArrivalStampText | null) => Promise<void>;
  readonly busy: boolean;
  /** What went wrong, and the pages themselves while they are printed; belongs into the component that prints. */
  readonly paper: ReactNode;
}

/** Printing of stored PDFs. What the printer gets is what pdf.js shows; the file itself is never changed. */
export function usePrintPages(): PrintPages {
  const { t } = useTranslation();
  const notify = useNotify();
  const printing = usePrint();
  const toPaper = useCommand('files.print');
  const [busy, setBusy] = useState(false);

  const print = async (fileId: string, stamp: ArrivalStampText | null): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const abort = new AbortController();
    try {
      const { document, close } = await openPdf(fileId, abort.signal);
      try {
        if (document.numPages > MOST_PAGES) {
          notify({ tone: 'warn', text: t('pageView.tooManyPages', { pages: document.numPages, most: MOST_PAGES }) });
          return;
        }
        const drawn = await drawAll(document, stamp === null ? null : await stampPlaceOf(fileId, document));
        try {
          await printing.print(<PaperPages drawn={drawn} stamp={stamp} />, async () => {
            await Promise.all([...window.document.images].map((image) => image.decode().catch(() => undefined)));
            return toPaper.run({ landscape: isLying(drawn.pages[0]) });
          });
        } finally {
          for (const { address } of drawn.pages) URL.revokeObjectURL(address);
        }
      } finally {
        close();
      }
    } catch {
      notify({ tone: 'warn', text: t('pageView.notPrintable') });
    } finally {
      setBusy(false);
    }
  };
  const paper = (
    <>
      {toPaper.failure === null ? null : <ErrorNote failure={toPaper.failure} />}
      {printing.paper}
    </>
  );
  return { print, busy, paper };
}

const isLying = (page: DrawnPage | undefined): boolean => page !== undefined && page.width > page.height;

async function drawAll(document: PDFDocumentProxy, place: StampPlace | null): Promise<Drawn> {
  const pages: DrawnPage[] = [];
  const canvas = window.document.createElement('canvas');
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const viewport = page.getViewport({ scale: DOTS / POINTS_AN_INCH });
    canvas.width = Math.max(1, Math.floor(viewport.width));
    canvas.height = Math.max(1, Math.floor(viewport.height));
    await page.render({ canvas, viewport, intent: 'print' }).promise;
    const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', 0.95));
    if (picture === null) throw new Error(`page ${number} has no picture`);
    const points = page.getViewport({ scale: 1 });
    pages.push({
      address: URL.createObjectURL(picture),
      width: points.width / POINTS_A_MM,
      height: points.height / POINTS_A_MM,
    });
    page.cleanup();
  }
  return { pages, place };
}

const mm = (value: number): string => `${value.toFixed(2)}mm`;

function PaperPages({ drawn, stamp }: { readonly drawn: Drawn; readonly stamp: ArrivalStampText | null }) {
  return drawn.pages.map((page, at) => {
    const lying = isLying(page);
    const [width, height] = lying ? [A4.height, A4.width] : [A4.width, A4.height];
    // Nothing is made larger; what is larger than A4 is made to fit.
    const scale = Math.min(1, width / page.width, height / page.height);
    const style: CSSProperties = { width: mm(page.width * scale), height: mm(page.height * scale) };
    return (
      <div key={page.address} className={lying ? styles.lying : styles.upright}>
        <div className={styles.sheet} style={style}>
          <img src={page.address} alt="" />
          {at === 0 && stamp !== null && drawn.place !== null && (
            <div className={styles.stamp} style={stampStyle(drawn.place, scale)}>
              <StampDrawing text={stamp} />
            </div>
          )}
        </div>
      </div>
    );
  });
}

const stampStyle = ({ x, y }: StampPlace, scale: number): CSSProperties => ({
  left: mm(x * scale),
  top: mm(y * scale),
  width: mm(ARRIVAL_STAMP.width),
  height: mm(ARRIVAL_STAMP.height),
});
