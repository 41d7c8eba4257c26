import { join } from 'node:path';
import { noLog } from '#entries/machine-ports.ts';
import { loadTrust } from '#entries/load-trust.ts';
import { createSpoolingStore } from '#files/content-store.ts';
import { answerReaderRequest } from '#reader/answer-reader-request.ts';
import type { ReaderRequest } from '#reader/reader-protocol.ts';

// The reading process for many offices, one after the other: what electron/entries/reader.ts does, with the data folder
// in each message. Starting one takes longer than most tests.

export interface PooledRequest {
  readonly dataDir: string;
  readonly request: ReaderRequest;
}

const [resourcesDir = ''] = process.argv.slice(2);

process.on('message', (message) => {
  const { dataDir, request } = message as PooledRequest;
  const trust = () => loadTrust([join(resourcesDir, 'trust'), join(dataDir, 'trust')], noLog);
  void answerReaderRequest({ store: createSpoolingStore(dataDir), trust }, request).then((reply) =>
    process.send?.(reply),
  );
});
process.on('disconnect', () => process.exit(0));
