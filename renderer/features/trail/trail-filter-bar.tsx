import { useTranslation } from 'react-i18next';
import { NOBODYS_ACT, type TrailFilter } from '#shared/contract/audit.ts';
import { actKinds, type ActKind } from '#shared/domain/act-kind.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../components/button.tsx';
import { DateField } from '../../components/date-field.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useActWords } from './act-words.ts';
import styles from './trail.module.css';

interface TrailFilterBarProps {
  readonly filter: TrailFilter;
  readonly onFilter: (filter: TrailFilter) => void;
}

/** Whose acts, of what kind, of which days and about which document. */
export function TrailFilterBar({ filter, onFilter }: TrailFilterBarProps) {
  const { t } = useTranslation();
  const words = useActWords();
  const people = useCall('people.list', {}).data?.people ?? [];
  // A part that is not set is none, so that nothing stands in the way of what is asked.
  const set = (part: { readonly [Name in keyof TrailFilter]?: TrailFilter[Name] | undefined }): void => {
    const entries = Object.entries({ ...filter, ...part }).filter(([, value]) => value !== undefined);
    onFilter(Object.fromEntries(entries));
  };
  const any = t('list.filterBy.any');
  return (
    <div role="search" aria-label={t('trail.filter')} className={styles.filter}>
      <Select
        label={t('trail.person')}
        value={filter.person ?? ''}
        options={[
          { value: '', label: any },
          ...people.map(({ id, name }) => ({ value: id, label: name === '' ? words.office : name })),
          { value: NOBODYS_ACT, label: t('trail.nobody') },
        ]}
        onChange={(person) => set({ person: person === '' ? undefined : person })}
      />
      <Select<ActKind | ''>
        label={t('trail.kind')}
        value={filter.kind ?? ''}
        options={[{ value: '', label: any }, ...actKinds.map((kind) => ({ value: kind, label: words.kinds[kind] }))]}
        onChange={(kind) => set({ kind: kind === '' ? undefined : kind })}
      />
      <DateField
        label={t('list.filterBy.from')}
        value={filter.fromDay ?? null}
        onChange={(day, valid) => (valid ? set({ fromDay: day ?? undefined }) : undefined)}
      />
      <DateField
        label={t('list.filterBy.to')}
        value={filter.toDay ?? null}
        onChange={(day, valid) => (valid ? set({ toDay: day ?? undefined }) : undefined)}
      />
      {filter.documentId === undefined ? (
        <TextField
          label={t('trail.document')}
          value={filter.document ?? ''}
          maxLength={200}
          onChange={(text) => set({ document: text.trim() === '' ? undefined : text })}
        />
      ) : null}
      {Object.keys(filter).length === 0 ? null : (
        <div className={styles.end}>
          {filter.documentId === undefined ? null : <b>{t('trail.oneDocument')}</b>}
          <Button variant="quiet" onClick={() => onFilter({})}>
            {t('list.filterBy.clear')}
          </Button>
        </div>
      )}
    </div>
  );
}
