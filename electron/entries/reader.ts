import { join } from 'node:path';
import { createSpoolingStore } from '#files/content-store.ts';
import { createLogFile } from '#files/log-file.ts';
import { answerReaderRequest } from '#reader/answer-reader-request.ts';
import type { ReaderReply, ReaderRequest } from '#reader/reader-protocol.ts';
import { loadTrust } from './load-trust.ts';

// The process that reads messages and PDFs from outside. Whoever starts it names the data folder and the folder of
// resources. In Electron main hands it a channel to core ({type: 'connect'} with one port); in plain Node the one that
// forked it asks directly. It is killed without warning when a file takes too long or too much.

const [dataDir = '', resourcesDir = ''] = process.argv.slice(2);
const log = createLogFile(join(dataDir, 'logs', 'reader.log'));
const trustDirs = [join(resourcesDir, 'trust'), join(dataDir, 'trust')];
const sources = { store: createSpoolingStore(dataDir), trust: () => loadTrust(trustDirs, log) };
const answer = (request: unknown): Promise<ReaderReply> => answerReaderRequest(sources, request as ReaderRequest);

if (process.send === undefined) {
  process.parentPort.on('message', ({ ports: [port] }) => {
    if (port === undefined) return;
    port.on('message', ({ data }) => void answer(data).then((reply) => port.postMessage(reply)));
    port.start();
  });
} else {
  process.on('message', (request) => void answer(request).then((reply) => process.send?.(reply)));
  // Whoever asked is gone, and with it the lock on the folder.
  process.on('disconnect', () => process.exit(0));
}
