import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { allDocumentTypes } from '#shared/domain/document-types.ts';
import { fieldDescription, paperStates, type FieldName } from '#shared/domain/document-fields.ts';
import { urgencies } from '#shared/domain/urgency.ts';
import { CheckBox } from '../../components/check-box.tsx';
import { CountField } from '../../components/count-field.tsx';
import { DateField, DateTimeField } from '../../components/date-field.tsx';
import type { FieldSource } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { TextArea, TextField } from '../../components/text-field.tsx';
import { DueRuleField } from './due-rule-field.tsx';
import type { FormValue } from './form-values.ts';

export interface DocumentFieldProps {
  readonly name: FieldName;
  readonly label: string;
  /** Of the type that the field's kind says. */
  readonly value: FormValue;
  readonly onChange: (value: FormValue) => void;
  readonly onFocus: () => void;
  readonly source: FieldSource;
  readonly error: string | null;
  readonly required: boolean;
  /** Both columns of the form. */
  readonly wide: boolean;
  readonly placeholder?: string | undefined;
  /** Short words beside the label; win over `source`. */
  readonly hint?: string | undefined;
  /** A sentence under the field, and what is odd about its value. */
  readonly help?: string | undefined;
  readonly warning?: string | undefined;
  readonly readOnly?: boolean;
}

const typeNames = allDocumentTypes.map((type) => type.name);

/** Any field of a document, as its description says (shared/domain/document-fields.ts). */
export function DocumentField({ value, placeholder, onChange, ...base }: DocumentFieldProps): ReactNode {
  const { t } = useTranslation();
  const { kind, max } = fieldDescription(base.name);
  const limit = max === undefined ? {} : { maxLength: max };
  const hint = placeholder === undefined ? {} : { placeholder };
  switch (kind) {
    case 'text':
      return <TextField {...base} {...limit} {...hint} value={textOf(value)} onChange={onChange} />;
    case 'long-text':
      return <TextArea {...base} {...limit} {...hint} value={textOf(value)} onChange={onChange} />;
    case 'lines':
      // The limit is of each line, not of the text.
      return <TextArea {...base} placeholder={t('fields.onePerLine')} value={textOf(value)} onChange={onChange} />;
    case 'document-type': {
      const name = textOf(value);
      // What came with another name stays as it is.
      const names = typeNames.includes(name) ? typeNames : [name, ...typeNames];
      return (
        <Select
          {...base}
          value={name}
          options={names.map((each) => ({ value: each, label: each }))}
          onChange={onChange}
        />
      );
    }
    case 'urgency':
      return (
        <Select
          {...base}
          value={textOf(value)}
          options={urgencies.map((urgency) => ({ value: urgency, label: t(`common.urgency.${urgency}`) }))}
          onChange={onChange}
        />
      );
    case 'paper':
      return (
        <Select
          {...base}
          value={textOf(value)}
          options={paperStates.map((paper) => ({ value: paper, label: t(`fields.paper.${paper}`) }))}
          onChange={onChange}
        />
      );
    case 'day':
      return <DateField {...base} value={dateOf(value)} onChange={onChange} />;
    case 'instant':
      return <DateTimeField {...base} value={dateOf(value)} onChange={onChange} />;
    case 'due-rule':
      return <DueRuleField {...base} value={value} onChange={onChange} />;
    case 'count':
      return (
        <CountField {...base} max={max ?? 0} value={typeof value === 'number' ? value : null} onChange={onChange} />
      );
    case 'flag':
      return (
        <CheckBox
          label={base.label}
          name={base.name}
          checked={value === true}
          onChange={onChange}
          onFocus={base.onFocus}
        />
      );
  }
}

function textOf(value: FormValue): string {
  return typeof value === 'string' ? value : '';
}

function dateOf(value: FormValue): string | null {
  return typeof value === 'string' ? value : null;
}
