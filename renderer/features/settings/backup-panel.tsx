import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { backupIntervals, type BackupSummary } from '#shared/contract/backup.ts';
import type { CallOutput } from '#shared/contract/contract.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { Select } from '../../components/select.tsx';
import { Table } from '../../components/table.tsx';
import { formatDateTime, formatNumber, formatSize } from '../../i18n/format.ts';
import { Note } from '../document/note.tsx';
import { Panel } from './panel.tsx';
import { ReplacedBooks } from './replaced-books.tsx';
import styles from './settings.module.css';

type State = CallOutput<'backup.state'>;

/** The days that can be chosen; longer than a month is no care any more. */
const warnings = [1, 3, 7, 14, 30];

/** Where backups go and when, how the last one ended, and the way back. */
export function BackupPanel() {
  const { t } = useTranslation();
  const state = useCall('backup.state', {});
  return (
    <Panel title={t('settings.backup.title')} text={t('settings.backup.text')}>
      {state.error ? <ErrorNote failure={state.error} onRetry={() => void state.refetch()} /> : null}
      {state.data ? <BackupState state={state.data} /> : null}
    </Panel>
  );
}

function BackupState({ state }: { readonly state: State }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const choose = useCommand('backup.choosePlace');
  const change = useCommand('backup.change');
  const now = useCommand('backup.now');
  const { place, interval, warnAfterDays, lastFailure, running } = state;
  const busy = running !== null;
  const makeNow = async () => {
    const outcome = await now.run({});
    if (outcome.ok) notify({ text: t('settings.backup.made', { count: outcome.value.copiedFiles }), tone: 'good' });
  };
  return (
    <>
      <div>
        <h3 className={styles.cardTitle}>{t('settings.backup.place')}</h3>
        <p className={styles.path}>{place ?? t('settings.backup.noPlace')}</p>
      </div>
      <Standing state={state} />
      <div className={styles.actions}>
        <Button variant={place === null ? 'main' : 'plain'} disabled={busy} onClick={() => void choose.run({})}>
          {t('settings.backup.choose')}
        </Button>
        {place === null ? null : (
          <Button variant="main" disabled={busy} onClick={() => void makeNow()}>
            {t('settings.backup.now')}
          </Button>
        )}
      </div>
      {choose.failure ? <ErrorNote failure={choose.failure} /> : null}
      {now.failure && now.failure.code !== lastFailure?.code ? <ErrorNote failure={now.failure} /> : null}
      <div className={styles.form}>
        <Select
          label={t('settings.backup.interval')}
          value={interval}
          options={backupIntervals.map((value) => ({ value, label: t(`settings.backup.intervals.${value}`) }))}
          onChange={(value) => void change.run({ interval: value, warnAfterDays })}
        />
        <Select
          label={t('settings.backup.warnAfter')}
          value={String(warnAfterDays)}
          options={warnings.map((days) => ({ value: String(days), label: t('settings.backup.days', { count: days }) }))}
          onChange={(value) => void change.run({ interval, warnAfterDays: Number(value) })}
        />
      </div>
      {change.failure ? <ErrorNote failure={change.failure} /> : null}
      <BackupList state={state} />
      <ReplacedBooks replaced={state.replaced} busy={busy} />
    </>
  );
}

