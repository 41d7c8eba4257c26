import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { END_OF_OFFICE_HOURS } from '#shared/domain/vn-date.ts';
import { dateTimeText, dayText, parseDateTimeText, parseDayText } from './date-text.ts';
import type { Parsed } from './date-text.ts';
import { Field } from './field.tsx';
import type { FieldBase } from './field.tsx';

interface DateProps extends FieldBase {
  /** `yyyy-MM-dd` */
  readonly value: string | null;
  /** While the text is no date, `value` is null and `valid` false; the text stays for the user to mend. */
  readonly onChange: (value: string | null, valid: boolean) => void;
  readonly disabled?: boolean;
  readonly readOnly?: boolean;
  readonly name?: string;
}

/** A day as typed text, dd/MM/yyyy. Tidied up when the field is left, never while typing. */
export function DateField(props: DateProps) {
  const { t } = useTranslation();
  return <ParsedField {...props} parse={parseDayText} format={dayText} complaint={t('common.notADate')} />;
}

interface DateTimeProps extends Omit<DateProps, 'value'> {
  /** RFC 3339 instant in UTC. */
  readonly value: string | null;
  /** Hour taken when only a day is typed; the end of the working day when left out. */
  readonly defaultTime?: string;
}

/** A day and an hour of Vietnam as typed text, dd/MM/yyyy HH:mm. */
export function DateTimeField({ defaultTime = END_OF_OFFICE_HOURS, ...props }: DateTimeProps) {
  const { t } = useTranslation();
  return (
    <ParsedField
      {...props}
      parse={(text) => parseDateTimeText(text, defaultTime)}
      format={dateTimeText}
      complaint={t('common.notADateTime')}
    />
  );
}

interface ParsedFieldProps extends DateProps {
  readonly parse: (text: string) => Parsed;
  readonly format: (value: string | null) => string;
  readonly complaint: string;
}

function ParsedField(props: ParsedFieldProps): ReactNode {
  const { value, onChange, parse, format, complaint, disabled, readOnly, name, onBlur, error, ...base } = props;
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
