import type { HandlerInput } from '#shared/contract/contract.ts';

export type PickPurpose = HandlerInput<'files.pick'>['purpose'];

/** What the user says where to find or put; null or empty when she changed her mind. */
export interface Dialogs {
  pickFiles(purpose: PickPurpose): Promise<readonly string[]>;
  /** A folder. */
  pickBackupPlace(): Promise<string | null>;
  saveCopyTo(name: string): Promise<string | null>;
  saveDiagnosticsTo(name: string): Promise<string | null>;
}
