import type { z } from 'zod';

export const JSON_CONTENT_TYPE = 'application/json';

/** A body that is JSON of a known shape. */
export interface JsonBody<Schema extends z.ZodType = z.ZodType> {
  readonly kind: 'json';
  readonly schema: Schema;
  /** Of a request, in bytes; the server's own limit when it is left out. */
  readonly maxBytes?: number;
}

/** A body that is read and written as bytes. */
export interface ByteBody {
  readonly kind: 'bytes';
  readonly contentType: string;
  readonly maxBytes: number;
}

/** An answer of header fields alone, without a body. Its keys are lower-case field names. */
export interface HeaderAnswer<Schema extends z.ZodObject = z.ZodObject> {
  readonly kind: 'headers';
  readonly schema: Schema;
}

/** One request between a workstation and the exchange: the server serves it and the client sends it from this. */
export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `:name` stands for a parameter. */
  readonly path: `/${string}`;
  /** Whether the request must carry a token of an enrolled workstation. */
  readonly signed: boolean;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** Header fields of its own, by lower-case name. */
  readonly headers?: z.ZodObject;
  readonly body?: JsonBody | ByteBody;
  readonly answer: JsonBody | ByteBody | HeaderAnswer;
}

/** A request that is answered with JSON. */
export type JsonRoute = Route & { readonly answer: JsonBody };

/** A request that is answered with header fields. */
export type HeaderRoute = Route & { readonly answer: HeaderAnswer };

export function defineRoute<const Described extends Route>(route: Described): Described {
  return route;
}

export function json<Schema extends z.ZodType>(schema: Schema, maxBytes?: number): JsonBody<Schema> {
  return { kind: 'json', schema, ...(maxBytes === undefined ? {} : { maxBytes }) };
}

export function headers<Schema extends z.ZodObject>(schema: Schema): HeaderAnswer<Schema> {
  return { kind: 'headers', schema };
}

/** What a client gives to make a request: parameters, query, headers and body as far as the route has them. */
export type Asked<Described extends Route> = (Described extends { readonly params: infer Schema extends z.ZodObject }
  ? { readonly params: z.input<Schema> }
  : unknown) &
  (Described extends { readonly query: infer Schema extends z.ZodObject }
    ? { readonly query: z.input<Schema> }
    : unknown) &
  (Described extends { readonly headers: infer Schema extends z.ZodObject }
    ? { readonly headers: z.input<Schema> }
    : unknown) &
  (Described extends { readonly body: JsonBody<infer Schema> }
    ? { readonly body: z.input<Schema> }
    : Described extends { readonly body: ByteBody }
      ? { readonly body: Uint8Array }
      : unknown);

/** The same for a request of any route. */
export interface AskedParts {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** The JSON or the header fields that a request is answered with; `never` for one that is answered with bytes. */
export type Answer<Described extends Route> = Described['answer'] extends {
  readonly kind: 'json' | 'headers';
  readonly schema: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : never;

/**
 * Path and query of a request.
 * @throws Error when a parameter of the path is missing
 */
export function addressOf(route: Route, asked: Pick<AskedParts, 'params' | 'query'>): string {
  const path = route.path.replace(/:(\w+)/g, (_match, name: string) => {
    const value = asked.params?.[name];
    if (value === undefined) throw new Error(`${route.path} needs the parameter ${name}`);
    return encodeURIComponent(asText(value));
  });
  const query = Object.entries(asked.query ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(asText(value))}`)
    .join('&');
  return query === '' ? path : `${path}?${query}`;
}

/** The header fields of a request. */
export function headersOf({ headers: given }: Pick<AskedParts, 'headers'>): Record<string, string> {
  const present = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([name, value]) => [name, asText(value)]));
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error('a request holds only text, numbers and booleans');
}
