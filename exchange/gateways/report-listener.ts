import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DeliveryReport, ReadReport, ReportReceiver } from './notice-gateway.ts';

const MOST_BODY_BYTES = 64 * 1024;

export interface ReportListener {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Takes what providers call back on an address of its own: the last part of the callback address, then the gateway's name. Answers 200 once the report is
 * taken, 403 to what is not the provider's, 503 when it is to be repeated.
 * @param port 0 = any free one
 */
export async function listenForReports(
  place: { readonly host: string; readonly port: number },
  callbackUrl: string,
  readers: ReadonlyMap<string, ReadReport>,
  receiver: ReportReceiver,
): Promise<ReportListener> {
  const base = new URL(callbackUrl).pathname.replace(/\/*$/, '/');
  const answer = async (request: IncomingMessage): Promise<number> => {
    const url = new URL(request.url ?? '/', 'http://callback.invalid');
    if (!url.pathname.startsWith(base)) return 404;
    const [gateway = '', ...rest] = url.pathname.slice(base.length).split('/');
    const reader = readers.get(gateway);
    if (reader === undefined) return 404;
    const body = await readBody(request);
    if (body === null) return 413;
    const asked = { path: rest.join('/'), query: url.searchParams, headers: request.headers, body };
    const report: DeliveryReport | 'refused' | 'ignored' = reader(asked, new Date());
    if (report === 'refused') return 403;
    if (report !== 'ignored') await receiver.onReport(report);
    return 200;
  };
  const server = createServer({ requestTimeout: 30_000 }, (request, response) => {
    answer(request).then(
      (status) => response.writeHead(status).end(),
      () => response.writeHead(503).end(),
    );
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(place.port, place.host, listening);
  });
  const close = (): Promise<void> =>
    new Promise((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  return { port: (server.address() as AddressInfo).port, close };
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > MOST_BODY_BYTES) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
