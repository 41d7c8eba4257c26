import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy before a server that cuts connections on purpose. */
export interface BreakingProxy {
  readonly url: string;
  /** Cut each connection once this many bytes came from the server; null = let everything pass. */
  cutAfterServerBytes: number | null;
  /** Cut each connection once this many bytes came from the client; null = let everything pass. */
  cutAfterClientBytes: number | null;
  /** Fall silent on each connection once this many bytes came from the client: nothing passes, nothing is closed. */
  silentAfterClientBytes: number | null;
  /** Cut as the server's answer begins: the request arrived, the client never learns what became of it. */
  swallowAnswers: boolean;
  readonly cuts: () => number;
  /** Connections that fell silent. */
  readonly silences: () => number;
  /** Bytes from clients that went over the line. */
  readonly clientBytes: () => number;
  stop(): Promise<void>;
}

export async function startBreakingProxy(targetPort: number): Promise<BreakingProxy> {
  const sockets = new Set<Socket>();
  let cuts = 0;
  let silences = 0;
  let clientBytes = 0;
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    let fromServer = 0;
    let fromClient = 0;
    let silent = false;
    const cut = (): void => {
      cuts++;
      client.resetAndDestroy();
      target.destroy();
    };
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        // A line that is silent does not say that one end has gone.
        if (silent) return;
        client.destroy();
        target.destroy();
      });
    }
    client.on('data', (chunk: Buffer) => {
      if (silent) return;
      const limit = proxy.cutAfterClientBytes ?? proxy.silentAfterClientBytes;
      if (limit !== null && fromClient + chunk.length >= limit) {
        client.pause();
        clientBytes += limit - fromClient;
        silent = proxy.cutAfterClientBytes === null;
        if (silent) silences++;
        target.write(chunk.subarray(0, limit - fromClient), silent ? undefined : cut);
        return;
      }
      fromClient += chunk.length;
      clientBytes += chunk.length;
      if (target.write(chunk)) return;
      client.pause();
      target.once('drain', () => client.resume());
    });
    client.on('end', () => silent || target.end());
    target.on('data', (chunk: Buffer) => {
      if (silent) return;
      if (proxy.swallowAnswers) return cut();
      const limit = proxy.cutAfterServerBytes;
      if (limit !== null && fromServer + chunk.length >= limit) {
        client.write(chunk.subarray(0, limit - fromServer), cut);
        target.pause();
        return;
      }
      fromServer += chunk.length;
      client.write(chunk);
    });
    target.on('end', () => silent || client.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const proxy: BreakingProxy = {
    url: `http://127.0.0.1:${address.port}`,
    cutAfterServerBytes: null,
    cutAfterClientBytes: null,
    silentAfterClientBytes: null,
    swallowAnswers: false,
    cuts: () => cuts,
    silences: () => silences,
    clientBytes: () => clientBytes,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}
