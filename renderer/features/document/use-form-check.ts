import { useCallback, useRef, useState, type RefObject } from 'react';
import type { Direction } from '#shared/domain/direction.ts';
import type { AskedBy, FieldNameOf } from '#shared/domain/document-fields.ts';
import { missingFields, type FormValues } from './form-values.ts';

export interface FormCheck<D extends Direction> {
  /** Of the form that holds the fields, each under its name. */
  readonly formElement: RefObject<HTMLFormElement | null>;
  /** Required fields that the last check found empty and that nobody has touched since. */
  readonly missing: readonly FieldNameOf<D>[];
  /**
   * Whether the form can be submitted. Where it cannot, the first control that is in the way gets the focus; `lacking`
   * are the names of controls besides the fields that something must still be done with.
   */
  readonly check: (values: FormValues<D> & AskedBy, lacking?: readonly string[]) => boolean;
  /** Takes fields off the missing ones; the same function each time. */
  readonly touch: (fields: readonly string[]) => void;
}

/** What stands between the form of a document and its submission. */
export function useFormCheck<D extends Direction>(direction: D): FormCheck<D> {
  const formElement = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState<readonly FieldNameOf<D>[]>([]);
  const touch = useCallback(
    (fields: readonly string[]) => setMissing((left) => left.filter((field) => !fields.includes(field))),
    [],
  );

  const focus = (selector: string): void => formElement.current?.querySelector<HTMLElement>(selector)?.focus();
  const check: FormCheck<D>['check'] = (values, lacking = []) => {
    const empty = missingFields(direction, values);
    setMissing(empty);
    const first = [...empty, ...lacking][0];
    if (first !== undefined) {
      focus(`[name="${first}"]`);
      return false;
    }
    if (formElement.current?.checkValidity() === false) {
      focus(':invalid:not(form)');
      return false;
    }
    return true;
  };
  return { formElement, missing, check, touch };
}
