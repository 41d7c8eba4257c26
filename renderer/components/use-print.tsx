import { useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import { createPortal, flushSync } from 'react-dom';
import styles from './use-print.module.css';

interface Print {
  /** Puts a page in the place of the window's content in print, for as long as `run` takes; the screen shows nothing of it. */
  readonly print: <Value>(page: ReactNode, run: () => Promise<Value>) => Promise<Value>;
  /** Renders the page; belongs into the component that prints. */
  readonly paper: ReactNode;
}

export function usePrint(): Print {
  const [page, setPage] = useState<ReactNode>(null);
  const print = useCallback(async <Value,>(shown: ReactNode, run: () => Promise<Value>): Promise<Value> => {
    // It must stand in the page before the window is asked to print.
    flushSync(() => setPage(shown));
    try {
      return await run();
    } finally {
      setPage(null);
    }
  }, []);
  const paper =
    page === null
      ? null
      : createPortal(
          <div className={styles.paper} data-paper="">
            {page}
          </div>,
          document.body,
        );
  return { print, paper };
}
