import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Direction } from '#shared/domain/direction.ts';
import {
  fieldsOf,
  fieldUse,
  isAsked,
  isRequired,
  type AskedBy,
  type FieldNameOf,
} from '#shared/domain/document-fields.ts';
import type { FieldSource } from '../../components/field.tsx';
import { DocumentField, type DocumentFieldProps } from './document-field.tsx';
import type { FormValue, FormValues } from './form-values.ts';
import { nameField } from './name-field.ts';

export type FieldDetails = Partial<
  Pick<DocumentFieldProps, 'value' | 'hint' | 'help' | 'warning' | 'error' | 'readOnly'>
>;

interface DocumentFieldsFormProps<D extends Direction> {
  readonly direction: D;
  readonly values: FormValues<D> & AskedBy;
  readonly missing: readonly FieldNameOf<D>[];
  readonly sourceOf: (name: FieldNameOf<D>) => FieldSource;
  /** What a field is given besides, for this form. */
  readonly details?: Readonly<Partial<Record<FieldNameOf<D>, FieldDetails>>>;
  readonly placeholders?: Readonly<Partial<Record<FieldNameOf<D>, string>>>;
  /** Fields that stand elsewhere on the screen. */
  readonly elsewhere?: readonly FieldNameOf<D>[];
  /** Fields that take both columns now, besides those that always do. */
  readonly widened?: readonly FieldNameOf<D>[];
  /** What else stands in the form, by the field that it comes before or after. */
  readonly before?: Readonly<Partial<Record<FieldNameOf<D>, ReactNode>>>;
  readonly after?: Readonly<Partial<Record<FieldNameOf<D>, ReactNode>>>;
  readonly onChange: (part: Partial<FormValues<D>>) => void;
  readonly onFocusField: (name: FieldNameOf<D>) => void;
}

/** The fields of a direction in their order, as many as its urgency asks for. */
export function DocumentFieldsForm<D extends Direction>(props: DocumentFieldsFormProps<D>) {
  const {
    direction,
    values,
    missing,
    sourceOf,
    placeholders,
    details,
    elsewhere,
    widened,
    before,
    after,
    onChange,
    onFocusField,
  } = props;
  const { t } = useTranslation();
  return fieldsOf(direction)
    .filter((name) => isAsked(name, direction, values) && elsewhere?.includes(name) !== true)
    .map((name) => (
      <Fragment key={name}>
        {before?.[name]}
        <DocumentField
          name={name}
          label={nameField(t, direction, name)}
          value={(values as Readonly<Record<string, FormValue>>)[name] ?? null}
          source={sourceOf(name)}
          error={missing.includes(name) ? t('common.required') : null}
          required={isRequired(name, direction, values)}
          wide={fieldUse(name, direction).wide === true || widened?.includes(name) === true}
          placeholder={placeholders?.[name]}
          {...details?.[name]}
          onChange={(value) => onChange({ [name]: value } as Partial<FormValues<D>>)}
          onFocus={() => onFocusField(name)}
        />
        {after?.[name]}
      </Fragment>
    ));
}
