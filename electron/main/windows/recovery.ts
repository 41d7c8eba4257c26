import type { BrowserWindow, WebContents } from 'electron';
import type { Locale } from '#shared/contract/shell.ts';
import type { CoreFailure } from '../processes/core-supervisor.ts';
import { pageResponse } from '../security/answer-page.ts';
import { RECOVERY_URL } from '../security/app-origin.ts';
import { recoveryPolicy } from '../security/content-security-policy.ts';
import { openRecoveryWindow } from './main-window.ts';
import {
  recoveryAction,
  recoveryPage,
  recoveryStyleHash,
  type RecoveryAction,
  type RestoreOffer,
} from './recovery-page.ts';

export interface Recovery {
  /** Tells the user that core is given up, and why; `offer` is what can be restored. */
  show(failure: CoreFailure, offer: RestoreOffer | null): void;
  close(): void;
  /** For the `app://` handler: the page itself, and "stay where you are" (204) for its buttons. Null for all else. */
  answer(address: string): Response | null;
  /** Takes a link of the recovery page for the button it is; false for any other link, which must not be followed. */
  followLink(from: WebContents, target: string): boolean;
}

export function createRecovery(
  parent: () => BrowserWindow | null,
  locale: () => Locale,
  act: (action: RecoveryAction) => void,
): Recovery {
  let shown: {
    readonly window: BrowserWindow;
    readonly failure: CoreFailure;
    readonly offer: RestoreOffer | null;
  } | null = null;

  function close(): void {
    const closing = shown?.window;
    shown = null;
    if (closing?.isDestroyed() === false) closing.destroy();
  }

  return {
    show(failure, offer) {
      close();
      const window = openRecoveryWindow(parent());
      shown = { window, failure, offer };
      window.on('closed', () => {
        if (shown?.window === window) shown = null;
      });
    },
    close,
    answer(address) {
      if (shown === null) return null;
      if (recoveryAction(address) !== null) return new Response(null, { status: 204 });
      if (address !== RECOVERY_URL) return null;
      const page = recoveryPage(shown.failure, shown.offer, locale());
      return pageResponse(page, 'text/html; charset=utf-8', recoveryPolicy(recoveryStyleHash));
    },
    followLink(from, target) {
      if (shown === null || shown.window.isDestroyed() || from !== shown.window.webContents) return false;
      const action = recoveryAction(target);
      if (action !== null) act(action);
      return action !== null;
    },
  };
}
