import { useSyncExternalStore } from 'react';
import type { FormName } from '#shared/contract/form-name.ts';
import { FormStore, useStoredForm, type FormHandle } from '../forms/form-store.ts';
import type { FormValues } from '../document/form-values.ts';

/** A registration being filled in. */
export interface UnsavedRegistration {
  readonly values: FormValues<'incoming'>;
  /** What the form started from. */
  readonly proposed: FormValues<'incoming'>;
  /** Day on which it came, where that is not known; left out until it is typed. */
  readonly arrivedOn?: string | null;
}

const KIND = 'registration';
const isChanged = ({ values, proposed, arrivedOn }: UnsavedRegistration): boolean =>
  values !== proposed || arrivedOn !== undefined;
const registrations = new FormStore<UnsavedRegistration>({ kind: KIND, version: 2, isWorthKeeping: isChanged });

/** By the id of the document. */
export function useUnsavedRegistration(id: string): FormHandle<UnsavedRegistration> {
  return useStoredForm(registrations, id);
}

/** One that was only looked at need not be kept: the next time it is read afresh. */
export function forgetUnchangedRegistration(id: string): void {
  const left = registrations.get(id);
  if (left !== null && !isChanged(left)) registrations.delete(id);
}

/** Ids of the documents whose registration was begun and not finished. */
export function useBegunRegistrations(): readonly string[] {
  return useSyncExternalStore(registrations.subscribe, registrations.keys);
}

export const registrationForm = (id: string): FormName => ({ kind: KIND, key: id });
