import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy before a server that cuts connections on purpose. */
export interface BreakingProxy {
  readonly url: string;
  /** Cut each connection once this many bytes came from the server; null = let everything pass. */
  cutAfterServerBytes: number | null;
  /** Cut as the server's answer begins: the request arrived, the client never learns what became of it. */
  swallowAnswers: boolean;
  readonly cuts: () => number;
  stop(): Promise<void>;
}

export async function startBreakingProxy(targetPort: number): Promise<BreakingProxy> {
  const sockets = new Set<Socket>();
  let cuts = 0;
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    let passed = 0;
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
        client.destroy();
        target.destroy();
      });
    }
    client.pipe(target);
    target.on('data', (chunk: Buffer) => {
      if (proxy.swallowAnswers) return cut();
      const limit = proxy.cutAfterServerBytes;
      if (limit !== null && passed + chunk.length >= limit) {
        client.write(chunk.subarray(0, limit - passed), cut);
        target.pause();
        return;
      }
      passed += chunk.length;
      client.write(chunk);
    });
    target.on('end', () => client.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const proxy: BreakingProxy = {
    url: `http://127.0.0.1:${address.port}`,
    cutAfterServerBytes: null,
    swallowAnswers: false,
    cuts: () => cuts,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}
