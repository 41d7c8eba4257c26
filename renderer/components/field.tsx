import { useId } from 'react';
import type { FocusEventHandler, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

/** Where a proposed value came from: read on the page, from the message header, or in need of a look. */
export type FieldSource = 'page' | 'header' | 'check' | 'none';

export interface FieldBase {
  readonly label: string;
  /** Shows "từ văn bản" or "kiểm tra" beside the label. */
  readonly source?: FieldSource;
  /** Any other short words at that place; wins over `source`. */
  readonly hint?: string | undefined;
  /** A longer sentence under the field. */
  readonly help?: string | undefined;
  /** What is odd about the value: it can be kept all the same. */
  readonly warning?: string | undefined;
  readonly error?: string | null;
  readonly required?: boolean;
  /** Both columns of the form. */
  readonly wide?: boolean;
  readonly onFocus?: FocusEventHandler;
  readonly onBlur?: FocusEventHandler;
}

export interface FieldWiring {
  readonly id: string;
  readonly className: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-required': true | undefined;
}

interface FieldProps extends FieldBase {
  /** Renders the control; spread the wiring on it. */
  readonly children: (wiring: FieldWiring) => ReactNode;
}

/** Label, source, error and help around one control, tied together for screen readers. */
export function Field({
  label,
  source = 'none',
  hint,
  help,
  warning,
  error,
  required,
  wide,
  onFocus,
  onBlur,
  children,
}: FieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const shownHint = hint ?? (source === 'none' ? undefined : t(`common.source.${source}`));
  const described = [
    shownHint === undefined ? null : `${id}-hint`,
    error ? `${id}-error` : null,
    help === undefined ? null : `${id}-help`,
    warning === undefined ? null : `${id}-warning`,
  ].filter((part) => part !== null);
  const check = source === 'check';
  return (
    <div data-field className={classNames(styles.field, wide && styles.wide)} onFocus={onFocus} onBlur={onBlur}>
      <div className={styles.head}>
        <label htmlFor={id}>{label}</label>
        {shownHint === undefined ? null : (
          <span id={`${id}-hint`} className={classNames(styles.hint, check && styles.checkHint)}>
            {shownHint}
          </span>
        )}
      </div>
      {children({
        id,
        className: classNames(styles.control, check && styles.check, Boolean(error) && styles.wrong),
        'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
        'aria-invalid': error ? true : undefined,
        'aria-required': required ? true : undefined,
      })}
      {error ? (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      ) : null}
      {help === undefined ? null : (
        <p id={`${id}-help`} className={styles.help}>
          {help}
        </p>
      )}
      {warning === undefined ? null : (
        <p id={`${id}-warning`} className={styles.warning}>
          {warning}
        </p>
      )}
    </div>
  );
}
