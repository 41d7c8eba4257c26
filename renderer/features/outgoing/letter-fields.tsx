import { useTranslation } from 'react-i18next';
import { documentTypes, legalDocumentTypes } from '#shared/domain/document-types.ts';
import { urgencies } from '#shared/domain/urgency.ts';
import { DateField, DateTimeField } from '../../components/date-field.tsx';
import { Select } from '../../components/select.tsx';
import { TextArea, TextField } from '../../components/text-field.tsx';
import type { LetterField, LetterForm } from './letter-form.ts';
import { RecipientsPicker } from './recipients-picker.tsx';
import type { UnsavedLetter } from './unsaved-letters.ts';
import styles from './letter-fields.module.css';

interface LetterFieldsProps {
  readonly letter: UnsavedLetter;
  readonly missing: readonly LetterField[];
  readonly onChange: (part: Partial<LetterForm>) => void;
  readonly onFocusField: (field: LetterField | null) => void;
  readonly onPropose: (recipients: LetterForm['recipients']) => void;
}

const typeNames = [...documentTypes, ...legalDocumentTypes].map((type) => type.name);

/** The fields in the order of the letter itself, from its head to its foot. */
export function LetterFields({ letter, missing, onChange, onFocusField, onPropose }: LetterFieldsProps) {
  const { t } = useTranslation();
  const { form } = letter;
  const base = (field: LetterField) => ({
    name: field,
    label: t(`outgoing.form.fields.${field}`),
    source: letter.sources[field] ?? ('none' as const),
    error: missing.includes(field) ? t('common.required') : null,
    onFocus: () => onFocusField(field),
  });
  const types = typeNames.includes(form.documentType) ? typeNames : [form.documentType, ...typeNames];

  return (
    <>
      <Select
        {...base('documentType')}
        value={form.documentType}
        options={types.map((name) => ({ value: name, label: name }))}
        onChange={(documentType) => onChange({ documentType })}
      />
      <Select
        {...base('urgency')}
        value={form.urgency}
        options={urgencies.map((urgency) => ({ value: urgency, label: t(`common.urgency.${urgency}`) }))}
        onChange={(urgency) => onChange({ urgency })}
      />
      <TextField
        {...base('printedNumber')}
        value={form.printedNumber}
        maxLength={20}
        placeholder={t('outgoing.form.numberPlaceholder')}
        onChange={(printedNumber) => onChange({ printedNumber })}
      />
      <TextField
        {...base('notation')}
        required
        value={form.notation}
        maxLength={60}
        onChange={(notation) => onChange({ notation })}
      />
      <DateField {...base('date')} value={form.date} onChange={(date) => onChange({ date })} />
      <TextField {...base('place')} value={form.place} maxLength={200} onChange={(place) => onChange({ place })} />
      <TextField
        {...base('agencyName')}
        required
        wide
        value={form.agencyName}
        maxLength={200}
        onChange={(agencyName) => onChange({ agencyName })}
      />
      <TextArea
        {...base('abstract')}
        required
        wide
        value={form.abstract}
        maxLength={2000}
        onChange={(abstract) => onChange({ abstract })}
      />
      {form.urgency === 'express-timed' && (
        <DateTimeField
          {...base('expressAt')}
          required
          value={form.expressAt}
          onChange={(expressAt) => onChange({ expressAt })}
        />
      )}
      <DateTimeField {...base('dueAt')} value={form.dueAt} onChange={(dueAt) => onChange({ dueAt })} />
      <TextField
        {...base('authority')}
        wide={form.urgency === 'express-timed'}
        value={form.authority}
        maxLength={200}
        onChange={(authority) => onChange({ authority })}
      />
      <TextField
        {...base('signerTitle')}
        value={form.signerTitle}
        maxLength={200}
        onChange={(signerTitle) => onChange({ signerTitle })}
      />
      <TextField
        {...base('signerName')}
        required
        value={form.signerName}
        maxLength={200}
        onChange={(signerName) => onChange({ signerName })}
      />
      <TextArea
        {...base('addressees')}
        wide
        value={form.addressees}
        placeholder={t('outgoing.form.onePerLine')}
        onChange={(addressees) => onChange({ addressees })}
      />
      <TextArea
        {...base('recipientLines')}
        wide
        value={form.recipientLines}
        placeholder={t('outgoing.form.onePerLine')}
        onChange={(recipientLines) => onChange({ recipientLines })}
      />
      <RecipientsPicker
        addressees={form.addressees}
        recipientLines={form.recipientLines}
        recipients={form.recipients}
        proposed={letter.recipientsProposed}
        onPropose={onPropose}
        onChange={(recipients) => onChange({ recipients })}
      />
      <label className={styles.check} onFocus={() => onFocusField(null)}>
        <input
          type="checkbox"
          name="paperFollows"
          checked={form.paperFollows}
          onChange={(event) => onChange({ paperFollows: event.target.checked })}
        />
        {t('outgoing.form.fields.paperFollows')}
      </label>
    </>
  );
}
