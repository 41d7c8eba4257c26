import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { JSON_CONTENT_TYPE } from '#shared/wire/route.ts';
import { authentication } from './authentication.ts';
import { directoryRoutes } from './directory.ts';
import { enrolmentRoutes } from './enrolment.ts';
import { errorAnswers } from './error-answers.ts';
import type { ExchangeServices } from './exchange-services.ts';
import { healthRoutes } from './health.ts';
import { inboxRoutes } from './inbox.ts';
import { messageRoutes } from './messages.ts';
import { receiptRoutes } from './receipts.ts';
import { requestLog } from './request-log.ts';
import { uploadRoutes } from './uploads.ts';

/** A message may take this long to come in: 150 MB over a line of 1 Mbit/s. */
const REQUEST_TIMEOUT_MS = 30 * 60 * 1000;
const IDLE_SOCKET_MS = 60 * 1000;
/** Of what is not a message. */
const BODY_LIMIT = 64 * 1024;

const subjects = [
  healthRoutes,
  enrolmentRoutes,
  directoryRoutes,
  messageRoutes,
  uploadRoutes,
  inboxRoutes,
  receiptRoutes,
];

/**
 * The HTTP face of the exchange. The caller listens and closes.
 * @param logLevel pino level; the log goes to stderr and holds neither bodies nor credentials
 */
export function buildServer(services: ExchangeServices, logLevel: string): FastifyInstance {
  const app = Fastify({
    logger: { level: logLevel, stream: process.stderr },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: IDLE_SOCKET_MS,
    forceCloseConnections: 'idle',
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(JSON_CONTENT_TYPE, { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
  app.register(errorAnswers);
  app.register(authentication, services);
  app.register(requestLog);
  for (const subject of subjects) app.register(subject, services);
  return app;
}
