import { app, session, type WebContents } from 'electron';
import type { Log } from '../diagnostics/log.ts';
import { isOwnScreen, mayNavigate } from './app-origin.ts';

/** Nothing but copying text; no camera, no location, no notifications of the page's own. */
const allowedPermissions: readonly string[] = ['clipboard-sanitized-write'];

/**
 * Confines every page there is or will be: no navigation, no windows of its own, no permissions. `onLink` is told where
 * a page wants to go and returns true if that is a button of the shell's own, whose address leads nowhere.
 */
export function confinePages(log: Log, onLink: (from: WebContents, target: string) => boolean): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (event.isMainFrame && (mayNavigate(contents.getURL(), event.url) || onLink(contents, event.url))) return;
      event.preventDefault();
      log.warn('navigation-denied', { scheme: schemeOf(event.url) });
    });
    contents.on('will-redirect', (event) => {
      event.preventDefault();
    });
  });

  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((contents, permission, answer) => {
    answer(mayUse(permission, contents.getURL()));
  });
  defaultSession.setPermissionCheckHandler((contents, permission) => mayUse(permission, contents?.getURL() ?? ''));
  defaultSession.setDevicePermissionHandler(() => false);
}

function mayUse(permission: string, url: string): boolean {
  return allowedPermissions.includes(permission) && isOwnScreen({ url, isMainFrame: true });
}

/** Where to is nobody's business in a log; what kind of address is. */
function schemeOf(address: string): string {
  return URL.canParse(address) ? new URL(address).protocol : 'none';
}
