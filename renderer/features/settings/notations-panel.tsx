import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '#shared/contract/contract.ts';
import { notationBy, unitUses, type NotationTemplate, type UnitUse } from '#shared/domain/notation-template.ts';
import { vietnamYear } from '#shared/domain/vn-date.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { RadioGroup } from '../../components/radio-group.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useNow } from '../../i18n/use-now.ts';
import { Panel } from './panel.tsx';
import styles from './settings.module.css';

type Books = CallOutput<'books.list'>['books'];
type Units = CallOutput<'people.list'>['units'];

/** What a template makes of a công văn and of a decision, with the numbers of the decree's own examples. */
function examplesOf(template: NotationTemplate, unit: string, year: number): string {
  const of = (documentType: string) => notationBy(template, { documentType, unit, year });
  return `05/${of('Công văn')} · 15/${of('Quyết định')}`;
}

/** How notations are made: of the office, and where a book or a unit has its own. */
export function NotationsPanel() {
  const { t } = useTranslation();
  const asked = useCall('books.notations', {});
  const books = (useCall('books.list', {}).data?.books ?? []).filter(({ direction }) => direction === 'outgoing');
  const units = useCall('people.list', {}).data?.units ?? [];
  const year = vietnamYear(useNow());
  const remove = useCommand('books.removeNotation');
  const [edited, setEdited] = useState<NotationTemplate | 'new' | null>(null);
  const nameOf = ({ bookId, unitId }: NotationTemplate): string =>
    [books.find(({ id }) => id === bookId)?.name, units.find(({ id }) => id === unitId)?.name]
      .filter((name) => name !== undefined)
      .join(' · ') || t('settings.notations.office');
  return (
    <Panel title={t('settings.notations.title')} text={t('settings.notations.text')}>
      {asked.error ? <ErrorNote failure={asked.error} onRetry={() => void asked.refetch()} /> : null}
      <ul className={styles.cards}>
        {asked.data?.templates.map((template) => {
          const { bookId, unitId } = template;
          const name = nameOf(template);
          const unit = units.find(({ id }) => id === unitId)?.abbreviation ?? t('settings.notations.anyUnit');
          return (
            <li key={`${bookId ?? ''} ${unitId ?? ''}`} className={styles.card}>
              <div className={styles.cardText}>
                <p className={styles.cardTitle}>{name}</p>
                <p className={styles.soft}>{examplesOf(template, unit, year)}</p>
              </div>
              <Button label={t('settings.notations.editOf', { name })} onClick={() => setEdited(template)}>
                {t('settings.notations.edit')}
              </Button>
              <Button
                variant="quiet"
                label={t('settings.notations.removeOf', { name })}
                busy={remove.busy}
                onClick={() => void remove.run({ bookId, unitId })}
              >
                {t('settings.notations.remove')}
              </Button>
            </li>
          );
        })}
      </ul>
      {remove.failure === null ? null : <ErrorNote failure={remove.failure} />}
      <div>
        <Button icon="plus" onClick={() => setEdited('new')}>
          {t('settings.notations.add')}
        </Button>
      </div>
      {edited === null ? null : (
        <NotationDialog
          template={edited === 'new' ? null : edited}
          books={books}
          units={units}
          year={year}
          onClose={() => setEdited(null)}
        />
      )}
    </Panel>
  );
}

interface NotationDialogProps {
  /** Null for one that is still to be made. */
  readonly template: NotationTemplate | null;
  readonly books: Books;
  readonly units: Units;
  readonly year: number;
  readonly onClose: () => void;
}

function NotationDialog({ template, books, units, year, onClose }: NotationDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const save = useCommand('books.saveNotation');
  const [bookId, setBookId] = useState(template?.bookId ?? '');
  const [unitId, setUnitId] = useState(template?.unitId ?? '');
  const [agency, setAgency] = useState(template?.agency ?? '');
  const [unitIn, setUnitIn] = useState<UnitUse>(template?.unitIn ?? 'letters');
  const [withYear, setWithYear] = useState(template?.withYear ?? false);
  const made = {
    bookId: bookId === '' ? null : bookId,
    unitId: unitId === '' ? null : unitId,
    agency: agency.trim(),
    unitIn,
    withYear,
  };
  const unit = units.find(({ id }) => id === unitId)?.abbreviation ?? t('settings.notations.anyUnit');

  const run = async (): Promise<void> => {
    const outcome = await save.run(made);
    if (!outcome.ok) return;
    notify({ tone: 'good', text: t('settings.notations.kept', { example: outcome.value.example }) });
    onClose();
  };

  return (
    <Dialog
      title={t(template === null ? 'settings.notations.add' : 'settings.notations.editTitle')}
      width="wide"
      action={{
        label: t('settings.notations.keep'),
        run: () => void run(),
        busy: save.busy,
        disabled: made.agency === '',
      }}
      onClose={onClose}
    >
      {template === null ? (
        <div className={styles.paperForm}>
          <Select
            label={t('settings.notations.book')}
            value={bookId}
            onChange={setBookId}
            options={[
              { value: '', label: t('settings.notations.allBooks') },
              ...[...new Map(books.map(({ id, name }) => [id, name]))].map(([value, label]) => ({ value, label })),
            ]}
          />
          <Select
            label={t('settings.notations.unit')}
            value={unitId}
            onChange={setUnitId}
            options={[
              { value: '', label: t('settings.notations.allUnits') },
              ...units.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </div>
      ) : null}
      <TextField
        label={t('settings.notations.agency')}
        help={t('settings.notations.agencyHelp')}
        value={agency}
        onChange={setAgency}
        maxLength={30}
        required
        autoFocus
      />
      <RadioGroup
        legend={t('settings.notations.unitIn')}
        value={unitIn}
        onChange={setUnitIn}
        options={unitUses.map((value) => ({ value, label: t(`settings.notations.unitUses.${value}`) }))}
      />
      <CheckBox label={t('settings.notations.withYear')} checked={withYear} onChange={setWithYear} />
      <p role="status">
        {made.agency === '' ? null : t('settings.notations.example', { examples: examplesOf(made, unit, year) })}
      </p>
      {save.failure === null ? null : <ErrorNote failure={save.failure} />}
    </Dialog>
  );
}
