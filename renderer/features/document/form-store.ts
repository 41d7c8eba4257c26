import { useCallback, useSyncExternalStore } from 'react';

/** Forms being filled in, by key: kept outside the screen, so that looking at something else in between loses nothing. */
export class FormStore<Form> {
  readonly #forms = new Map<string, Form>();
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get(key: string): Form | null {
    return this.#forms.get(key) ?? null;
  }

  set(key: string, form: Form): void {
    this.#forms.set(key, form);
    this.#publish();
  }

  delete(key: string): void {
    if (this.#forms.delete(key)) this.#publish();
  }

  #publish(): void {
    for (const listener of this.#listeners) listener();
  }
}

export interface FormHandle<Form> {
  readonly form: Form | null;
  readonly start: (form: Form) => void;
  /** Changes the form as it is now; does nothing once it is gone. */
  readonly change: (update: (form: Form) => Form) => void;
  readonly forget: () => void;
}

export function useStoredForm<Form>(store: FormStore<Form>, key: string): FormHandle<Form> {
  const form = useSyncExternalStore(store.subscribe, () => store.get(key));
  const start = useCallback((value: Form) => store.set(key, value), [store, key]);
  const change = useCallback(
    (update: (value: Form) => Form) => {
      const old = store.get(key);
      if (old !== null) store.set(key, update(old));
    },
    [store, key],
  );
  const forget = useCallback(() => store.delete(key), [store, key]);
  return { form, start, change, forget };
}
