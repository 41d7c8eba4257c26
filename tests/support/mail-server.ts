import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came, CRLF and all. */
  readonly source: string;
}

/** Where the server does something else than taking the mail, and what: a reply, or the end of the connection. */
export type MailFault =
  { readonly at: 'rcpt' | 'data'; readonly reply: number } | { readonly at: 'data'; readonly cut: true };

export interface MailServer {
  readonly port: number;
  readonly mails: readonly TakenMail[];
  fault: MailFault | null;
  stop(): Promise<void>;
}

/** A real SMTP server on this machine that keeps what it takes. @param password when a login is wanted, for user `vanthu` */
export async function startMailServer(password: string | null = null): Promise<MailServer> {
  const mails: TakenMail[] = [];
  const sockets = new Set<Socket>();
  const refusal = (reply: number): Error => Object.assign(new Error('for the test'), { responseCode: reply });
  const server = new SMTPServer({
    disabledCommands: password === null ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
    authOptional: password === null,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    onAuth: (auth, _, done) =>
      auth.password === password ? done(null, { user: 'vanthu' }) : done(new Error('wrong password')),
    onRcptTo: (_, __, done) => {
      const { fault } = mailServer;
      if (fault?.at === 'rcpt' && 'reply' in fault) done(refusal(fault.reply));
      else done();
    },
    onData: (stream, session, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const { fault } = mailServer;
        if (fault?.at === 'data' && 'reply' in fault) return done(refusal(fault.reply));
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        mails.push({ from, to: rcptTo.map(({ address }) => address), source: Buffer.concat(pieces).toString('utf8') });
        if (fault?.at === 'data' && 'cut' in fault) return sockets.forEach((socket) => socket.destroy());
        done();
      });
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
  const mailServer: MailServer = {
    port: (server.server.address() as AddressInfo).port,
    mails,
    fault: null,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return mailServer;
}
