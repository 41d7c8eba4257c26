import type { ForeignReader } from '#core/ports/foreign-reader.ts';
import type { ProcessReader } from './process-reader.ts';

/**
 * Several reading processes as one: each call goes to the first that is free, in the order asked, so that a file which
 * takes all of its time holds up neither an express letter nor a clerk.
 */
export function poolReaders(readers: readonly ProcessReader[]): ProcessReader {
  const free = [...readers];
  const waiting: ((reader: ProcessReader) => void)[] = [];
  const ask = async <T>(call: (reader: ForeignReader) => Promise<T>): Promise<T> => {
    const reader = free.shift() ?? (await new Promise<ProcessReader>((resolve) => waiting.push(resolve)));
    try {
      return await call(reader);
    } finally {
      const next = waiting.shift();
      if (next !== undefined) next(reader);
      // The one that worked last is warm, and the others may end after their idle time.
      else free.unshift(reader);
    }
  };
  return {
    readMessage: (fileId) => ask((reader) => reader.readMessage(fileId)),
    readEnvelope: (fileId) => ask((reader) => reader.readEnvelope(fileId)),
    readMail: (fileId) => ask((reader) => reader.readMail(fileId)),
    verify: (fileId, at) => ask((reader) => reader.verify(fileId, at)),
    readPage: (fileId) => ask((reader) => reader.readPage(fileId)),
    makeSignable: (fileId, as) => ask((reader) => reader.makeSignable(fileId, as)),
    signedRevision: (fileId, index) => ask((reader) => reader.signedRevision(fileId, index)),
    close: () => {
      for (const reader of readers) reader.close();
    },
  };
}
