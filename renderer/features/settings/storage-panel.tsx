import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/use-call.ts';
import { ErrorNote } from '../../components/error-note.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { Table } from '../../components/table.tsx';
import { formatSize } from '../../i18n/format.ts';
import { Panel } from './panel.tsx';

const kinds = ['database', 'letters', 'aside', 'replaced', 'logs', 'other'] as const;

/** What the office's data take on this machine's disk, by what they are for. */
export function StoragePanel() {
  const { t, i18n } = useTranslation();
  const storage = useCall('backup.storage', {});
  const size = (bytes: number) => formatSize(bytes, i18n.language);
  const use = storage.data;
  return (
    <Panel title={t('settings.storage.title')}>
      {storage.error ? <ErrorNote failure={storage.error} onRetry={() => void storage.refetch()} /> : null}
      {storage.isPending ? <ProgressLine label={t('settings.storage.title')} /> : null}
      {use ? (
        <>
          <Table
            caption={t('settings.storage.title')}
            rows={kinds}
            rowKey={(kind) => kind}
            columns={[
              {
                id: 'kind',
                header: t('settings.storage.kind'),
                cell: (kind) => t(`settings.storage.kinds.${kind}`),
                wrap: true,
              },
              {
                id: 'size',
                header: t('settings.storage.size'),
                cell: (kind) => size(use[kind]),
                kind: 'number',
                width: '120px',
              },
            ]}
          />
          <p>{t('settings.storage.free', { size: size(use.free) })}</p>
        </>
      ) : null}
    </Panel>
  );
}
