import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { Relation } from '#shared/contract/relations.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import type { Tab } from '../../components/tabs.tsx';
import { HiddenText } from '../access/hidden-text.tsx';
import { AddRelationDialog } from './add-relation-dialog.tsx';
import { OpenOther } from './open-other.tsx';
import { nameRelation } from './relation-words.ts';
import styles from './relations.module.css';

/** The tab of what a document has to do with others. */
export function relationsTab(t: TFunction, relations: readonly Relation[] | undefined): Tab<'relations'> {
  const count = relations?.length ?? 0;
  return { id: 'relations', label: t('relations.tab'), ...(count === 0 ? {} : { count }) };
}

/** Who sent the other one and what it is about; and that it is not here. */
function aboutOther(t: TFunction, { agencyName, other }: Relation): string {
  const parts = other === null ? [agencyName, t('relations.notHere')] : [other.agencyName, other.abstract];
  return parts.filter((part) => part !== '').join(' · ');
}

interface RelationsTabProps {
  readonly id: string;
  readonly codeText: string;
}

/** The documents that this one names or that name it: those of the register open, and each can be taken out. */
export function RelationsTab({ id, codeText }: RelationsTabProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const asked = useCall('relations.of', { id });
  const add = useCommand('relations.add');
  const remove = useCommand('relations.remove');
  const [adding, setAdding] = useState(false);
  const relations = asked.data?.relations;

  const takeOut = async (relation: Relation): Promise<void> => {
    const done = await remove.run({ id, relationId: relation.id });
    if (!done.ok) return;
    const { kind, passive, codeText: code, date, other } = relation;
    const again =
      other === null ? ({ by: 'number', codeText: code, date } as const) : ({ by: 'document', id: other.id } as const);
    notify({
      text: t('relations.removed', { code }),
      action: { undo: true, label: t('common.undo'), run: () => void add.run({ id, kind, passive, other: again }) },
    });
  };

  return (
    <div className={styles.tab}>
      {asked.error !== null && <ErrorNote failure={asked.error} />}
      {remove.failure !== null && <ErrorNote failure={remove.failure} />}
      {relations?.length === 0 && (
        <EmptyState icon="file" title={t('relations.emptyTitle')} text={t('relations.emptyText')} />
      )}
      {relations !== undefined && relations.length > 0 && (
        <ul className={styles.list} aria-label={t('relations.label')}>
          {relations.map((relation) => (
            <li key={relation.id} data-testid="relation">
              <span className={styles.kind}>{nameRelation(t, relation)}</span>
              <span className={styles.other}>
                <OpenOther relation={relation} />
                <small>{relation.other?.hidden ? <HiddenText /> : aboutOther(t, relation)}</small>
              </span>
              <Button
                variant="quiet"
                busy={remove.busy}
                label={t('relations.removeFor', { code: relation.codeText })}
                onClick={() => void takeOut(relation)}
              >
                {t('relations.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.add}>
        <Button icon="plus" onClick={() => setAdding(true)}>
          {t('relations.add')}
        </Button>
      </div>
      {adding && <AddRelationDialog id={id} codeText={codeText} onClose={() => setAdding(false)} />}
    </div>
  );
}
