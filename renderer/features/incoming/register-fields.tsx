import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import type { IncomingFieldName } from '#shared/domain/document-fields.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import { DateField } from '../../components/date-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { DocumentFieldsForm } from '../document/document-fields-form.tsx';
import type { FormValues } from '../document/form-values.ts';
import type { UnsavedRegistration } from './unsaved-registrations.ts';

interface RegisterFieldsProps {
  readonly detail: IncomingDetail;
  readonly form: UnsavedRegistration;
  /** Null while the book is being asked. */
  readonly nextNumber: number | null;
  readonly missing: readonly IncomingFieldName[];
  readonly onChange: (part: Partial<FormValues<'incoming'>>) => void;
  readonly onArrivedOn: (day: string | null) => void;
  readonly onFocusField: (field: IncomingFieldName | null) => void;
}

/** It has a place of its own, above the buttons. */
const elsewhere = ['forwardTo'] as const;

/** The columns of the incoming book (NĐ 30/2020, Phụ lục IV) in their order. */
export function RegisterFields({
  detail,
  form,
  nextNumber,
  missing,
  onChange,
  onArrivedOn,
  onFocusField,
}: RegisterFieldsProps) {
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
      {detail.received === null ? (
        // Paper may be entered days after it came.
        <DateField
          name="arrivedOn"
          label={t('incoming.register.arrivedAt')}
          hint={t('incoming.takeIn.arrivedOnHint')}
          value={form.arrivedOn === undefined ? vietnamDay(Date.parse(detail.arrivedAt)) : form.arrivedOn}
          onChange={(day) => onArrivedOn(day)}
          onFocus={() => onFocusField(null)}
        />
      ) : (
        <TextField
          label={t('incoming.register.arrivedAt')}
          value={formatDateTime(detail.arrivedAt)}
          onChange={() => undefined}
          onFocus={() => onFocusField(null)}
          readOnly
        />
      )}
      <DocumentFieldsForm
        direction="incoming"
        values={values}
        missing={missing}
        elsewhere={elsewhere}
        // A value that the clerk changed is hers.
        sourceOf={(name) => (values[name] === proposed[name] ? (detail.fieldSources[name] ?? 'none') : 'none')}
        onChange={onChange}
        onFocusField={onFocusField}
      />
    </>
  );
}
