import type { InboxItem } from '../ports/exchange.ts';
import type { ReadStores, WriteStores } from '../ports/stores.ts';

const CURSOR = 'inbox-cursor';
const DIRECTORY_VERSION = 'directory-version';

/** How far the inbox has been taken in: the number of its last item, 0 before the first. */
export function readCursor(stores: ReadStores): number {
  return Number(stores.settings.get(CURSOR) ?? '0');
}

export function moveCursor(stores: WriteStores, item: InboxItem): void {
  stores.settings.set(CURSOR, String(item.seq));
}

export function readDirectoryVersion(stores: ReadStores): number {
  return Number(stores.settings.get(DIRECTORY_VERSION) ?? '0');
}

export function writeDirectoryVersion(stores: WriteStores, version: number): void {
  stores.settings.set(DIRECTORY_VERSION, String(version));
}

/** Another exchange counts its items and its directory from the start. */
export function forgetPlaces(stores: WriteStores): void {
  stores.settings.set(CURSOR, '0');
  stores.settings.set(DIRECTORY_VERSION, '0');
}
