import { useEffect, useEffectEvent, type RefObject } from 'react';
import type { FieldName } from '#shared/domain/document-fields.ts';

/** Puts the cursor into a field of a form that has just opened. */
export function useFirstFocus(form: RefObject<HTMLFormElement | null>, name: FieldName): void {
  const focus = useEffectEvent(() => form.current?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus());
  useEffect(() => {
    focus();
  }, []);
}
