import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import Fastify, { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  type Directory,
  enrolRequestSchema,
  type EnrolResponse,
  type Health,
  type InboxPage,
  MAX_INBOX_LIMIT,
  MAX_INBOX_WAIT_SECONDS,
  MAX_MESSAGE_BYTES,
  MESSAGE_CONTENT_TYPE,
  type Receipt,
} from '#shared/wire/exchange-api.ts';
import { acceptMessage } from '../delivery/accept-message.ts';
import type { InboxBell } from '../delivery/inbox-bell.ts';
import { findMessageFor, readInbox } from '../delivery/read-inbox.ts';
import { listAgencies, normaliseAgencyCode } from '../directory/agencies.ts';
import { enrolWorkstation } from '../directory/enrolment.ts';
import { ExchangeError } from '../exchange-error.ts';
import { type Database, isDatabaseUnavailable } from '../storage/database.ts';
import type { MessageFiles } from '../storage/message-files.ts';
import { AttemptLimiter } from './attempt-limiter.ts';
import { authenticate, type Caller } from './authenticate.ts';
import { receiveMessage } from './receive-message.ts';
import { sendFile } from './send-file.ts';

export interface ExchangeServices {
  readonly database: Database;
  readonly files: MessageFiles;
  readonly bell: InboxBell;
  readonly exchangeId: string;
  /** pino level; the log goes to stderr and holds neither bodies nor credentials. */
  readonly logLevel: string;
}

const ENROL_ATTEMPTS = 10;
const ENROL_WINDOW_MS = 10 * 60 * 1000;
const RETRY_AFTER_SECONDS = 5;
/** A message may take this long to come in: 150 MB over a line of 1 Mbit/s. */
const REQUEST_TIMEOUT_MS = 30 * 60 * 1000;
const IDLE_SOCKET_MS = 60 * 1000;

const sinceQuery = z.object({ since: z.coerce.number().int().nonnegative().default(0) });
const inboxQuery = z.object({
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(MAX_INBOX_LIMIT).default(50),
  wait: z.coerce.number().int().min(0).max(MAX_INBOX_WAIT_SECONDS).default(0),
});
const messageParams = z.object({ id: z.uuid().toLowerCase() });

/** The HTTP face of the exchange. The caller listens and closes. */
export function buildServer(services: ExchangeServices): FastifyInstance {
  const { database, files, bell, exchangeId } = services;
  const app = Fastify({
    logger: { level: services.logLevel, stream: process.stderr },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: 64 * 1024,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: IDLE_SOCKET_MS,
    forceCloseConnections: 'idle',
  });
  const callers = new WeakMap<FastifyRequest, Caller>();
  const enrolAttempts = new AttemptLimiter(ENROL_ATTEMPTS, ENROL_WINDOW_MS);

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
  app.addContentTypeParser(MESSAGE_CONTENT_TYPE, (_request, payload, done) => done(null, payload));

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    request.log.info({
      method: request.method,
      route: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      workstation: callers.get(request)?.workstationId,
    });
  });
  app.setErrorHandler((error, request, reply) => sendError(toExchangeError(error, request), reply));
  app.setNotFoundHandler((_request, reply) => sendError(new ExchangeError('NOT_FOUND', 404), reply));

  const identify = async (request: FastifyRequest): Promise<void> => {
    callers.set(request, await authenticate(request, database, exchangeId));
  };
  const callerOf = (request: FastifyRequest): Caller => {
    const caller = callers.get(request);
    if (!caller) throw new ExchangeError('UNAUTHENTICATED', 401);
    return caller;
  };

  const answerInbox = async (request: FastifyRequest): Promise<InboxPage> => {
    const { agencyCode } = callerOf(request);
    const { after, limit, wait } = parse(inboxQuery, request.query);
    // Expecting first: what comes between the look and the wait rings too.
    const next = bell.expect(agencyCode, wait * 1000);
    request.raw.socket.once('close', next.cancel);
    try {
      const page = await readInbox(database, agencyCode, after, limit);
      if (page.items.length > 0 || wait === 0) return page;
      await next.rung;
      return await readInbox(database, agencyCode, after, limit);
    } finally {
      next.cancel();
      request.raw.socket.off('close', next.cancel);
    }
  };

  app.get('/v1/health', async (): Promise<Health> => {
    await database.query('SELECT 1');
    return { status: 'ok', serverTime: new Date().toISOString() };
  });

  app.post('/v1/enrol', async (request, reply): Promise<EnrolResponse> => {
    const wait = enrolAttempts.waitFor(request.ip, Date.now());
    if (wait > 0) {
      reply.header('retry-after', Math.ceil(wait / 1000));
      throw new ExchangeError('RATE_LIMITED', 429);
    }
    const body = parse(enrolRequestSchema, request.body);
    try {
      return await enrolWorkstation(database, body, new Date());
    } catch (error) {
      if (error instanceof ExchangeError) enrolAttempts.note(request.ip, Date.now());
      throw error;
    }
  });

  app.route({
    method: 'GET',
    url: '/v1/agencies',
    onRequest: identify,
    handler: (request): Promise<Directory> => listAgencies(database, parse(sinceQuery, request.query).since),
  });

  app.put(
    '/v1/messages/:id',
    { onRequest: identify, bodyLimit: MAX_MESSAGE_BYTES },
    async (request, reply): Promise<Receipt> => {
      const { agencyCode } = callerOf(request);
      const { id } = parse(messageParams, request.params);
      const digest = request.headers['content-digest'];
      if (request.body === undefined) throw new ExchangeError('REQUEST_INVALID', 400, { field: 'content-type' });
      const received = await receiveMessage(
        request.body as Readable,
        typeof digest === 'string' ? digest : undefined,
        files,
        (routing) => {
          if (normaliseAgencyCode(routing.from) !== agencyCode) {
            throw new ExchangeError('SENDER_MISMATCH', 403, { from: routing.from.slice(0, 50), agency: agencyCode });
          }
        },
      );
      const { receipt, isNew, delivered } = await acceptMessage(database, { id, senderCode: agencyCode, ...received });
      for (const code of delivered) bell.ring(code);
      reply.code(isNew ? 201 : 200);
      return receipt;
    },
  );

  app.route({ method: 'GET', url: '/v1/inbox', onRequest: identify, handler: answerInbox });

  app.get('/v1/messages/:id', { onRequest: identify }, async (request, reply) => {
    const { id } = parse(messageParams, request.params);
    const file = await findMessageFor(database, id, callerOf(request).agencyCode);
    return sendFile(request, reply, files, file);
  });

  return app;
}

function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new ExchangeError('REQUEST_INVALID', 400, { field: result.error.issues[0]?.path.join('.') ?? '' });
}

function toExchangeError(error: unknown, request: FastifyRequest): ExchangeError {
  if (error instanceof ExchangeError) return error;
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 413) return new ExchangeError('MESSAGE_TOO_LARGE', 413, { limit: MAX_MESSAGE_BYTES });
  if (status >= 400 && status < 500) return new ExchangeError('REQUEST_INVALID', status);
  request.log.error({ err: error }, 'request failed');
  return isDatabaseUnavailable(error) || status === 503
    ? new ExchangeError('UNAVAILABLE', 503)
    : new ExchangeError('UNEXPECTED', 500);
}

function sendError(error: ExchangeError, reply: FastifyReply): FastifyReply {
  if (error.status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', RETRY_AFTER_SECONDS);
  return reply.code(error.status).type('application/json').send(error.toBody());
}
