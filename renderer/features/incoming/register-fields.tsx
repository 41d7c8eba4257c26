import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import type { IncomingFieldName } from '#shared/domain/document-fields.ts';
import { TextField } from '../../components/text-field.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { DocumentFieldsForm } from '../document/document-fields-form.tsx';
import type { FormValues } from '../document/form-values.ts';
import type { UnsavedRegistration } from './incoming-register.tsx';

interface RegisterFieldsProps {
  readonly detail: IncomingDetail;
  readonly form: UnsavedRegistration;
  /** Null while the book is being asked. */
  readonly nextNumber: number | null;
  readonly missing: readonly IncomingFieldName[];
  readonly onChange: (part: Partial<FormValues<'incoming'>>) => void;
  readonly onFocusField: (field: IncomingFieldName | null) => void;
}

/** The columns of the incoming book (NĐ 30/2020, Phụ lục IV) in their order. */
export function RegisterFields({ detail, form, nextNumber, missing, onChange, onFocusField }: RegisterFieldsProps) {
  const { t } = useTranslation();
  const { values, proposed } = form;
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
      <DocumentFieldsForm
        direction="incoming"
        values={values}
        missing={missing}
        // A value that the clerk changed is hers.
        sourceOf={(name) => (values[name] === proposed[name] ? (detail.fieldSources[name] ?? 'none') : 'none')}
        onChange={onChange}
        onFocusField={onFocusField}
      />
    </>
  );
}
