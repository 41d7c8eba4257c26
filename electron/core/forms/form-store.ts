import type { FormName } from '#shared/contract/form-name.ts';

/** A form that a person has not saved yet. */
export interface FormRecord extends FormName {
  readonly personId: string;
  readonly version: number;
  /** JSON of the screen that made it; nothing else reads it. */
  readonly body: string;
  readonly keptAt: string;
}

export interface FormReads {
  /** Of one person, the newest first. */
  of(personId: string): Omit<FormRecord, 'body'>[];
  find(personId: string, name: FormName): FormRecord | null;
}

export interface FormWrites extends FormReads {
  /** `fileIds` are the stored files that it needs as long as it is kept. */
  keep(record: FormRecord, fileIds: readonly string[]): void;
  forget(personId: string, name: FormName): void;
}
