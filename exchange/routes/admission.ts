import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { readInbox } from '#shared/wire/inbox.ts';
import { BodyProgress } from '../rules/body-progress.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import type { Quotas } from '../rules/quotas.ts';
import { announcedBytes, hasBody } from './body-headers.ts';
import { sharedPlugin } from './shared-plugin.ts';

/** How often bodies are looked at. */
const LOOK_MS = 1_000;
/** What still comes after its request was answered is read for so long, so that its sender can see the answer. */
const LINGER_MS = 10_000;

declare module 'fastify' {
  interface FastifyInstance {
    /** Hook that lets a request in when its caller, if it has one, has something left of its share. */
    admit: onRequestAsyncHookHandler;
  }
}

/** Adds the hook, and cuts off bodies that do not come. */
export const admission = sharedPlugin<{ readonly quotas: Quotas }>(async (app, { quotas }) => {
  const bodies = new Map<FastifyRequest, BodyProgress>();
  const timer = setInterval(() => cutOff(bodies, Date.now()), LOOK_MS).unref();
  app.addHook('onClose', async () => clearInterval(timer));

  app.decorate('admit', async (request, reply) => {
    requireSize(request, reply);
    if (request.caller !== null) await admitCaller(request, reply, quotas);
    if (!hasBody(request)) return;
    bodies.set(request, new BodyProgress(quotas.limits, request.raw.socket.bytesRead, Date.now()));
    whenOver(reply, () => void bodies.delete(request));
  });

  app.addHook('onResponse', async ({ raw }) => {
    if (raw.complete || raw.socket.destroyed) return;
    const force = setTimeout(() => raw.socket.destroy(), LINGER_MS).unref();
    raw.once('end', () => clearTimeout(force));
  });
});

/** @throws ExchangeError MESSAGE_TOO_LARGE before a byte of the body is read; the connection ends, so none will be */
function requireSize(request: FastifyRequest, reply: FastifyReply): void {
  const limit = request.routeOptions.bodyLimit;
  if (announcedBytes(request) <= limit) return;
  reply.header('connection', 'close');
  throw new ExchangeError('MESSAGE_TOO_LARGE', { limit });
}

/** @throws ExchangeError RATE_LIMITED */
async function admitCaller(request: FastifyRequest, reply: FastifyReply, quotas: Quotas): Promise<void> {
  const { caller, raw } = request;
  if (caller === null) return;
  quotas.countRequest(caller, Date.now());
  const { socket } = raw;
  const before = socket.bytesRead + socket.bytesWritten;
  whenOver(reply, () => {
    quotas.countBytes(caller.agencyCode, socket.bytesRead + socket.bytesWritten - before, Date.now());
  });
  const isPoll = request.routeOptions.url === readInbox.path;
  if (!isPoll && !hasBody(request)) return;
  const turn = quotas.takeTurn(isPoll ? 'poll' : 'body', caller.workstationId);
  whenOver(reply, turn.end);
  await turn.begun;
}

/** When its answer was sent or its line broke, which may be long ago: the caller is looked up while the line may break. */
function whenOver({ raw }: FastifyReply, action: () => void): void {
  if (raw.closed) action();
  else raw.once('close', action);
}

function cutOff(bodies: ReadonlyMap<FastifyRequest, BodyProgress>, now: number): void {
  for (const [{ raw, log }, progress] of bodies) {
    if (raw.complete || progress.goesOn(raw.socket.bytesRead, now)) continue;
    log.info('a body that did not come was cut off');
    raw.socket.destroy();
  }
}
