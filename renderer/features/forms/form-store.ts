import { useCallback, useSyncExternalStore } from 'react';
import { formKeeper, type FormKeeper, type FormSource } from './form-keeper.ts';

/** How the forms of one kind are kept on disk. */
export interface FormKind<Form> {
  /** As the register names it. */
  readonly kind: string;
  /** Raised whenever `Form` changes its shape: what an older program kept is shown, and not filled in. */
  readonly version: number;
  /** One that was only looked at need not be kept. */
  readonly isWorthKeeping: (form: Form) => boolean;
  /** Ids of the stored files that it needs. */
  readonly filesOf?: (form: Form) => readonly string[];
}

/**
 * Forms being filled in, by key: kept outside the screen, so that looking at something else in between loses nothing, and
 * in the register within a second, so that neither does a power cut.
 */
export class FormStore<Form> implements FormSource {
  readonly #kind: FormKind<Form>;
  readonly #keeper: FormKeeper;
  readonly #forms = new Map<string, Form>();
  readonly #listeners = new Set<() => void>();
  #keys: readonly string[] = [];

  constructor(kind: FormKind<Form>, keeper: FormKeeper = formKeeper) {
    this.#kind = kind;
    this.#keeper = keeper;
    keeper.add(kind.kind, this);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Of those that are worth keeping, the one begun last at the end. The same list as long as none comes or goes. */
  readonly keys = (): readonly string[] => this.#keys;

  get(key: string): Form | null {
    return this.#forms.get(key) ?? null;
  }

  set(key: string, form: Form): void {
    this.#forms.set(key, form);
    this.#keeper.touched(this.#kind.kind, key);
    this.#publish();
  }

  delete(key: string): void {
    if (!this.#forms.delete(key)) return;
    this.#keeper.touched(this.#kind.kind, key);
    this.#publish();
  }

  /** What is to be on disk of it now; null for nothing. */
  toKeep(key: string): { readonly version: number; readonly body: string; readonly files: readonly string[] } | null {
    const form = this.get(key);
    const { version, isWorthKeeping, filesOf } = this.#kind;
    if (form === null || !isWorthKeeping(form)) return null;
    return { version, body: JSON.stringify(form), files: filesOf?.(form) ?? [] };
  }

  /** Takes back what was kept before this window opened. False for what another version of the program kept. */
  takeBack(key: string, version: number, body: string): boolean {
    if (version !== this.#kind.version) return false;
    this.#forms.set(key, JSON.parse(body) as Form);
    this.#publish();
    return true;
  }

  /** Somebody else sits here now. */
  clear(): void {
    this.#forms.clear();
    this.#publish();
  }

  #publish(): void {
    const keys = [...this.#forms].filter(([, form]) => this.#kind.isWorthKeeping(form)).map(([key]) => key);
    if (keys.join('\n') !== this.#keys.join('\n')) this.#keys = keys;
    for (const listener of this.#listeners) listener();
  }
}

export interface FormHandle<Form> {
  readonly form: Form | null;
  /** The form as it is at this moment, also between a change and the screen that shows it. */
  readonly read: () => Form | null;
  readonly start: (form: Form) => void;
  /** Changes the form as it is now; does nothing once it is gone. */
  readonly change: (update: (form: Form) => Form) => void;
  readonly forget: () => void;
}

export function useStoredForm<Form>(store: FormStore<Form>, key: string): FormHandle<Form> {
  const form = useSyncExternalStore(store.subscribe, () => store.get(key));
  const read = useCallback(() => store.get(key), [store, key]);
  const start = useCallback((value: Form) => store.set(key, value), [store, key]);
  const change = useCallback(
    (update: (value: Form) => Form) => {
      const old = store.get(key);
      if (old !== null) store.set(key, update(old));
    },
    [store, key],
  );
  const forget = useCallback(() => store.delete(key), [store, key]);
  return { form, read, start, change, forget };
}

/** Keys of the forms in which something is unfinished, the one begun last at the end. */
export function useFormKeys<Form>(store: FormStore<Form>): readonly string[] {
  return useSyncExternalStore(store.subscribe, store.keys);
}
