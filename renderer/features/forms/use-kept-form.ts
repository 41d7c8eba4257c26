import { useCallback, useState } from 'react';
import type { FormName } from '#shared/contract/form-name.ts';
import { FormStore, useStoredForm } from './form-store.ts';

type Values = Readonly<Record<string, unknown>>;

const KIND = 'dialog';
/** What is typed into dialogs, by the dialog's name and what it is about. Opened again, it goes on. */
const dialogs = new FormStore<Values>({
  kind: KIND,
  version: 1,
  isWorthKeeping: () => true,
  filesOf: (values) => Object.values(values).flatMap((value) => (isFile(value) ? [value.fileId] : [])),
});

const isFile = (value: unknown): value is { readonly fileId: string } =>
  typeof value === 'object' && value !== null && 'fileId' in value && typeof value.fileId === 'string';

export interface KeptForm<Form> {
  readonly values: Form;
  readonly change: (part: Partial<Form>) => void;
  readonly forget: () => void;
  /** For the command that saves it. */
  readonly endsForm: FormName;
}

/**
 * The fields of a dialog, kept on disk while they are typed. `name` says which dialog, `about` the id of what it is about.
 * A secret has no place in it.
 */
export function useKeptForm<Form extends object>(
  name: string,
  about: string,
  initial: Form | (() => Form),
): KeptForm<Form> {
  const key = `${name}:${about}`;
  // What a dialog begins with must not change while it is open.
  const [begun] = useState(initial);
  const { form, start, forget } = useStoredForm(dialogs, key);
  const values = form === null ? begun : laidOver(begun, form);
  const change = useCallback(
    (part: Partial<Form>) => start({ ...laidOver(begun, dialogs.get(key) ?? {}), ...part }),
    [begun, key, start],
  );
  return { values, change, forget, endsForm: { kind: KIND, key } };
}

/** Fields that an older program kept under another name, or as something else, are left out. */
function laidOver<Form extends object>(begun: Form, kept: Values): Form {
  const known: readonly (readonly [string, unknown])[] = Object.entries(begun as Values).flatMap(([name, value]) => {
    const before = kept[name];
    return before !== undefined && isLike(before, value) ? [[name, before] as const] : [];
  });
  return { ...begun, ...(Object.fromEntries(known) as Partial<Form>) };
}

const isLike = (one: unknown, other: unknown): boolean =>
  one === null || other === null || (typeof one === typeof other && Array.isArray(one) === Array.isArray(other));
