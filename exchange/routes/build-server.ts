import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { JSON_CONTENT_TYPE } from '#shared/wire/route.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import { admission } from './admission.ts';
import { answerProof } from './answer-proof.ts';
import { authentication } from './authentication.ts';
import { isAsSigned } from './body-headers.ts';
import { directoryRoutes } from './directory.ts';
import { dutyRoutes } from './duty.ts';
import { enrolmentRoutes } from './enrolment.ts';
import { errorAnswers } from './error-answers.ts';
import type { ExchangeServices } from './exchange-services.ts';
import { feedbackRoutes } from './feedback.ts';
import { healthRoutes } from './health.ts';
import { inboxRoutes } from './inbox.ts';
import { messageRoutes } from './messages.ts';
import { oversightRoutes } from './oversight.ts';
import { receiptRoutes } from './receipts.ts';
import { reportRoutes } from './reports.ts';
import { requestLog } from './request-log.ts';
import { secureTransport } from './secure-transport.ts';
import { uploadRoutes } from './uploads.ts';
import { watchRoutes } from './watch.ts';

/** A message may take this long to come in: 150 MB over a line of 1 Mbit/s. */
const REQUEST_TIMEOUT_MS = 30 * 60 * 1000;
const IDLE_SOCKET_MS = 60 * 1000;
/** Of what is not a message. */
const BODY_LIMIT = 64 * 1024;

export interface ServerOptions {
  /** pino level; the log goes to stderr and holds neither bodies nor credentials. */
  readonly logLevel: string;
  /** Addresses or networks of proxies whose X-Forwarded-For and X-Forwarded-Proto count; this machine's always do. */
  readonly trustedProxies: readonly string[];
}

const subjects = [
  healthRoutes,
  enrolmentRoutes,
  directoryRoutes,
  messageRoutes,
  uploadRoutes,
  inboxRoutes,
  receiptRoutes,
  watchRoutes,
  dutyRoutes,
  reportRoutes,
  oversightRoutes,
  feedbackRoutes,
];

/**
 * The HTTP face of the exchange. The caller listens and closes.
 */
export function buildServer(services: ExchangeServices, options: ServerOptions): FastifyInstance {
  const app = Fastify({
    logger: { level: options.logLevel, stream: process.stderr },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: IDLE_SOCKET_MS,
    forceCloseConnections: 'idle',
    trustProxy: ['loopback', ...options.trustedProxies],
  });
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser(JSON_CONTENT_TYPE, { parseAs: 'string' }, (request, body: string, done) => {
    if (isAsSigned(request, body)) return parseJson(request, body, done);
    done(new ExchangeError('DIGEST_MISMATCH'));
  });
  app.register(errorAnswers);
  app.register(answerProof, services);
  app.register(authentication, services);
  app.register(admission, services);
  app.register(requestLog);
  app.register(secureTransport);
  for (const subject of subjects) app.register(subject, services);
  return app;
}
