import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Field } from './field.tsx';
import type { FieldBase } from './field.tsx';

/** What a text stands for: a value, nothing, or none that the field takes. */
export type Parsed<Value> = { readonly ok: true; readonly value: Value | null } | { readonly ok: false };

export interface ParsedFieldBase<Value> extends FieldBase {
  readonly value: Value | null;
  /** While the text stands for no value, `value` is null and `valid` false; the text stays for the user to mend. */
  readonly onChange: (value: Value | null, valid: boolean) => void;
  readonly disabled?: boolean;
  readonly readOnly?: boolean;
  readonly name?: string;
  readonly maxLength?: number;
}

interface ParsedFieldProps<Value> extends ParsedFieldBase<Value> {
  readonly parse: (text: string) => Parsed<Value>;
  readonly format: (value: Value | null) => string;
  readonly complaint: string;
}

/** Typed text that stands for a value. It is tidied up when the field is left, never while it is typed. */
export function ParsedField<Value>(props: ParsedFieldProps<Value>): ReactNode {
  const { value, onChange, parse, format, complaint, disabled, readOnly, name, maxLength, onBlur, error, ...base } =
    props;
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(() => format(value));
  const [left, setLeft] = useState(false);
  const parsed = parse(text);

  // A value from outside (a new proposal, another document) replaces the text; the echo of our own typing does not.
  const known = useRef(value);
  if (known.current !== value) {
    known.current = value;
    const same = parsed.ok ? parsed.value === value : value === null;
    if (!same) setText(format(value));
  }
  // Lets a form ask checkValidity() before it sends.
  useEffect(() => input.current?.setCustomValidity(parsed.ok ? '' : complaint), [parsed.ok, complaint]);

  return (
    <Field
      {...base}
      error={error ?? (left && !parsed.ok ? complaint : null)}
      onBlur={(event) => {
        setLeft(true);
        if (parsed.ok) setText(format(parsed.value));
        onBlur?.(event);
      }}
    >
      {(wiring) => (
        <input
          {...wiring}
          ref={input}
          type="text"
          inputMode="numeric"
          name={name}
          value={text}
          disabled={disabled}
          readOnly={readOnly}
          maxLength={maxLength}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value);
            setLeft(false);
            const next = parse(event.target.value);
            onChange(next.ok ? next.value : null, next.ok);
          }}
        />
      )}
    </Field>
  );
}
