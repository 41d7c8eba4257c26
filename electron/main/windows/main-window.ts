import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import type { Log } from '../diagnostics/log.ts';
import type { Locations } from '../locations.ts';
import { RECOVERY_URL, SCREEN_URL } from '../security/app-origin.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { minimumSize, placeWindow } from './place-window.ts';

const webPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
  navigateOnDragDrop: false,
} as const;

function backgroundColor(): string {
  return nativeTheme.shouldUseDarkColors ? '#1f1f1f' : '#ffffff';
}

/** A page that dies again this soon after it was reloaded is left alone. */
const RELOAD_INTERVAL_MS = 10_000;

/** Opens the application's window where it was last, and shows it once there is something to see. */
export function openMainWindow(
  { preload, windowIcon }: Pick<Locations, 'preload' | 'windowIcon'>,
  settings: SettingsStore,
  log: Log,
): BrowserWindow {
  const remembered = settings.windowPlace();
  const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    ...placeWindow(remembered, workAreas),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    show: false,
    title: 'Văn Thư',
    // Windows and macOS take the executable's own.
    ...(process.platform === 'linux' ? { icon: windowIcon } : {}),
    backgroundColor: backgroundColor(),
    autoHideMenuBar: true,
    webPreferences: { ...webPreferences, preload },
  });
  if (remembered?.maximized === true) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
  });
  window.on('close', () => {
    settings.rememberWindowPlace({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  reviveDeadPage(window, log);
  void window.loadURL(SCREEN_URL).catch((error: unknown) => {
    log.error('screen-not-loaded', { error: error instanceof Error ? error.message : '' });
    window.show();
  });
  return window;
}

function reviveDeadPage(window: BrowserWindow, log: Log): void {
  let lastReload = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error('screen-died', { reason, exitCode });
    if (reason === 'clean-exit' || performance.now() - lastReload < RELOAD_INTERVAL_MS) return;
    lastReload = performance.now();
    window.webContents.reload();
  });
  window.on('unresponsive', () => {
    log.warn('screen-unresponsive');
  });
}

/** A small window over the main one, which stays as it is: what was being typed there is not lost. */
export function openRecoveryWindow(parent: BrowserWindow | null): BrowserWindow {
  const window = new BrowserWindow({
    ...(parent === null ? {} : { parent, modal: true }),
    width: 720,
    height: 560,
    minimizable: false,
    show: false,
    title: 'Văn Thư',
    backgroundColor: backgroundColor(),
    webPreferences,
  });
  window.removeMenu();
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL(RECOVERY_URL);
  return window;
}

/**
 * Brings a window into sight, wherever it was, and leaves the keyboard to whatever is being typed in elsewhere: a letter
 * must not be opened by an Enter that was meant for another program.
 */
export function raiseWindow(window: BrowserWindow): void {
  if (window.isFocused()) return;
  if (window.isMinimized()) window.restore();
  window.showInactive();
  window.moveTop();
  window.flashFrame(true);
  window.once('focus', () => {
    window.flashFrame(false);
  });
}

/** Closing the window hides it while `stays`; quitting the application closes it all the same. */
export function stayWhenClosed(window: BrowserWindow, stays: () => boolean, hidden: () => void): void {
  let quitting = false;
  app.on('before-quit', () => {
    quitting = true;
  });
  window.on('close', (event) => {
    if (quitting || !stays()) return;
    event.preventDefault();
    window.hide();
    hidden();
  });
}

/** Brings a window before the user's eyes, wherever it was. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