/** What runs now, else how the last attempts ended. */
function Standing({ state }: { readonly state: State }) {
  const { t, i18n } = useTranslation();
  const { place, running, lastGood, lastFailure, overdue } = state;
  if (running !== null) {
    const { what, phase, done, total } = running;
    const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
    const text =
      what === 'restore'
        ? t('settings.backup.restoring')
        : t(`settings.backup.running.${phase}`, { percent, count: done });
    return (
      <div role="status">
        <ProgressLine label={text} {...(phase === 'database' && total > 0 ? { value: done / total } : {})} />
      </div>
    );
  }
  if (place === null) return null;
  return (
    <>
      {lastGood === null ? (
        <p>{t('settings.backup.none')}</p>
      ) : (
        <p>
          {t('settings.backup.last', {
            time: formatDateTime(lastGood.at),
            size: formatSize(lastGood.databaseBytes, i18n.language),
          })}
          {lastGood.missingFiles > 0 ? ` · ${t('settings.backup.missing', { count: lastGood.missingFiles })}` : ''}
        </p>
      )}
      {overdue ? <Note title={t('settings.backup.overdue')} /> : null}
      {lastFailure === null ? null : (
        <>
          <p>{t('settings.backup.failed', { time: formatDateTime(lastFailure.at) })}</p>
          <ErrorNote failure={{ code: lastFailure.code }} />
        </>
      )}
    </>
  );
}

function BackupList({ state }: { readonly state: State }) {
  const { t, i18n } = useTranslation();
  const notify = useNotify();
  const [chosen, setChosen] = useState<BackupSummary | null>(null);
  const restore = useCommand('backup.restore');
  const own = useCall('office.identity', {}).data?.agency?.name ?? null;
  const { backups, lastFailure, running } = state;
  const run = async (id: string) => {
    const outcome = await restore.run({ id });
    if (!outcome.ok) return;
    setChosen(null);
    const { missingFiles } = outcome.value;
    const text =
      missingFiles > 0 ? t('settings.backup.restoredMissing', { count: missingFiles }) : t('settings.backup.restored');
    notify({ text, tone: 'good' });
  };
  // The last attempt has said so already.
  if (backups === null && lastFailure?.code === 'BACKUP_PLACE_GONE') return null;
  if (backups === null) return <Note title={t('settings.backup.away')} />;
  if (backups.length === 0) return null;
  return (
    <>
      <h3 className={styles.cardTitle}>{t('settings.backup.list')}</h3>
      <Table
        caption={t('settings.backup.list')}
        rows={backups}
        rowKey={({ id }) => id}
        columns={[
          { id: 'at', header: t('settings.backup.at'), cell: ({ at }) => formatDateTime(at), width: '160px' },
          {
            id: 'documents',
            header: t('settings.backup.documents'),
            cell: ({ documents }) => formatNumber(documents, i18n.language),
            kind: 'number',
            width: '84px',
          },
          {
            id: 'size',
            header: t('settings.backup.size'),
            cell: ({ databaseBytes }) => formatSize(databaseBytes, i18n.language),
            kind: 'number',
            width: '84px',
          },
          {
            id: 'why',
            header: t('settings.backup.why'),
            cell: ({ reason, missingFiles }) =>
              `${t(`settings.backup.reasons.${reason}`)}${missingFiles > 0 ? ` · ${t('settings.backup.missing', { count: missingFiles })}` : ''}`,
            wrap: true,
          },
          {
            id: 'restore',
            header: t('settings.backup.restoreAction'),
            width: '112px',
            cell: (backup) => (
              <Button
                label={t('settings.backup.restoreFrom', { time: formatDateTime(backup.at) })}
                disabled={running !== null}
                onClick={() => {
                  restore.clear();
                  setChosen(backup);
                }}
              >
                {t('settings.backup.restore')}
              </Button>
            ),
          },
        ]}
      />
      {chosen === null ? null : (
        <Dialog
          title={t('settings.backup.restoreTitle', { time: formatDateTime(chosen.at) })}
          consequence={t('settings.backup.restoreText')}
          action={{
            label: t('settings.backup.restoreAction'),
            run: () => void run(chosen.id),
            busy: restore.busy,
            danger: true,
          }}
          onClose={() => setChosen(null)}
        >
          {own !== null && chosen.agencyName !== own ? (
            <Note title={t('settings.backup.otherOffice', { name: chosen.agencyName })} />
          ) : null}
          {restore.failure ? <ErrorNote failure={restore.failure} /> : null}
        </Dialog>
      )}
    </>
  );
}
