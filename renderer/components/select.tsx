import { Field } from './field.tsx';
import type { FieldBase } from './field.tsx';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

interface SelectProps<Value extends string> extends FieldBase {
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
  readonly name?: string;
}

export function Select<Value extends string>({
  value,
  options,
  onChange,
  disabled,
  name,
  ...base
}: SelectProps<Value>) {
  return (
    <Field {...base}>
      {(wiring) => (
        <select
          {...wiring}
          name={name}
          value={value}
          disabled={disabled}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
