import { CodedError } from '#shared/errors/coded-error.ts';
import type { FileStore } from '#core/ports/file-store.ts';
import { createContentStore } from '#files/content-store.ts';

/** A file store on a disk that is full for as long as `isFull` says so. */
export function storeOnFullDisk(dataDir: string, isFull: () => boolean): FileStore {
  const store = createContentStore(dataDir);
  const room = () => {
    if (isFull()) throw new CodedError('DISK_FULL');
  };
  return {
    ...store,
    importFile: async (path, maxSize) => {
      room();
      return store.importFile(path, maxSize);
    },
    write: async (bytes) => {
      room();
      return store.write(bytes);
    },
    writeUnflushed: async (bytes) => {
      room();
      return store.writeUnflushed(bytes);
    },
    writePieces: async (pieces) => {
      room();
      return store.writePieces(pieces);
    },
    receive: async (fileId) => {
      const partial = await store.receive(fileId);
      return {
        ...partial,
        append: async (bytes) => {
          room();
          await partial.append(bytes);
        },
      };
    },
  };
}
