import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrailFilter } from '#shared/contract/audit.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { useSaveMade } from '../../api/use-save-made.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { ChainLine } from './chain-line.tsx';
import { TrailFilterBar } from './trail-filter-bar.tsx';
import { TrailTable } from './trail-table.tsx';
import styles from './trail.module.css';

/** No question for each letter of a number. */
const SETTLE_MS = 300;

interface TrailPanelProps {
  readonly filter: TrailFilter;
  readonly onFilter: (filter: TrailFilter) => void;
}

/** The audit trail: whether it is whole, what is in it, and out of the program with it. */
export function TrailPanel({ filter, onFilter }: TrailPanelProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const state = useCall('audit.state', {});
  const made = useCommand('audit.export');
  const saving = useSaveMade();
  /** The list stands still while it is read: rows that are written meanwhile wait behind a line. */
  const [seen, setSeen] = useState<number | null>(null);
  const asked = useSettled(filter, SETTLE_MS);
  const last = state.data?.last ?? null;
  if (seen === null && last !== null) setSeen(last);
  const fresh = seen === null || last === null ? 0 : last - seen;
  const failure = made.failure ?? saving.failure;
  const take = async (format: 'xlsx' | 'json'): Promise<void> => {
    const outcome = await made.run({ format, filter, ...(seen === null ? {} : { upTo: seen }) });
    if (!outcome.ok) return;
    const saved = await saving.save(outcome);
    if (saved) notify({ tone: 'good', text: t('trail.exported', { count: outcome.value.rows }) });
  };
  return (
    <section className={styles.panel} aria-label={t('settings.audit.title')}>
      <div className={styles.top}>
        <h2>{t('settings.audit.title')}</h2>
        <Button busy={made.busy} disabled={last === null} onClick={() => void take('xlsx')}>
          {t('trail.excel')}
        </Button>
        <Button busy={made.busy} disabled={last === null} onClick={() => void take('json')}>
          {t('trail.json')}
        </Button>
      </div>
      {state.error ? <ErrorNote failure={state.error} onRetry={() => void state.refetch()} /> : null}
      {state.data ? <ChainLine state={state.data} /> : null}
      {failure ? <ErrorNote failure={failure} /> : null}
      <TrailFilterBar filter={filter} onFilter={onFilter} />
      {fresh > 0 ? (
        <button type="button" className={styles.fresh} onClick={() => setSeen(last)}>
          {t('trail.fresh', { count: fresh })}
        </button>
      ) : null}
      {seen === null || seen === 0 ? null : <TrailTable filter={asked} upTo={seen} onClear={() => onFilter({})} />}
    </section>
  );
}
