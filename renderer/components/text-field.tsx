import type { HTMLInputTypeAttribute } from 'react';
import { classNames } from './class-names.ts';
import { Field } from './field.tsx';
import type { FieldBase } from './field.tsx';
import styles from './field.module.css';

interface TextFieldProps extends FieldBase {
  readonly value: string;
  /** Exactly what is in the field: the text is never changed while it is typed. */
  readonly onChange: (value: string) => void;
  readonly type?: Extract<HTMLInputTypeAttribute, 'text' | 'password' | 'url' | 'search'>;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly readOnly?: boolean;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
  readonly list?: string;
  /** Bold, for a number of a book. */
  readonly strong?: boolean;
  readonly name?: string;
}

export function TextField({ value, onChange, type = 'text', autoFocus, strong, ...props }: TextFieldProps) {
  const { placeholder, maxLength, readOnly, disabled, list, name, ...base } = props;
  return (
    <Field {...base}>
      {(wiring) => (
        <input
          {...wiring}
          className={classNames(wiring.className, strong && styles.number)}
          type={type}
          name={name}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          placeholder={placeholder}
          maxLength={maxLength}
          readOnly={readOnly}
          disabled={disabled}
          list={list}
          data-autofocus={autoFocus || undefined}
          autoFocus={autoFocus}
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </Field>
  );
}

interface TextAreaProps extends FieldBase {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Lines it shows at least; it grows with its text. */
  readonly rows?: number;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly readOnly?: boolean;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
  readonly name?: string;
}

export function TextArea({ value, onChange, rows = 1, autoFocus, ...props }: TextAreaProps) {
  const { maxLength, placeholder, readOnly, disabled, name, ...base } = props;
  return (
    <Field {...base}>
      {(wiring) => (
        <textarea
          {...wiring}
          className={classNames(wiring.className, styles.area)}
          name={name}
          rows={rows}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          maxLength={maxLength}
          placeholder={placeholder}
          readOnly={readOnly}
          disabled={disabled}
          data-autofocus={autoFocus || undefined}
          autoFocus={autoFocus}
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </Field>
  );
}
