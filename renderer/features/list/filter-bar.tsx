import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { arrivalSources, type ArrivalSource } from '#shared/domain/arrival-source.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { allDocumentTypes } from '#shared/domain/document-types.ts';
import { isFiltered, type ListFilter } from '#shared/domain/list-request.ts';
import { urgencies, type Urgency } from '#shared/domain/urgency.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../components/button.tsx';
import { ComboBox } from '../../components/combo-box.tsx';
import { DateField } from '../../components/date-field.tsx';
import { Field } from '../../components/field.tsx';
import { Menu } from '../../components/menu.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { ListView } from './list-view.ts';
import styles from './filter-bar.module.css';

export interface FilterState {
  readonly state: string;
  readonly name: string;
}

interface FilterBarProps {
  readonly direction: Direction;
  readonly view: ListView;
  readonly states: readonly FilterState[];
}

interface Value {
  readonly value: string;
  readonly label: string;
}

const SHOWN = 8;

/** Under the title of a list: by type, urgency, state, agency, signer and days; kept under a name and taken again. */
export function FilterBar({ direction, view, states }: FilterBarProps) {
  const { t } = useTranslation();
  const { filter, setFilter } = view;
  const [name, setName] = useState('');
  const values = useCall('office.listValues', { direction }).data;
  const set = (part: ListFilter): void => setFilter({ ...filter, ...part });
  const any = t('list.filterBy.any');
  return (
    <div role="search" aria-label={t('list.filterBy.open')} className={styles.bar}>
      <Select
        label={t('list.column.documentType')}
        value={filter.documentType ?? ''}
        options={[
          { value: '', label: any },
          ...allDocumentTypes.map((type) => ({ value: type.name, label: type.name })),
        ]}
        onChange={(documentType) => set({ documentType: documentType || undefined })}
      />
      <Select<Urgency | ''>
        label={t('fields.incoming.urgency')}
        value={filter.urgency ?? ''}
        options={[
          { value: '', label: any },
          ...urgencies.map((urgency) => ({ value: urgency, label: t(`common.urgency.${urgency}`) })),
        ]}
        onChange={(urgency) => set({ urgency: urgency || undefined })}
      />
      {states.length > 1 ? (
        <Select
          label={t('list.column.state')}
          value={filter.state ?? ''}
          options={[{ value: '', label: any }, ...states.map((each) => ({ value: each.state, label: each.name }))]}
          onChange={(state) => set({ state: state || undefined })}
        />
      ) : null}
      {direction === 'incoming' ? (
        <Select<ArrivalSource | ''>
          label={t('list.source')}
          value={filter.source ?? ''}
          options={[
            { value: '', label: any },
            ...arrivalSources.map((source) => ({ value: source, label: t(`incoming.lane.source.${source}`) })),
          ]}
          onChange={(source) => set({ source: source || undefined })}
        />
      ) : null}
      <ValueField
        key={`agency ${filter.agency ?? ''}`}
        label={t(direction === 'incoming' ? 'list.column.agencyName' : 'list.column.recipients')}
        values={values?.agencies ?? []}
        value={filter.agency}
        onChange={(agency) => set({ agency })}
      />
      <ValueField
        key={`signer ${filter.signer ?? ''}`}
        label={t('fields.incoming.signerName')}
        values={(values?.signers ?? []).map((value) => ({ value, label: value }))}
        value={filter.signer}
        onChange={(signer) => set({ signer })}
      />
      <DateField
        label={t('list.filterBy.from')}
        value={filter.from ?? null}
        onChange={(from, valid) => (valid ? set({ from: from ?? undefined }) : undefined)}
      />
      <DateField
        label={t('list.filterBy.to')}
        value={filter.to ?? null}
        onChange={(to, valid) => (valid ? set({ to: to ?? undefined }) : undefined)}
      />
      <div className={styles.end}>
        {isFiltered(filter) ? (
          <>
            <Button variant="quiet" onClick={() => setFilter({})}>
              {t('list.filterBy.clear')}
            </Button>
            <TextField label={t('list.filterBy.name')} value={name} maxLength={60} onChange={setName} />
            <Button
              disabled={name.trim() === ''}
              onClick={() => {
                view.keep(name.trim());
                setName('');
              }}
            >
              {t('list.filterBy.keep')}
            </Button>
          </>
        ) : null}
        {view.kept.length > 0 ? (
          <Menu
            label={t('list.filterBy.kept')}
            variant="quiet"
            items={view.kept.flatMap((each) => [
              { id: `use ${each.name}`, label: each.name, run: () => setFilter(each.filter) },
              {
                id: `drop ${each.name}`,
                label: t('list.filterBy.drop', { name: each.name }),
                run: () => view.drop(each.name),
              },
            ])}
          />
        ) : null}
      </div>
    </div>
  );
}

interface ValueFieldProps {
  readonly label: string;
  readonly values: readonly Value[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** One of the values that stand in the register, found with accents or none. */
function ValueField({ label, values, value, onChange }: ValueFieldProps) {
  const [text, setText] = useState(() => values.find((each) => each.value === value)?.label ?? value ?? '');
  const [open, setOpen] = useState(false);
  const folded = foldVietnamese(text.trim());
  const shown = values.filter((each) => foldVietnamese(each.label).includes(folded)).slice(0, SHOWN);
  return (
    <Field label={label}>
      {(wiring) => (
        <ComboBox
          text={text}
          onText={(typed) => {
            setText(typed);
            if (typed === '') onChange(undefined);
          }}
          open={open && folded !== '' && value === undefined}
          onOpen={setOpen}
          groups={[{ id: 'values', items: shown }]}
          itemId={(each) => each.value}
          itemText={(each) => each.label}
          renderItem={(each) => each.label}
          onChoose={(each) => onChange(each.value)}
          listLabel={label}
          marksFirst
          place="under"
          inputRef={null}
          input={wiring}
        />
      )}
    </Field>
  );
}
