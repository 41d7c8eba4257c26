import { useTranslation } from 'react-i18next';
import type { IncomingDetail, IncomingFields } from '#shared/contract/incoming.ts';
import { documentTypes, legalDocumentTypes } from '#shared/domain/document-types.ts';
import { urgencies } from '#shared/domain/urgency.ts';
import { DateField, DateTimeField } from '../../components/date-field.tsx';
import { Select } from '../../components/select.tsx';
import { TextArea, TextField } from '../../components/text-field.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import type { UnsavedRegistration } from './incoming-register.tsx';

export type RegisterField = keyof IncomingFields;

interface RegisterFieldsProps {
  readonly detail: IncomingDetail;
  readonly form: UnsavedRegistration;
  /** Null while the book is being asked. */
  readonly nextNumber: number | null;
  readonly missing: readonly RegisterField[];
  readonly onChange: (part: Partial<IncomingFields>) => void;
  readonly onFocusField: (field: RegisterField | null) => void;
}

const typeNames = [...documentTypes, ...legalDocumentTypes].map((type) => type.name);
const papers = ['none', 'expected', 'arrived'] as const;

/** The columns of the incoming book (NĐ 30/2020, Phụ lục IV) in their order. */
export function RegisterFields({ detail, form, nextNumber, missing, onChange, onFocusField }: RegisterFieldsProps) {
  const { t } = useTranslation();
  const { fields, proposed } = form;
  const base = (field: RegisterField) => ({
    name: field,
    label: t(`incoming.fields.${field}`),
    // A value that the clerk changed is hers.
    source: fields[field] === proposed[field] ? (detail.fieldSources[field] ?? ('none' as const)) : ('none' as const),
    error: missing.includes(field) ? t('common.required') : null,
    onFocus: () => onFocusField(field),
  });
  const types = typeNames.includes(fields.documentType) ? typeNames : [fields.documentType, ...typeNames];
  return (
    <>
      <TextField
        label={t('incoming.register.number')}
        hint={t('incoming.register.nextNumber')}
        value={String(detail.arrivalNumber ?? nextNumber ?? '')}
        onChange={() => undefined}
        onFocus={() => onFocusField(null)}
        readOnly
        strong
      />
      <TextField
        label={t('incoming.register.arrivedAt')}
        value={formatDateTime(detail.arrivedAt)}
        onChange={() => undefined}
        onFocus={() => onFocusField(null)}
        readOnly
      />
      <TextField
        {...base('agencyName')}
        required
        wide
        value={fields.agencyName}
        maxLength={200}
        onChange={(agencyName) => onChange({ agencyName })}
      />
      <TextField
        {...base('codeText')}
        value={fields.codeText}
        maxLength={80}
        onChange={(codeText) => onChange({ codeText })}
      />
      <DateField {...base('date')} value={fields.date} onChange={(date) => onChange({ date })} />
      <Select
        {...base('documentType')}
        value={fields.documentType}
        options={types.map((name) => ({ value: name, label: name }))}
        onChange={(documentType) => onChange({ documentType })}
      />
      <Select
        {...base('urgency')}
        value={fields.urgency}
        options={urgencies.map((urgency) => ({ value: urgency, label: t(`common.urgency.${urgency}`) }))}
        onChange={(urgency) => onChange({ urgency })}
      />
      <TextArea
        {...base('abstract')}
        required
        wide
        value={fields.abstract}
        maxLength={2000}
        onChange={(abstract) => onChange({ abstract })}
      />
      <TextField
        {...base('signerName')}
        value={fields.signerName}
        maxLength={200}
        onChange={(signerName) => onChange({ signerName })}
      />
      <TextField
        {...base('signerTitle')}
        value={fields.signerTitle}
        maxLength={200}
        onChange={(signerTitle) => onChange({ signerTitle })}
      />
      <DateTimeField {...base('dueAt')} value={fields.dueAt} onChange={(dueAt) => onChange({ dueAt })} />
      <Select
        {...base('paper')}
        value={fields.paper}
        options={papers.map((paper) => ({ value: paper, label: t(`incoming.paper.${paper}`) }))}
        onChange={(paper) => onChange({ paper })}
      />
      <TextArea
        {...base('forwardTo')}
        wide
        value={fields.forwardTo}
        maxLength={2000}
        onChange={(forwardTo) => onChange({ forwardTo })}
      />
    </>
  );
}
