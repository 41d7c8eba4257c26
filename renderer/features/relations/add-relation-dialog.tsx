import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '#shared/contract/contract.ts';
import type { SearchHit } from '#shared/contract/office.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { ComboBox } from '../../components/combo-box.tsx';
import { DateField } from '../../components/date-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Field } from '../../components/field.tsx';
import { RadioGroup } from '../../components/radio-group.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { useKeptForm } from '../forms/use-kept-form.ts';
import { nameRelation, relationSides, sideOf, sideValue } from './relation-words.ts';
import styles from './relations.module.css';

const SETTLES_MS = 160;
const HITS = 20;

interface AddRelationDialogProps {
  readonly id: string;
  readonly codeText: string;
  readonly onClose: () => void;
}

interface Typed {
  readonly side: string;
  readonly codeText: string;
  readonly date: string | null;
}

/** "Thêm liên quan…": how the document stands to another, of the register or known by its number alone. */
export function AddRelationDialog({ id, codeText, onClose }: AddRelationDialogProps) {
  const { t } = useTranslation();
  const add = useCommand('relations.add');
  const [by, setBy] = useState<'document' | 'number'>('document');
  const [hit, setHit] = useState<SearchHit | null>(null);
  const { values, change, forget, endsForm } = useKeptForm<Typed>('relation', id, {
    side: 'refers-to',
    codeText: '',
    date: null,
  });
  const side = sideOf(values.side) ?? { kind: 'refers-to', passive: false };

  const other = ((): CallInput<'relations.add'>['other'] | null => {
    if (by === 'document') return hit === null ? null : { by, id: hit.id };
    const typed = values.codeText.trim();
    return typed === '' ? null : { by, codeText: typed, date: values.date };
  })();
  const run = async (): Promise<void> => {
    if (other === null) return;
    const done = await add.run({ id, ...side, other, endsForm });
    if (!done.ok) return;
    forget();
    onClose();
  };

  return (
    <Dialog
      width="wide"
      title={t('relations.addTitle', { code: codeText })}
      action={{ label: t('relations.addAction'), run: () => void run(), busy: add.busy, disabled: other === null }}
      onClose={onClose}
    >
      <Select
        label={t('relations.how')}
        value={values.side}
        options={relationSides.map((each) => ({ value: sideValue(each), label: nameRelation(t, each) }))}
        onChange={(chosen) => change({ side: chosen })}
        wide
      />
      <RadioGroup
        legend={t('relations.which')}
        value={by}
        options={[
          { value: 'document', label: t('relations.byDocument') },
          { value: 'number', label: t('relations.byNumber') },
        ]}
        onChange={setBy}
      />
      {by === 'document' ? (
        <>
          <DocumentSearch id={id} onChoose={setHit} />
          {hit !== null && (
            <p role="status" className={styles.chosen}>
              <b>{hit.codeText}</b> {hit.agencyName} · {hit.abstract}
            </p>
          )}
        </>
      ) : (
        <div className={styles.pair}>
          <TextField
            label={t('relations.number')}
            value={values.codeText}
            onChange={(text) => change({ codeText: text })}
            maxLength={200}
            required
          />
          <DateField label={t('relations.date')} value={values.date} onChange={(date) => change({ date })} />
        </div>
      )}
      {add.failure !== null && <ErrorNote failure={add.failure} />}
    </Dialog>
  );
}

function DocumentSearch({ id, onChoose }: { readonly id: string; readonly onChoose: (hit: SearchHit) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const settled = useSettled(text.trim(), SETTLES_MS);
  const search = useCall(
    'office.search',
    { text: settled, limit: HITS },
    { enabled: settled !== '', keepPrevious: true },
  );
  const hits = settled === '' ? [] : (search.data?.hits ?? []).filter((hit) => hit.id !== id);
  const nothing = settled !== '' && search.data !== undefined && hits.length === 0;
  return (
    <>
      <Field label={t('relations.search')} wide>
        {(wiring) => (
          <div className={styles.pick}>
            <ComboBox
              text={text}
              onText={setText}
              open={settled !== '' && search.data !== undefined}
              onOpen={() => undefined}
              groups={[{ id: 'documents', items: hits }]}
              itemId={(hit) => `${hit.direction} ${hit.id}`}
              itemText={(hit) => hit.codeText}
              renderItem={(hit) => (
                <>
                  <span>
                    <b>{hit.codeText}</b> {hit.abstract}
                  </span>
                  <small>{hit.agencyName}</small>
                </>
              )}
              onChoose={onChoose}
              listLabel={t('relations.found')}
              marksFirst
              autoFocus
              foot={nothing ? <p role="status">{t('relations.nothing')}</p> : null}
              className={styles.choices}
              optionClassName={styles.choice}
              inputRef={input}
              input={{ ...wiring, placeholder: t('relations.searchHint') }}
            />
          </div>
        )}
      </Field>
      {search.error !== null && <ErrorNote failure={search.error} />}
    </>
  );
}
