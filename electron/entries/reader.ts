import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { READER_MEMORY_BYTES } from '#shared/contract/control.ts';
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
const answer = async (request: unknown): Promise<ReaderReply> =>
  withinMemory(await answerReaderRequest(sources, request as ReaderRequest));

/**
 * What was read with more memory than is allowed is refused, also when it was given back before whoever watches looked:
 * pdf.js takes a page that it has no room for as one without text.
 */
function withinMemory(reply: ReaderReply): ReaderReply {
  const bytes = peakBytes();
  if (bytes <= READER_MEMORY_BYTES) return reply;
  log.warn('reader-too-large', { bytes });
  return { id: reply.id, ok: false, code: 'READING_LIMIT', params: { limit: 'memory' }, detail: '' };
}

/** The most memory that this process ever occupied. Elsewhere Linux counts the process that started it as well. */
function peakBytes(): number {
  const file = '/proc/self/status';
  const peak = existsSync(file) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'latin1'))?.[1] : undefined;
  return 1024 * (peak === undefined ? process.resourceUsage().maxRSS : Number(peak));
}

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
