import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/button.tsx';
import { Resizer } from '../components/resizer.tsx';
import { useMedia } from '../components/use-media.ts';
import { useShortcut } from '../components/use-shortcut.tsx';
import { foldedQuery } from '../features/list/box-title.tsx';
import { useIsFullWidth } from '../features/navigation/navigation.tsx';
import { useWidths } from '../features/settings/use-settings.ts';
import styles from './frame.module.css';

interface ListBesideDocumentProps {
  readonly id: string | null;
  readonly title: string;
  readonly list: (layout: 'lines' | 'table') => ReactNode;
  readonly document: (id: string) => ReactNode;
  readonly onClose: () => void;
}

const LIST_WIDTH = 424;
const LIST_WIDTH_FOLDED = 372;
const MIN_LIST = 280;
const MAX_LIST = 640;

/** The list alone as a table, or narrow beside the open document. */
export function ListBesideDocument({ id, title, list, document, onClose }: ListBesideDocumentProps) {
  const { t } = useTranslation();
  const folded = useMedia(foldedQuery);
  // Too narrow for two panes: the document takes the place of the list.
  const single = useMedia('(max-width: 820px)');
  const tableFits = useMedia('(min-width: 900px)');
  const pane = useWidths({ 'pane.list': folded ? LIST_WIDTH_FOLDED : LIST_WIDTH })('pane.list');
  const fullWidth = useIsFullWidth();
  const open = id !== null;
  useShortcut('Escape', onClose, open);

  const listHidden = open && (single || fullWidth);
  return (
    <div className={styles.panes}>
      <div className={styles.list} hidden={listHidden} style={open ? { flex: 'none', width: pane.width } : { flex: 1 }}>
        {list(open || !tableFits ? 'lines' : 'table')}
      </div>
      {open && !listHidden ? (
        <Resizer
          label={t('list.listWidth')}
          width={pane.width}
          min={MIN_LIST}
          max={MAX_LIST}
          onMove={pane.preview}
          onDone={pane.remember}
        />
      ) : null}
      {open ? (
        <section className={styles.document} aria-label={title}>
          {single && !fullWidth ? (
            <div className={styles.backBar}>
              <Button variant="quiet" icon="chevron-left" kbd="Escape" onClick={onClose}>
                {t('frame.backToList')}
              </Button>
            </div>
          ) : null}
          {document(id)}
        </section>
      ) : null}
    </div>
  );
}
