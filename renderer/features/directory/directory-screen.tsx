import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/use-call.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { ScreenFrame } from '../../components/screen-frame.tsx';
import { Table } from '../../components/table.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { RecipientLists } from './recipient-lists.tsx';
import styles from './directory.module.css';

const SETTLES_MS = 160;
const SHOWN = 200;

/** The agencies that documents can be sent to. */
export function DirectoryScreen() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const settled = useSettled(text.trim(), SETTLES_MS);
  const found = useCall('directory.search', { text: settled, limit: SHOWN }, { keepPrevious: true });
  const agencies = found.data?.agencies ?? [];
  const total = found.data?.total ?? 0;
  return (
    <ScreenFrame
      title={t('frame.directory')}
      beside={
        <p role="status" className={styles.total}>
          {found.data
            ? total > agencies.length
              ? t('directory.shown', { shown: agencies.length, total })
              : t('directory.total', { count: total })
            : ''}
        </p>
      }
    >
      <div className={styles.search}>
        <TextField label={t('directory.search')} type="search" value={text} onChange={setText} maxLength={200} />
      </div>
      <RecipientLists />
      {found.error ? <ErrorNote failure={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data && total === 0 ? (
        settled === '' ? (
          <EmptyState icon="agencies" title={t('directory.empty')} text={t('directory.emptyText')} />
        ) : (
          <EmptyState
            icon="search"
            title={t('directory.noMatch', { text: settled })}
            text={t('directory.noMatchText')}
          />
        )
      ) : null}
      {agencies.length > 0 ? (
        // A region that scrolls has to be reachable with the keyboard.
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('frame.directory')}>
          <Table
            caption={t('frame.directory')}
            rows={agencies}
            rowKey={(agency) => agency.code}
            columns={[
              { id: 'name', header: t('directory.name'), cell: ({ name }) => <span title={name}>{name}</span> },
              {
                id: 'parent',
                header: t('directory.parent'),
                width: '26%',
                cell: ({ parentName }) => <span title={parentName ?? ''}>{parentName}</span>,
              },
              {
                id: 'group',
                header: t('directory.group'),
                width: '20%',
                cell: ({ group }) => <span title={group ?? ''}>{group}</span>,
              },
              {
                id: 'code',
                header: t('directory.code'),
                width: '150px',
                kind: 'time',
                cell: (agency) => agency.code,
              },
            ]}
          />
        </div>
      ) : null}
    </ScreenFrame>
  );
}
