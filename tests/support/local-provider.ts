import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ProviderRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A provider's HTTP server on this machine: does with each request what the test says. */
export interface LocalProvider {
  readonly origin: string;
  readonly requests: readonly ProviderRequest[];
  answer: (request: ProviderRequest, response: ServerResponse) => void;
  stop(): Promise<void>;
}

export async function startLocalProvider(answer: LocalProvider['answer']): Promise<LocalProvider> {
  const requests: ProviderRequest[] = [];
  const server = createServer((incoming, response) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '/', 'http://provider.invalid');
      const body = Buffer.concat(pieces).toString('utf8');
      const request = { method: incoming.method ?? '', url, headers: incoming.headers, body };
      requests.push(request);
      provider.answer(request, response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const provider: LocalProvider = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
  return provider;
}

export function answerJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
