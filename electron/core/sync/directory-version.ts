import type { ReadStores, WriteStores } from '../ports/stores.ts';

const DIRECTORY_VERSION = 'directory-version';

/** The version of the directory that this office has; 0 before the first. */
export function readDirectoryVersion(stores: Pick<ReadStores, 'settings'>): number {
  return Number(stores.settings.get(DIRECTORY_VERSION) ?? '0');
}

/** Another exchange counts the versions of its directory from the start: 0. */
export function writeDirectoryVersion(stores: WriteStores, version: number): void {
  stores.settings.set(DIRECTORY_VERSION, String(version));
}
