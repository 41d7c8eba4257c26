/** Host of the application's own pages: `app://vanthu/index.html`. */
export const APP_HOST = 'vanthu';
export const APP_ORIGIN = `app://${APP_HOST}`;
export const SCREEN_URL = `${APP_ORIGIN}/index.html`;
export const RECOVERY_URL = `${APP_ORIGIN}/recovery`;

/** The frame that a message came from, as far as the shell must know it. */
export interface CallerFrame {
  readonly url: string;
  readonly isMainFrame: boolean;
}

/** Whether the application's own screen speaks: its page, in the top frame. */
export function isOwnScreen(frame: CallerFrame | null): boolean {
  if (frame === null || !frame.isMainFrame || !URL.canParse(frame.url)) return false;
  const url = new URL(frame.url);
  return url.protocol === 'app:' && url.host === APP_HOST && screenPaths.includes(url.pathname);
}

const screenPaths: readonly string[] = ['/', '/index.html'];

/** Whether a page may go to `target`: only the screen to itself, as a reload does. */
export function mayNavigate(current: string, target: string): boolean {
  return (
    isOwnScreen({ url: current, isMainFrame: true }) &&
    isOwnScreen({ url: target, isMainFrame: true }) &&
    new URL(target).search === ''
  );
}
