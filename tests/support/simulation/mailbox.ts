import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** What becomes of a mail: taken, taken without an answer, or refused (RFC 5321, 4.2.1). */
export type MailFate = 'take' | 'hang-up' | 'busy' | 'refuse';

export interface MailTaken {
  /** Of the notice, from Message-ID. */
  readonly id: string;
  readonly to: string;
  /** Its plain part. */
  readonly text: string;
}

export interface Mailbox {
  readonly port: number;
  stop(): Promise<void>;
}

/** A real SMTP server on this machine that asks about each mail what becomes of it. */
export async function openMailbox(decide: (mail: MailTaken) => Promise<MailFate>): Promise<Mailbox> {
  const sockets = new Map<string, Socket>();
  const refusal = (code: number): Error => Object.assign(new Error('for the simulation'), { responseCode: code });
  const answer = async (mail: MailTaken, done: (error?: Error | null) => void, hangUp: () => void): Promise<void> => {
    const fate = await decide(mail).catch((): MailFate => 'busy');
    if (fate === 'hang-up') hangUp();
    else done(fate === 'take' ? null : refusal(fate === 'busy' ? 451 : 554));
  };
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData: (stream, session, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const source = Buffer.concat(pieces).toString('utf8');
        const id = /^Message-ID: <([^@]+)@/im.exec(source)?.[1] ?? '';
        const hangUp = (): void => void sockets.get(`${session.remoteAddress} ${session.remotePort}`)?.destroy();
        void answer({ id, to: session.envelope.rcptTo[0]?.address ?? '', text: plainPart(source) }, done, hangUp);
      });
    },
  });
  server.on('error', () => undefined);
  greetAtOnce(server);
  server.server.on('connection', (socket: Socket) => {
    const name = `${socket.remoteAddress ?? ''} ${socket.remotePort ?? ''}`;
    sockets.set(name, socket);
    socket.on('close', () => sockets.delete(name));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        for (const socket of sockets.values()) socket.destroy();
      }),
  };
}

/** The library waits a tenth of a second for clients that talk before they are greeted: time of the machine, which a month has too little of. */
function greetAtOnce(server: SMTPServer): void {
  const add = server.connections.add.bind(server.connections);
  server.connections.add = (connection) => {
    const greet = connection.connectionReady.bind(connection);
    let greeted = false;
    const once = (): void => {
      if (!greeted) greet();
      greeted = true;
    };
    connection.connectionReady = once;
    setImmediate(once);
    return add(connection);
  };
}

/** The first part of a mail that is plain text, decoded (RFC 2045, 6). */
function plainPart(source: string): string {
  const begun = source.search(/^Content-Type: text\/plain/im);
  const [head = '', ...rest] = source.slice(begun).split('\r\n\r\n');
  const body = rest.join('\r\n\r\n').split('\r\n--')[0] ?? '';
  // A header may stand before the one that was searched for.
  const encoding = /Content-Transfer-Encoding: ([\w-]+)/i.exec(
    `${source.slice(Math.max(0, begun - 200), begun)}${head}`,
  );
  if (encoding?.[1]?.toLowerCase() === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding?.[1]?.toLowerCase() !== 'quoted-printable') return body;
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
