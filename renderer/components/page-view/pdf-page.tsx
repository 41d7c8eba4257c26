import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { RenderingCancelledException, TextLayer, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PageRectangle } from '#shared/domain/page-rectangle.ts';
import type { PageNote } from './page-view.tsx';
import type { PageSize } from './use-pdf-document.ts';
import styles from './page-view.module.css';

/** Largest picture of one page, in pixels: beyond it a page is drawn coarser instead of filling the memory. */
const MAX_CANVAS_PIXELS = 16_000_000;
/** While zooming, the old picture is stretched; the page is drawn anew when the zoom rests this long. */
const REDRAW_AFTER_MS = 120;

interface PdfPageProps {
  readonly document: PDFDocumentProxy;
  /** From 0. */
  readonly index: number;
  readonly size: PageSize;
  /** CSS pixels per PDF point. */
  readonly scale: number;
  readonly pixelRatio: number;
  /** Near enough to the visible part to be worth drawing. */
  readonly near: boolean;
  readonly mark: PageRectangle | null;
  readonly notes: readonly PageNote[];
  readonly label: string;
  /** Said in place of a page that cannot be drawn. */
  readonly failedText: string;
  /** What lies over the page and does not belong to the file. */
  readonly over: ReactNode;
}

/** One page: its picture, the selectable text over it, and the mark of the field in hand. */
export function PdfPage(props: PdfPageProps) {
  const { document, index, size, scale, pixelRatio, near, mark, notes, label, failedText, over } = props;
  const picture = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const drawn = useRef(false);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    const pictureHost = picture.current;
    const textHost = text.current;
    if (!near || pictureHost === null || textHost === null) return;
    const abort = new AbortController();
    const timer = setTimeout(
      () => {
        drawPage({ document, index, scale, pixelRatio, pictureHost, textHost, signal: abort.signal }).then(
          () => {
            drawn.current = true;
            setFailed(false);
          },
          (cause: unknown) => {
            if (abort.signal.aborted || cause instanceof RenderingCancelledException) return;
            setFailed(true);
          },
        );
      },
      drawn.current ? REDRAW_AFTER_MS : 0,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [document, index, scale, pixelRatio, near]);

  useEffect(() => {
    if (near) return;
    // A page out of sight gives its memory back.
    picture.current?.replaceChildren();
    text.current?.replaceChildren();
    drawn.current = false;
  }, [near]);

  const style: CSSProperties & Record<'--total-scale-factor', number> = {
    width: Math.floor(size.width * scale),
    height: Math.floor(size.height * scale),
    '--total-scale-factor': scale,
  };
  return (
    <div className={styles.page} role="group" aria-label={label} data-page={index + 1} style={style}>
      <div ref={picture} className={styles.picture} />
      <div ref={text} className="textLayer" />
      {mark !== null && <div className={styles.mark} data-testid="page-mark" style={markStyle(mark, size, scale)} />}
      {over}
      {notes.map((note) => (
        <div
          key={note.label}
          className={styles.note}
          data-open={note.open || undefined}
          data-testid="page-note"
          style={markStyle(note.place, size, scale)}
        >
          <span>{note.label}</span>
        </div>
      ))}
      {failed && <p className={styles.failed}>{failedText}</p>}
    </div>
  );
}

interface Drawing {
  readonly document: PDFDocumentProxy;
  readonly index: number;
  readonly scale: number;
  readonly pixelRatio: number;
  readonly pictureHost: HTMLElement;
  readonly textHost: HTMLElement;
  readonly signal: AbortSignal;
}

async function drawPage(drawing: Drawing): Promise<void> {
  const { document, index, scale, pixelRatio, pictureHost, textHost, signal } = drawing;
  const page = await document.getPage(index + 1);
  signal.throwIfAborted();
  const viewport = page.getViewport({ scale });
  const wanted = viewport.width * viewport.height * pixelRatio ** 2;
  const density = wanted > MAX_CANVAS_PIXELS ? pixelRatio * Math.sqrt(MAX_CANVAS_PIXELS / wanted) : pixelRatio;

  const canvas = window.document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(viewport.width * density));
  canvas.height = Math.max(1, Math.floor(viewport.height * density));
  const rendering = page.render({ canvas, viewport, transform: [density, 0, 0, density, 0, 0] });
  const stop = (): void => rendering.cancel();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await rendering.promise;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
  pictureHost.replaceChildren(canvas);

  // Positions of the text follow --total-scale-factor, so it is laid out once and survives zooming.
  if (textHost.childElementCount > 0) return;
  const layer = new TextLayer({
    textContentSource: page.streamTextContent(),
    container: textHost,
    viewport: page.getViewport({ scale: 1 }),
  });
  const stopText = (): void => {
    layer.cancel();
    textHost.replaceChildren();
  };
  signal.addEventListener('abort', stopText, { once: true });
  try {
    await layer.render();
  } finally {
    signal.removeEventListener('abort', stopText);
  }
}

/** Room around the marked words, in points, so that the mark does not touch the letters. */
const MARK_ROOM = 2;

function markStyle(mark: PageRectangle, size: PageSize, scale: number): CSSProperties {
  return {
    left: (mark.x - MARK_ROOM) * scale,
    top: (size.height - mark.y - mark.height - MARK_ROOM) * scale,
    width: (mark.width + 2 * MARK_ROOM) * scale,
    height: (mark.height + 2 * MARK_ROOM) * scale,
  };
}
