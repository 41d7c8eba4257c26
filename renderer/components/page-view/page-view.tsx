import { memo, useCallback, useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PageRectangle } from '#shared/domain/page-rectangle.ts';
import type { ArrivalStampText } from '#shared/domain/arrival-stamp.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../button.tsx';
import { EmptyState } from '../empty-state.tsx';
import { ErrorNote } from '../error-note.tsx';
import { ProgressLine } from '../progress-line.tsx';
import { ArrivalStamp } from './arrival-stamp.tsx';
import type { PageFault } from './open-pdf.ts';
import { PdfPage } from './pdf-page.tsx';
import { usePageWindow } from './use-page-window.ts';
import { usePdfDocument, type PageSize } from './use-pdf-document.ts';
import styles from './page-view.module.css';

/** A place with a numeral beside it, that a list beside the page explains. */
export interface PageNote {
  readonly place: PageRectangle;
  readonly label: string;
  /** Still wants a decision. */
  readonly open: boolean;
}

interface PageViewProps {
  readonly fileId: string;
  /** Name proposed when the file is saved elsewhere. */
  readonly fileName: string;
  /** Place to be pointed out; it is scrolled to when it changes. */
  readonly mark?: PageRectangle | null;
  /** Places that are pointed out together. The same array as long as nothing has changed. */
  readonly notes?: readonly PageNote[];
  /** Short words at the right of the tools. */
  readonly hint?: string | undefined;
  /** A line above the pages that says what is being shown, when it is not simply the document. */
  readonly banner?: ReactNode;
  /** The arrival stamp of a registered document, on its first page. */
  readonly stamp?: ArrivalStampText | null;
  /** Prints what is shown; without it there is no button for it. */
  readonly onPrint?: () => void;
  readonly isPrinting?: boolean;
}

const noSizes: readonly PageSize[] = [];
const noNotes: readonly PageNote[] = [];

/** The pages of a stored PDF, drawn by pdf.js: only those near the window, sharp at the screen's own resolution. */
export const PageView = memo(function PageView({
  fileId,
  fileName,
  mark = null,
  notes = noNotes,
  hint,
  banner,
  stamp = null,
  onPrint,
  isPrinting = false,
}: PageViewProps) {
  const { t } = useTranslation();
  const [attempt, setAttempt] = useState(0);
  const loaded = usePdfDocument(fileId, attempt);
  const sizes = loaded.status === 'ready' ? loaded.sizes : noSizes;
  const host = useRef<HTMLDivElement>(null);
  const view = usePageWindow(host, sizes, mark);
  const pixelRatio = usePixelRatio();
  const saveCopy = useCommand('files.saveCopy');
  const { zoomIn, zoomOut, fit } = view;

  useEffect(() => {
    host.current?.scrollTo({ top: 0 });
  }, [fileId]);

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const act =
        event.ctrlKey && !event.altKey ? { '+': zoomIn, '=': zoomIn, '-': zoomOut, '0': fit }[event.key] : undefined;
      if (act === undefined) return;
      event.preventDefault();
      act();
    },
    [zoomIn, zoomOut, fit],
  );

  return (
    <div className={styles.view}>
      {banner}
      <div className={styles.tools} role="toolbar" aria-label={t('pageView.tools')}>
        {sizes.length > 0 && (
          <>
            <span className={styles.number} aria-live="off">
              {t('pageView.page', { page: view.current + 1, total: sizes.length })}
            </span>
            <Button variant="quiet" icon="minus" label={t('pageView.zoomOut')} onClick={zoomOut} />
            <Button variant="quiet" icon="plus" label={t('pageView.zoomIn')} onClick={zoomIn} />
            <Button variant="quiet" onClick={fit} aria-pressed={view.zoom === 'fit'}>
              {t('pageView.fitWidth')}
            </Button>
          </>
        )}
        <span className={styles.hint}>{hint}</span>
        {onPrint === undefined ? null : (
          <Button variant="quiet" kbd="Ctrl+P" busy={isPrinting} onClick={onPrint}>
            {t('pageView.print')}
          </Button>
        )}
        <Button
          variant="quiet"
          busy={saveCopy.busy}
          onClick={() => void saveCopy.run({ fileId, suggestedName: fileName })}
        >
          {t('pageView.download')}
        </Button>
      </div>
      {saveCopy.failure !== null && <ErrorNote failure={saveCopy.failure} />}
      <div
        ref={host}
        className={styles.scroll}
        data-testid="page-scroll"
        tabIndex={0}
        role="region"
        aria-label={t('pageView.pages')}
        onKeyDown={onKeyDown}
      >
        {loaded.status === 'loading' && (
          <div className={styles.loading}>
            <ProgressLine label={t('pageView.loading')} />
          </div>
        )}
        {loaded.status === 'failed' && <Fault fault={loaded.fault} onRetry={() => setAttempt((count) => count + 1)} />}
        {loaded.status === 'ready' && (
          <div className={styles.stack}>
            {sizes.map((size, index) => (
              <PdfPage
                key={`${fileId}/${index}`}
                document={loaded.document}
                index={index}
                size={size}
                scale={view.scale}
                pixelRatio={pixelRatio}
                near={index >= view.near.first && index <= view.near.last}
                mark={mark?.page === index ? mark : null}
                notes={notes.filter(({ place }) => place.page === index)}
                label={t('pageView.page', { page: index + 1, total: sizes.length })}
                failedText={t('pageView.pageFailed')}
                over={
                  stamp !== null && index === 0 ? (
                    <ArrivalStamp
                      key={fileId}
                      fileId={fileId}
                      document={loaded.document}
                      size={size}
                      scale={view.scale}
                      text={stamp}
                    />
                  ) : null
                }
              />
            ))}
          </div>
        )}
      </div>
    </div>
  );
});

function Fault({ fault, onRetry }: { readonly fault: PageFault; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <EmptyState icon="file" title={t(`pageView.faults.${fault}.what`)} text={t(`pageView.faults.${fault}.next`)}>
        <Button icon="refresh" onClick={onRetry}>
          {t('common.retry')}
        </Button>
      </EmptyState>
    </div>
  );
}

/** Device pixels per CSS pixel; follows the window to another screen and Windows' own scaling. */
function usePixelRatio(): number {
  const [ratio, setRatio] = useState(() => window.devicePixelRatio);
  useEffect(() => {
    const query = matchMedia(`(resolution: ${ratio}dppx)`);
    const onChange = (): void => setRatio(window.devicePixelRatio);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, [ratio]);
  return ratio;
}
