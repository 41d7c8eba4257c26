import type { Role } from '#shared/domain/roles.ts';
import type { FromCore, MachineFacts, PickedPath } from '#shared/contract/control.ts';

/** What only the shell can do for core. */
export interface Shell {
  /** The file behind a token that the shell gave to the screen; null when the token is unknown or expired. */
  resolveToken(token: string): Promise<PickedPath | null>;
  /** Kept by the operating system's key store where there is one. */
  getSecret(name: string): Promise<string | null>;
  setSecret(name: string, value: string): Promise<void>;
  /** What the shell says of itself for a diagnostic bundle; null when it says nothing that can be told. */
  machine(): Promise<MachineFacts | null>;
  notify(notice: Notice): void;
  /**
   * What whoever is signed in may do; null when nobody is. Stored files that are not for her are held
   * back. Told at the start, and whenever it may be another.
   */
  callerChanged(roles: readonly Role[] | null, withheldFiles: readonly string[]): void;
}

export type Notice = Omit<Extract<FromCore, { type: 'notice' }>, 'type'> & {
  /** The document that it is about, where it says more of one than its number. */
  readonly about?: string;
};
