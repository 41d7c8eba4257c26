import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import {
  getMessage,
  MESSAGE_CONTENT_TYPE,
  putMessage,
  readContentDigest,
  WANT_CONTENT_DIGEST,
} from '#shared/wire/messages.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import { acceptMessage } from '../use-cases/accept-message.ts';
import { findMessage } from '../use-cases/find-message.ts';
import { receiveMessage } from '../use-cases/receive-message.ts';
import { requireAcceptable } from '../use-cases/require-acceptable.ts';
import { watchersOf } from '../use-cases/watchers-of.ts';
import type { ExchangeServices } from './exchange-services.ts';
import { sendFile } from './send-file.ts';
import { serveRoute } from './serve-route.ts';

export async function messageRoutes(app: FastifyInstance, services: ExchangeServices): Promise<void> {
  const { database, files, reader, notifier, quotas } = services;
  // Only messages, and only here: they are taken as streams.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(MESSAGE_CONTENT_TYPE, (_request, payload, done) => done(null, payload));

  serveRoute(app, putMessage, async ({ params: { id }, body, caller: { agencyCode }, request, reply }) => {
    const digest = request.headers['content-digest'];
    const expectedDigest = readContentDigest(typeof digest === 'string' ? digest : undefined);
    if (expectedDigest === undefined) {
      body.resume();
      throw new ExchangeError('REQUEST_INVALID', { field: 'content-digest' });
    }
    const arrived = { id, senderCode: agencyCode, sha256: Buffer.from(expectedDigest, 'base64').toString('hex') };
    const received = await receiveMessage(body, expectedDigest, files, reader, (routing) =>
      requireAcceptable(database, quotas, arrived, routing),
    );
    const { receipt, isNew, delivered } = await quotas.inTurn(agencyCode, () =>
      acceptMessage(database, services, { id, senderCode: agencyCode, ...received }),
    );
    notifier.delivered(delivered);
    reply.code(isNew ? 201 : 200);
    return receipt;
  });

  serveRoute(app, getMessage, async ({ params: { id }, caller: { agencyCode }, request, reply }) => {
    const doubted = request.headers[WANT_CONTENT_DIGEST] !== undefined;
    const file = await findMessage(database, files, { messageId: id, agencyCode, doubted });
    const { answer, reachesEnd } = sendFile(request, reply, files, file);
    if (reachesEnd) reply.raw.once('finish', () => void noteFetched(services, id, agencyCode, request.log));
    return answer;
  });
}

/** The whole of a document went to its recipient's workstation; nobody waits for the note of it. */
async function noteFetched(
  { database, notifier, clock }: ExchangeServices,
  messageId: string,
  recipientCode: string,
  log: FastifyBaseLogger,
): Promise<void> {
  try {
    const fetched = { at: clock(), event: 'fetched' as const, messageId, recipientCode, statedBy: null };
    notifier.delivered(watchersOf(await database.events.append([fetched])));
  } catch (error) {
    log.warn({ err: error }, 'a fetched document was not noted');
  }
}
