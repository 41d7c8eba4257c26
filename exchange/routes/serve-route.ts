import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { ByteBody, JsonBody, Route } from '#shared/wire/route.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import type { Caller } from './authentication.ts';

/** What a handler is given: the request as its route describes it, checked, and who made it. */
export type Received<Described extends Route> = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
} & (Described extends { readonly signed: true } ? { readonly caller: Caller } : unknown) &
  (Described extends { readonly params: infer Schema extends z.ZodObject }
    ? { readonly params: z.output<Schema> }
    : unknown) &
  (Described extends { readonly query: infer Schema extends z.ZodObject }
    ? { readonly query: z.output<Schema> }
    : unknown) &
  (Described extends { readonly headers: infer Schema extends z.ZodObject }
    ? { readonly headers: z.output<Schema> }
    : unknown) &
  (Described extends { readonly body: JsonBody<infer Schema> }
    ? { readonly body: z.output<Schema> }
    : Described extends { readonly body: ByteBody }
      ? { readonly body: Readable }
      : unknown);

/** What a handler gives: the JSON or the header fields that its route describes, or the reply that it sent bytes or ready text with. */
export type Given<Described extends Route> = Described['answer'] extends {
  readonly kind: 'json' | 'headers';
  readonly schema: infer Schema extends z.ZodType;
}
  ? z.input<Schema> | FastifyReply
  : FastifyReply;

/** Serves a request of shared/wire. Its handler runs only with what the route describes. */
export function serveRoute<Described extends Route>(
  app: FastifyInstance,
  route: Described,
  handler: (received: Received<Described>) => Promise<Given<Described>>,
): void {
  app.route({
    method: route.method,
    url: route.path,
    onRequest: route.signed ? [app.identifyCaller, app.admit] : [app.admit],
    ...(route.body?.maxBytes === undefined ? {} : { bodyLimit: route.body.maxBytes }),
    handler: async (request, reply) => {
      const given = await handler(receive(route, request, reply));
      return route.answer.kind === 'headers' ? reply.headers(given as Record<string, string | number>).send() : given;
    },
  });
}

/** @throws ExchangeError REQUEST_INVALID, UNAUTHENTICATED */
function receive<Described extends Route>(
  route: Described,
  request: FastifyRequest,
  reply: FastifyReply,
): Received<Described> {
  if (route.signed && request.caller === null) throw new ExchangeError('UNAUTHENTICATED');
  const { params, query, headers, body } = route;
  return {
    request,
    reply,
    caller: request.caller,
    ...(params ? { params: parse(params, request.params) } : {}),
    ...(query ? { query: parse(query, request.query) } : {}),
    ...(headers ? { headers: parse(headers, request.headers) } : {}),
    ...(body ? { body: body.kind === 'json' ? parse(body.schema, request.body) : readableBody(request) } : {}),
  } as unknown as Received<Described>;
}

function parse(schema: z.ZodType, input: unknown): unknown {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new ExchangeError('REQUEST_INVALID', { field: result.error.issues[0]?.path.join('.') ?? '' });
}

/** Without a content type Fastify reads no body at all. */
function readableBody({ body }: FastifyRequest): Readable {
  if (body === undefined) throw new ExchangeError('REQUEST_INVALID', { field: 'content-type' });
  return body as Readable;
}
