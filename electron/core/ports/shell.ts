import type { FromCore, PickedPath } from '#shared/contract/control.ts';

/** What only the shell can do for core. */
export interface Shell {
  /** The file behind a token that the shell gave to the screen; null when the token is unknown or expired. */
  resolveToken(token: string): Promise<PickedPath | null>;
  /** Kept by the operating system's key store where there is one. */
  getSecret(name: string): Promise<string | null>;
  setSecret(name: string, value: string): Promise<void>;
  notify(notice: Notice): void;
}

export type Notice = Omit<Extract<FromCore, { type: 'notice' }>, 'type'>;
