import type { ForeignReader } from '#core/ports/foreign-reader.ts';
import type { ProcessReader } from './process-reader.ts';

/**
 * Several reading processes as one: each call goes to the one with the fewest waiting, so that a file which takes all of
 * its time holds up neither an express letter nor a clerk.
 */
export function poolReaders(readers: readonly ProcessReader[]): ProcessReader {
  const waiting = readers.map(() => 0);
  const ask = async <T>(call: (reader: ForeignReader) => Promise<T>): Promise<T> => {
    const at = waiting.indexOf(Math.min(...waiting));
    const reader = readers[at];
    if (reader === undefined) throw new Error('a pool without readers');
    waiting[at] = (waiting[at] ?? 0) + 1;
    try {
      return await call(reader);
    } finally {
      waiting[at] = (waiting[at] ?? 1) - 1;
    }
  };
  return {
    readMessage: (fileId) => ask((reader) => reader.readMessage(fileId)),
    readEnvelope: (fileId) => ask((reader) => reader.readEnvelope(fileId)),
    verify: (fileId, at) => ask((reader) => reader.verify(fileId, at)),
    readPage: (fileId) => ask((reader) => reader.readPage(fileId)),
    checkSignable: (fileId) => ask((reader) => reader.checkSignable(fileId)),
    signedRevision: (fileId, index) => ask((reader) => reader.signedRevision(fileId, index)),
    close: () => {
      for (const reader of readers) reader.close();
    },
  };
}
