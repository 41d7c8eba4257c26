import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrailFilter, TrailPosition, TrailRow } from '#shared/contract/audit.ts';
import { nameDoer, nameSignedIn, showInstant } from '#shared/messages/act-words.ts';
import { call } from '../../api/api.ts';
import { callKey } from '../../api/use-call.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { HiddenText } from '../access/hidden-text.tsx';
import { usePagedRows, type RowSource } from '../list/use-paged-rows.ts';
import { VirtualList } from '../list/virtual-list.tsx';
import { useNavigation } from '../navigation/navigation.tsx';
import { useActWords } from './act-words.ts';
import { describeRow } from './describe-row.ts';
import styles from './trail.module.css';

type ListedRow = TrailRow & { readonly id: string };

const ROW = 49;
const none: ReadonlySet<string> = new Set();

interface TrailTableProps {
  readonly filter: TrailFilter;
  /** The last row that is shown. */
  readonly upTo: number;
  readonly onClear: () => void;
}

/** Rows of the trail, the newest first; Enter or a click opens the document of a row. */
export function TrailTable({ filter, upTo, onClear }: TrailTableProps) {
  const { t } = useTranslation();
  const words = useActWords();
  const { go } = useNavigation();
  const [range, setRange] = useState({ first: 0, last: 0 });
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), []);
  const source = useMemo((): RowSource<ListedRow> => {
    const input = (after: unknown, limit: number) => ({
      filter,
      upTo,
      limit,
      ...(after === undefined ? {} : { after: after as TrailPosition }),
    });
    return {
      page: (after, limit) => ({
        // Marked, because the answer is kept in another form than the contract's.
        key: [...callKey('audit.list', input(after, limit)), 'rows'],
        fetch: async () => {
          const { rows, next } = await call('audit.list', input(after, limit));
          return { rows: rows.map((row) => ({ ...row, id: String(row.seq) })), total: null, next };
        },
      }),
    };
  }, [filter, upTo]);
  const rows = usePagedRows(source, range, none, 'trail');
  const columns = ['at', 'who', 'act', 'document'] as const;

  if (rows.failure) return <ErrorNote failure={rows.failure} onRetry={rows.retry} />;
  if (rows.total === null) return <ProgressLine label={t('trail.loading')} />;
  if (rows.total === 0) {
    return (
      <EmptyState icon="search" title={t('trail.none')} text={t('trail.noneText')}>
        <Button onClick={onClear}>{t('list.filterBy.clear')}</Button>
      </EmptyState>
    );
  }
  const open = ({ document }: TrailRow): void => {
    if (document === null) return;
    go(
      document.direction === 'incoming'
        ? { screen: 'incoming', box: 'in-progress', id: document.id }
        : { screen: 'outgoing', box: 'sent', id: document.id },
    );
  };
  return (
    <VirtualList
      label={t('settings.audit.title')}
      rows={rows}
      onRange={onRange}
      layout="table"
      rowHeight={() => ROW}
      renderRow={(row) => <Row row={row} />}
      rowName={(row) => describeRow(t, words, row).act}
      selectedId={null}
      onOpen={open}
      openOnMove={false}
      gridTemplate="100px minmax(116px, 1fr) minmax(180px, 2.2fr) minmax(104px, 0.9fr)"
      header={
        <div role="row" aria-rowindex={1} className={styles.head}>
          {columns.map((column) => (
            <div key={column} role="columnheader">
              {t(`trail.columns.${column}`)}
            </div>
          ))}
        </div>
      }
      resetKey={`${upTo} ${JSON.stringify(filter)}`}
    />
  );
}

function Row({ row }: { readonly row: TrailRow }) {
  const { t } = useTranslation();
  const words = useActWords();
  const { act, details } = describeRow(t, words, row);
  const [day, time] = showInstant(row.at).split(' ');
  const signedIn = nameSignedIn(words, row.actor);
  return (
    <div role="presentation" className={styles.cells}>
      <div role="gridcell" className={styles.time}>
        <time dateTime={row.at}>
          {day}
          <br />
          {time}
        </time>
      </div>
      <div role="gridcell">
        <span className={styles.long} title={nameDoer(words, row.actor)}>
          {nameDoer(words, row.actor)}
        </span>
        {signedIn === '' ? null : <small>{signedIn}</small>}
      </div>
      <div role="gridcell">
        <span className={styles.long} title={act}>
          {act}
        </span>
        {details === '' ? null : (
          <small className={styles.details} title={details}>
            {details}
          </small>
        )}
      </div>
      <div role="gridcell" className={styles.document}>
        {row.hidden ? <HiddenText /> : null}
        {row.document === null ? null : (
          <span className={styles.link}>{row.document.codeText || t('trail.noCode')}</span>
        )}
      </div>
    </div>
  );
}
