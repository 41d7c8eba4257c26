import type { FormName } from '#shared/contract/form-name.ts';
import type { KeptForm } from '#shared/contract/forms.ts';
import { call } from '../../api/api.ts';
import { toCallFailure, type CallFailure } from '../../api/call-failure.ts';

/** What is typed is on disk within a second: this long after the first key, and the time of one transaction. */
const KEEP_AFTER_MS = 400;
const TRY_AGAIN_AFTER_MS = 1000;
const passing: ReadonlySet<string> = new Set(['DISK_FULL', 'FILE_HELD', 'SIGNED_OUT']);

/** Forms of one kind, as the disk sees them. */
export interface FormSource {
  toKeep(key: string): { readonly version: number; readonly body: string; readonly files: readonly string[] } | null;
  takeBack(key: string, version: number, body: string): boolean;
  clear(): void;
}

/** Where forms are kept. */
export interface FormDisk {
  list(): Promise<{ readonly personId: string; readonly forms: readonly KeptForm[] }>;
  read(name: FormName): Promise<{ readonly version: number; readonly body: string }>;
  keep(
    personId: string,
    name: FormName,
    form: { readonly version: number; readonly body: string; readonly files: readonly string[] },
  ): Promise<void>;
  forget(personId: string, name: FormName): Promise<void>;
}

/** A form of another version of the program: its text can be read, and not be filled in. */
export interface StrangeForm extends KeptForm {
  readonly body: string;
}

/** Keeps every unfinished form in the register, and brings them back when a window opens. */
export class FormKeeper {
  readonly #disk: FormDisk;
  readonly #sources = new Map<string, FormSource>();
  /** What was on disk when the window opened, of kinds whose screens have not been loaded yet. */
  readonly #waiting = new Map<string, StrangeForm[]>();
  readonly #changed = new Map<string, FormName>();
  /** What the disk has, by name: the same is not written twice. */
  readonly #onDisk = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  /** Who sits here. */
  #personId = '';
  #strange: readonly StrangeForm[] = [];
  #failure: CallFailure | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isWriting = false;

  constructor(disk: FormDisk) {
    this.#disk = disk;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  /** Why what is typed is not on disk; it is tried again. Null while it is. */
  readonly failure = (): CallFailure | null => this.#failure;
  readonly strange = (): readonly StrangeForm[] => this.#strange;

  /** A kind of form whose screen has been loaded: it gets what was kept of it. */
  add(kind: string, source: FormSource): void {
    this.#sources.set(kind, source);
    for (const form of this.#waiting.get(kind) ?? []) this.#give(source, form);
    this.#waiting.delete(kind);
  }

  /** Brings back what the person who sits here has not finished. @throws CallFailure */
  async bringBack(): Promise<void> {
    for (const source of this.#sources.values()) source.clear();
    this.#waiting.clear();
    this.#changed.clear();
    this.#onDisk.clear();
    this.#strange = [];
    // The oldest first: it was begun first.
    const { personId, forms } = await this.#disk.list();
    this.#personId = personId;
    for (const kept of forms.toReversed()) {
      const form = { ...kept, ...(await this.#disk.read(kept)) };
      this.#onDisk.set(idOf(kept), form.body);
      const source = this.#sources.get(kept.kind);
      if (source !== undefined) this.#give(source, form);
      else this.#waiting.set(kept.kind, [...(this.#waiting.get(kept.kind) ?? []), form]);
    }
    this.#publish();
  }

  /** A form has changed, or is gone. */
  touched(kind: string, key: string): void {
    this.#changed.set(idOf({ kind, key }), { kind, key });
    this.#wait(KEEP_AFTER_MS);
  }

  /** Writes at once: the window is about to close. */
  hurry(): void {
    for (const name of this.#changed.values()) void this.#write(name).catch(() => undefined);
  }

  /** What another version kept is not wanted any more. */
  async drop(form: KeptForm): Promise<void> {
    await this.#disk.forget(this.#personId, form);
    this.#onDisk.delete(idOf(form));
    this.#strange = this.#strange.filter((one) => idOf(one) !== idOf(form));
    this.#publish();
  }

  #give(source: FormSource, form: StrangeForm): void {
    if (source.takeBack(form.key, form.version, form.body)) return;
    this.#strange = [...this.#strange, form];
    this.#publish();
  }

  #wait(ms: number): void {
    if (this.#timer !== null || this.#isWriting) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#writeAll();
    }, ms);
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    let failure: CallFailure | null = null;
    const changed = new Map(this.#changed);
    // Typed on while it is written: that is another change.
    this.#changed.clear();
    for (const [id, name] of changed) {
      try {
        await this.#write(name);
      } catch (thrown) {
        failure = toCallFailure(thrown);
        // What cannot pass by itself is tried again with the next key.
        if (failure.retryable || passing.has(failure.code)) this.#changed.set(id, name);
      }
    }
    this.#isWriting = false;
    if (this.#failure?.code !== failure?.code) {
      this.#failure = failure;
      this.#publish();
    }
    if (this.#changed.size > 0) this.#wait(failure === null ? KEEP_AFTER_MS : TRY_AGAIN_AFTER_MS);
  }

  async #write(name: FormName): Promise<void> {
    const id = idOf(name);
    const form = this.#sources.get(name.kind)?.toKeep(name.key) ?? null;
    if (form === null) {
      if (!this.#onDisk.has(id)) return;
      await this.#disk.forget(this.#personId, name);
      this.#onDisk.delete(id);
    } else if (this.#onDisk.get(id) !== form.body) {
      await this.#disk.keep(this.#personId, name, form);
      this.#onDisk.set(id, form.body);
    }
  }

  #publish(): void {
    for (const listener of this.#listeners) listener();
  }
}

const idOf = ({ kind, key }: FormName): string => `${kind} ${key}`;
const newCommand = (): string => crypto.randomUUID();

/** That of this window. */
export const formKeeper = new FormKeeper({
  list: () => call('forms.list', {}),
  read: ({ kind, key }) => call('forms.read', { kind, key }),
  keep: async (personId, { kind, key }, { version, body, files }) =>
    void (await call('forms.keep', {
      personId,
      kind,
      key,
      version,
      body,
      files: [...files],
      commandId: newCommand(),
    })),
  forget: async (personId, { kind, key }) =>
    void (await call('forms.forget', { personId, kind, key, commandId: newCommand() })),
});
