import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecipientList } from '#shared/contract/directory.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Tag } from '../../components/tag.tsx';
import { RecipientListDialog } from './recipient-list-dialog.tsx';
import styles from './directory.module.css';

/** The office's own lists of recipients: each opens to be changed. */
export function RecipientLists() {
  const { t } = useTranslation();
  const asked = useCall('directory.lists', {});
  const [edited, setEdited] = useState<RecipientList | 'new' | null>(null);
  return (
    <section className={styles.lists} aria-label={t('directory.lists.title')}>
      <span className={styles.total}>{t('directory.lists.title')}</span>
      {asked.error ? <ErrorNote failure={asked.error} onRetry={() => void asked.refetch()} /> : null}
      {asked.data?.lists.map((list) => {
        const gone = list.members.filter((member) => member.gone).length;
        return (
          <Button
            key={list.id}
            label={t('directory.lists.editOf', { name: list.name })}
            onClick={() => setEdited(list)}
          >
            <span className={styles.listName}>{list.name}</span> · {list.members.length}
            {gone === 0 ? null : <Tag tone="warn">{t('outgoing.recipients.goneCount', { count: gone })}</Tag>}
          </Button>
        );
      })}
      <Button variant="quiet" icon="plus" onClick={() => setEdited('new')}>
        {t('directory.lists.add')}
      </Button>
      {edited === null ? null : (
        <RecipientListDialog
          list={edited === 'new' ? null : edited}
          members={edited === 'new' ? [] : edited.members}
          onClose={() => setEdited(null)}
        />
      )}
    </section>
  );
}
