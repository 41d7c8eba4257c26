import path from 'node:path';
import ElectronStore from 'electron-store';
import type { KeyValueStore, StoredSettings } from './settings-store.ts';

/** The settings file under electron-store, which writes it atomically. Opened by the first write. */
export function openElectronStore(file: string): KeyValueStore {
  const { dir, name } = path.parse(file);
  let store: ElectronStore<StoredSettings> | undefined;
  return {
    set: (values) => {
      store ??= new ElectronStore<StoredSettings>({ cwd: dir, name, accessPropertiesByDotNotation: false });
      store.store = values;
    },
  };
}
