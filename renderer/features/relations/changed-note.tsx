import { useTranslation } from 'react-i18next';
import type { Relation } from '#shared/contract/relations.ts';
import type { HistoryEntry } from '#shared/domain/history.ts';
import { isChanging } from '#shared/domain/relation.ts';
import { useNow } from '../../i18n/use-now.ts';
import { formatStamp } from '../document/format-stamp.ts';
import { Note } from '../document/note.tsx';
import { OpenOther } from './open-other.tsx';
import { nameRelation } from './relation-words.ts';

interface ChangedNoteProps {
  readonly relations: readonly Relation[] | undefined;
  readonly history?: readonly HistoryEntry[];
}

/** What a reader must know of a document first: another one replaced, repealed, corrected or recalled it, or does it here. */
export function ChangedNote({ relations, history }: ChangedNoteProps) {
  const { t } = useTranslation();
  const now = useNow();
  const recalled = history?.find(({ action }) => action === 'recalled');
  return (
    <>
      {recalled !== undefined && (
        <Note title={t('relations.recalledAt', { time: formatStamp(recalled.at, now) })}>
          {t('relations.because', { reason: String(recalled.params['reason'] ?? '') })}
        </Note>
      )}
      {relations
        ?.filter((relation) => isChanging(relation.kind) && relation.other !== null)
        .map((relation) => (
          <Note key={relation.id} tone={relation.passive ? 'warn' : 'plain'} title={nameRelation(t, relation)}>
            <OpenOther relation={relation} />
          </Note>
        ))}
    </>
  );
}
