import type { InboxItem } from '../ports/exchange.ts';
import type { ReadStores, WriteStores } from '../ports/stores.ts';

const INBOX_CURSOR = 'inbox-cursor';
const DIRECTORY_VERSION = 'directory-version';

/** How far the inbox has been taken in: the number of its last item, 0 before the first. */
export function readInboxCursor(stores: Pick<ReadStores, 'settings'>): number {
  return Number(stores.settings.get(INBOX_CURSOR) ?? '0');
}

export function moveInboxCursor(stores: WriteStores, item: InboxItem): void {
  stores.settings.set(INBOX_CURSOR, String(item.seq));
}

export function readDirectoryVersion(stores: Pick<ReadStores, 'settings'>): number {
  return Number(stores.settings.get(DIRECTORY_VERSION) ?? '0');
}

export function writeDirectoryVersion(stores: WriteStores, version: number): void {
  stores.settings.set(DIRECTORY_VERSION, String(version));
}

/** Another exchange counts its items and its directory from the start. */
export function resetCursors(stores: WriteStores): void {
  stores.settings.set(INBOX_CURSOR, '0');
  stores.settings.set(DIRECTORY_VERSION, '0');
}
