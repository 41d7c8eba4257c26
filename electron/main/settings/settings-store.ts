import { readFileSync, renameSync } from 'node:fs';
import { z } from 'zod';
import { defaultSettings, settingsSchema, type Settings } from '#shared/contract/shell.ts';
import type { Log } from '../diagnostics/log.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { systemCode } from '../diagnostics/system-code.ts';

export const windowPlaceSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof windowPlaceSchema>;

const { expressSound, staysInTray, lists } = settingsSchema.shape;

const storedSchema = z.strictObject({
  // A file of an earlier version is no damaged one.
  settings: settingsSchema.extend({
    expressSound: expressSound.default(defaultSettings.expressSound),
    staysInTray: staysInTray.default(defaultSettings.staysInTray),
    lists: lists.default(defaultSettings.lists),
  }),
  window: windowPlaceSchema.nullable(),
});
export type StoredSettings = z.infer<typeof storedSchema>;

/** As many dragged widths as the screens can have; a runaway page must not fill the disk. */
const MAX_WIDTHS = 300;

/** The part of electron-store that is used: synchronous, atomic writes that throw when they fail. */
export interface KeyValueStore {
  set(values: StoredSettings): void;
}

export interface SettingsStore {
  get(): Settings;
  /** Merges the change (widths by name), keeps it and returns the whole. @throws CodedError SETTINGS_NOT_SAVED */
  update(change: Readonly<{ [K in keyof Settings]?: Settings[K] | undefined }>): Settings;
  windowPlace(): WindowPlace | null;
  /** Losing it costs nothing but a drag of the mouse, so a failed write is logged only. */
  rememberWindowPlace(place: WindowPlace): void;
}

/**
 * Reads the settings file before `openStore` opens it. One that does not hold valid settings is renamed to
 * `<file>.damaged-<time>`, kept, and defaults are used.
 */
export function loadSettings(file: string, openStore: () => KeyValueStore, log: Log, now: () => Date): SettingsStore {
  let stored = readStored(file, log, now) ?? { settings: defaultSettings, window: null };
  const store = openStore();

  function keep(next: StoredSettings): void {
    store.set(next);
    stored = next;
  }

  return {
    get: () => stored.settings,
    update(change) {
      const before = stored.settings;
      const settings = {
        locale: change.locale ?? before.locale,
        theme: change.theme ?? before.theme,
        widths: { ...before.widths, ...change.widths },
        lists: { ...before.lists, ...change.lists },
        expressSound: change.expressSound ?? before.expressSound,
        staysInTray: change.staysInTray ?? before.staysInTray,
      };
      if (Object.keys(settings.widths).length > MAX_WIDTHS) throw new CodedError('INVALID_INPUT', { field: 'widths' });
      try {
        keep({ ...stored, settings });
      } catch (error) {
        log.error('settings-not-saved', { reason: systemCode(error) });
        throw new CodedError('SETTINGS_NOT_SAVED', { reason: systemCode(error) }, { retryable: true });
      }
      return settings;
    },
    windowPlace: () => stored.window,
    rememberWindowPlace(place) {
      try {
        keep({ ...stored, window: place });
      } catch (error) {
        log.warn('window-place-not-saved', { reason: systemCode(error) });
      }
    },
  };
}

function readStored(file: string, log: Log, now: () => Date): StoredSettings | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') log.warn('settings-unreadable', { reason: systemCode(error) });
    return null;
  }
  const read = storedSchema.safeParse(parseJson(text));
  if (read.success) return read.data;
  const kept = `${file}.damaged-${now().toISOString().replace(/[:.]/g, '')}`;
  try {
    renameSync(file, kept);
  } catch (error) {
    // Nobody waits at the start for who holds a file that is of no use.
    log.warn('settings-not-moved', { reason: systemCode(error) });
  }
  log.warn('settings-damaged', { bytes: text.length });
  return null;
}

/** Undefined, which no schema takes, for text that is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
