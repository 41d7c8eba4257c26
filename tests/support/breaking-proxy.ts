import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy before a server that does to connections, on purpose, what bad lines do. */
export interface BreakingProxy {
  readonly url: string;
  /** Cut each connection once this many bytes came from the server; null = let everything pass. */
  cutAfterServerBytes: number | null;
  /** The same for what the client sends. */
  cutAfterClientBytes: number | null;
  /** Cut as the server's answer begins: the request arrived, the client never learns what became of it. */
  swallowAnswers: boolean;
  /** Cut as the client's request begins: nothing of it arrives. */
  swallowRequests: boolean;
  /** Send every request once more, on a connection of its own, once it is being answered. */
  doubleRequests: boolean;
  /** Give every piece of an answer twice. */
  doubleAnswers: boolean;
  /**
   * From so many bytes of the client on, nothing of a connection passes in either direction, for as long as the client
   * keeps it. null = no connection falls silent.
   */
  silentAfterClientBytes: number | null;
  readonly cuts: () => number;
  /** Connections that fell silent for good. */
  readonly silences: () => number;
  /** Bytes from clients that went over the line. */
  readonly clientBytes: () => number;
  /** Resets every open connection. */
  cutAll(): void;
  /** From now on nothing passes, and nobody is told: half-open connections, also for new ones. */
  silence(): void;
  /** Ends the silence: what waited goes on, as after lost packets, or every connection of that time is reset. */
  endSilence(how: 'resume' | 'reset'): void;
  stop(): Promise<void>;
}

/** What is kept of a connection's requests to send them once more, in bytes. */
const MOST_KEPT = 8 * 1024 * 1024;

interface Connection {
  readonly client: Socket;
  readonly target: Socket;
  /** Silent for ever. */
  isDead: boolean;
  cut(): void;
}

export async function startBreakingProxy(targetPort: number): Promise<BreakingProxy> {
  const connections = new Set<Connection>();
  const replays = new Set<Socket>();
  let silent = false;
  let cuts = 0;
  let silences = 0;
  let clientBytes = 0;
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    let fromServer = 0;
    let fromClient = 0;
    let requests: Buffer[] = [];
    let kept = 0;
    const connection: Connection = {
      client,
      target,
      isDead: false,
      cut: () => {
        cuts++;
        client.resetAndDestroy();
        target.destroy();
      },
    };
    const isHushed = (): boolean => silent || connection.isDead;
    connections.add(connection);
    for (const socket of [client, target]) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        // A line that is silent does not say that one end has gone.
        if (connection.isDead && !(client.destroyed && target.destroyed)) return;
        connections.delete(connection);
        client.destroy();
        target.destroy();
      });
    }
    if (silent) hush(connection);
    client.on('data', (chunk: Buffer) => {
      if (proxy.swallowRequests) return connection.cut();
      if (proxy.doubleRequests && kept < MOST_KEPT) {
        requests.push(chunk);
        kept += chunk.length;
      }
      const limit = proxy.cutAfterClientBytes ?? proxy.silentAfterClientBytes;
      if (limit !== null && fromClient + chunk.length >= limit) {
        const rest = chunk.subarray(0, Math.max(0, limit - fromClient));
        clientBytes += rest.length;
        connection.isDead = proxy.cutAfterClientBytes === null;
        if (connection.isDead) silences++;
        hush(connection);
        target.write(rest, connection.isDead ? undefined : () => connection.cut());
        return;
      }
      fromClient += chunk.length;
      clientBytes += chunk.length;
      pass(chunk, client, target, isHushed);
    });
    target.on('data', (chunk: Buffer) => {
      if (proxy.swallowAnswers) return connection.cut();
      if (requests.length > 0) {
        sendAgain(targetPort, Buffer.concat(requests), replays);
        requests = [];
        kept = 0;
      }
      const limit = proxy.cutAfterServerBytes;
      if (limit !== null && fromServer + chunk.length >= limit) {
        client.write(chunk.subarray(0, Math.max(0, limit - fromServer)), () => connection.cut());
        target.pause();
        return;
      }
      fromServer += chunk.length;
      pass(proxy.doubleAnswers ? Buffer.concat([chunk, chunk]) : chunk, target, client, isHushed);
    });
    client.on('end', () => target.end());
    target.on('end', () => client.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const proxy: BreakingProxy = {
    url: `http://127.0.0.1:${address.port}`,
    cutAfterServerBytes: null,
    cutAfterClientBytes: null,
    swallowAnswers: false,
    swallowRequests: false,
    doubleRequests: false,
    doubleAnswers: false,
    silentAfterClientBytes: null,
    cuts: () => cuts,
    silences: () => silences,
    clientBytes: () => clientBytes,
    cutAll: () => {
      for (const connection of connections) connection.cut();
    },
    silence: () => {
      silent = true;
      for (const connection of connections) hush(connection);
    },
    endSilence: (how) => {
      silent = false;
      for (const connection of connections) {
        if (how === 'reset') {
          connection.cut();
          continue;
        }
        if (connection.isDead) continue;
        connection.client.resume();
        connection.target.resume();
      }
    },
    stop: async () => {
      for (const { client, target } of connections) {
        client.destroy();
        target.destroy();
      }
      for (const replay of replays) replay.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

function sendAgain(port: number, requests: Buffer, replays: Set<Socket>): void {
  const replay = connect(port, '127.0.0.1', () => replay.end(requests));
  replays.add(replay);
  replay.on('error', () => undefined);
  replay.on('close', () => replays.delete(replay));
  replay.resume();
}

/** A connection that nobody reads any more, and whose ends learn nothing of it. */
function hush({ client, target }: Connection): void {
  client.pause();
  target.pause();
}

/** Writes on, and reads no more from `source` until it is written. */
function pass(chunk: Buffer, source: Socket, sink: Socket, isHushed: () => boolean): void {
  if (sink.write(chunk)) return;
  source.pause();
  sink.once('drain', () => {
    if (!isHushed()) source.resume();
  });
}
