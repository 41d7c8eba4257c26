import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorBody, ExchangeErrorCode } from '#shared/wire/errors.ts';
import { MAX_MESSAGE_BYTES } from '#shared/wire/messages.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import { isDatabaseUnavailable } from '../storage/database-unavailable.ts';
import { sharedPlugin } from './shared-plugin.ts';

const RETRY_AFTER_SECONDS = 5;

/** Status and text of each refusal. The text is for whoever reads an answer by hand; the application shows its own. */
const answers: Readonly<Record<ExchangeErrorCode, readonly [status: number, message: string]>> = {
  REQUEST_INVALID: [400, 'The request does not have the required form.'],
  UNAUTHENTICATED: [401, 'The request is not signed by an enrolled workstation.'],
  CLOCK_SKEW: [401, 'The clock of the workstation differs too much from the server time in params.'],
  REQUEST_ALTERED: [400, 'The request is not the one that the workstation signed.'],
  REQUEST_REPLAYED: [401, 'The proof of the request was used before; make a new one.'],
  HTTPS_REQUIRED: [503, 'The exchange is reached by https only: the proxy before it must send X-Forwarded-Proto.'],
  WORKSTATION_REVOKED: [403, 'This workstation may no longer speak for its agency.'],
  ENROL_CODE_INVALID: [403, 'There is no such enrolment code.'],
  ENROL_CODE_EXPIRED: [403, 'The enrolment code is no longer valid.'],
  ENROL_CODE_USED: [403, 'The enrolment code has been used by another workstation.'],
  AGENCY_DIFFERS: [409, 'The code belongs to another agency than the register of this workstation.'],
  REGISTER_EXISTS: [409, 'This agency has a register on another workstation.'],
  REGISTER_OUTDATED: [409, 'This agency has a newer copy of this register on another workstation.'],
  REGISTER_REPLACED: [403, 'Another workstation has taken over the register of this agency.'],
  RATE_LIMITED: [429, 'Too many attempts; try again after the time in Retry-After.'],
  SENDER_MISMATCH: [403, 'The sender in the message is not the agency of this workstation.'],
  AGENCY_CLOSED: [403, 'The agency of this workstation is past its last day: it may read, and sends nothing.'],
  RECIPIENT_UNKNOWN: [422, 'None of the receivers is in the directory.'],
  MESSAGE_ID_CONFLICT: [409, 'Another message was accepted under this id.'],
  MESSAGE_TOO_LARGE: [413, 'The message is larger than the exchange accepts.'],
  TOO_MANY_RECIPIENTS: [422, 'The message names more receivers than one message may have.'],
  EDXML_INVALID: [422, 'The message is not usable edXML.'],
  DIGEST_MISMATCH: [422, 'The bytes received do not have the announced SHA-256.'],
  UPLOAD_OFFSET_MISMATCH: [409, 'The upload goes on at another offset, which params name.'],
  UPLOAD_INCOMPLETE: [409, 'The upload does not have all its bytes yet.'],
  UPLOAD_LIMIT: [429, 'The agency has too many unfinished uploads; finish or delete some, or wait.'],
  NOT_ADDRESSED: [403, 'The message is neither from nor for this agency.'],
  NOT_FOUND: [404, 'There is nothing at this address.'],
  MESSAGE_LOST: [410, 'The exchange lost the bytes of this message; its sender is asked for them.'],
  RANGE_INVALID: [416, 'The requested range lies outside the message.'],
  DUTY_CHANGED: [409, 'Somebody else has changed the rota meanwhile.'],
  PHONE_CODE_INVALID: [422, 'The code is not the one that was sent, or it is too old.'],
  PHONE_NOT_VERIFIED: [422, 'The number has not been verified by its code.'],
  NO_CHANNEL: [422, 'This exchange cannot send messages to such a number.'],
  NOT_SUPERVISING: [403, 'The agency of this workstation does not supervise those it asks about.'],
  PERIOD_INVALID: [400, 'The first day must be before the last, and not by more than two years.'],
  FEEDBACK_CONFLICT: [409, 'Another report or answer was taken under this id.'],
  FEEDBACK_LIMIT: [422, 'There are as many reports of the day, or answers to the report, as there may be.'],
  FEEDBACK_TOO_LARGE: [413, 'The diagnostic bundle is larger than the exchange takes.'],
  UNAVAILABLE: [503, 'The exchange cannot serve now; try again later.'],
  UNEXPECTED: [500, 'The exchange failed; the request id helps to find out why.'],
};

/** Whatever is thrown while a request is served becomes an answer with an error body. */
export const errorAnswers = sharedPlugin(async (app) => {
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));
  app.setNotFoundHandler((_request, reply) => send(new ExchangeError('NOT_FOUND'), reply));
});

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof ExchangeError) return send(error, reply);
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 413)
    return send(
      new ExchangeError('MESSAGE_TOO_LARGE', { limit: request.routeOptions.bodyLimit ?? MAX_MESSAGE_BYTES }),
      reply,
    );
  // Fastify's own refusals: no JSON, another content type.
  if (status >= 400 && status < 500) return send(new ExchangeError('REQUEST_INVALID'), reply, status);
  request.log.error({ err: error }, 'request failed');
  const unavailable = isDatabaseUnavailable(error) || status === 503;
  return send(new ExchangeError(unavailable ? 'UNAVAILABLE' : 'UNEXPECTED'), reply);
}

function send(error: ExchangeError, reply: FastifyReply, ownStatus?: number): FastifyReply {
  const [status, message] = answers[error.code];
  // Seconds (RFC 9110 section 10.2.3).
  const { retryAfter } = error.params;
  if (typeof retryAfter === 'number') reply.header('retry-after', retryAfter);
  if (status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', RETRY_AFTER_SECONDS);
  const body: ErrorBody = { code: error.code, message, params: error.params };
  return reply
    .code(ownStatus ?? status)
    .type('application/json')
    .send(body);
}
