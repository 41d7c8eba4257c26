import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Notice, NoticeGateway, Outcome } from './notice-gateway.ts';
import { outcomesOf, reasonOf } from './outcomes.ts';
import type { Secret } from './secret.ts';

export interface EmailOptions {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** `tls`: from the first byte (465); `starttls`: required after the greeting (587); `none`: within this machine or network. */
  readonly encryption: 'tls' | 'starttls' | 'none';
  readonly login: { readonly user: string; readonly password: Secret } | null;
  readonly fromAddress: string;
  /** What mail programs show as the sender. */
  readonly fromName: string;
  readonly timeoutMs: number;
}

/** What SMTPConnection says of a failure. */
interface SmtpFailure extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

/**
 * E-mail over SMTP, one connection a message: the parts of nodemailer without its pool, which would send a message again by itself when the line
 * was cut after its text. Message-ID is made of the notice's id, so that a repeat can be recognised. "Accepted" is the
 * last word: what bounces later comes to the mailbox of `fromAddress`.
 */
export function createEmailGateway(options: EmailOptions): NoticeGateway {
  const outcomes = outcomesOf(options.name, options.login === null ? [] : [options.login.password]);
  const open = new Set<SMTPConnection>();

  const send = async (notice: Notice, signal: AbortSignal): Promise<Outcome> => {
    if (!isMailAddress(notice.to)) return outcomes.rejected('invalid-address', 'not an e-mail address');
    if (signal.aborted) return outcomes.retry('aborted', '');
    const message = await compose(notice);
    const connection = new SMTPConnection({
      host: options.host,
      port: options.port,
      secure: options.encryption === 'tls',
      requireTLS: options.encryption === 'starttls',
      ignoreTLS: options.encryption === 'none',
      connectionTimeout: options.timeoutMs,
      greetingTimeout: options.timeoutMs,
      socketTimeout: options.timeoutMs,
      dnsTimeout: options.timeoutMs,
    });
    open.add(connection);
    let handedOver = false;
    // Read from only when the server said 354.
    const text = Readable.from(
      (function* () {
        handedOver = true;
        yield message;
      })(),
    );
    try {
      const response = await new Promise<string>((resolve, reject) => {
        connection.on('error', reject);
        connection.on('end', () => reject(new Error('the connection ended')));
        const stop = (): void => {
          reject(new Error('aborted'));
          connection.close();
        };
        signal.addEventListener('abort', stop, { once: true });
        connection.on('end', () => signal.removeEventListener('abort', stop));
        const step = (next: () => void) => (error?: Error | null) => (error ? reject(error) : next());
        const transmit = (): void =>
          connection.send({ from: options.fromAddress, to: [notice.to], size: message.length }, text, (error, info) =>
            error ? reject(error) : resolve(info.response),
          );
        const { login } = options;
        const enter = (): void =>
          login === null
            ? transmit()
            : connection.login({ user: login.user, pass: login.password.reveal() }, step(transmit));
        connection.connect(step(enter));
      });
      connection.quit();
      return outcomes.accepted(null, response, { final: true });
    } catch (error) {
      connection.close();
      return judge(error as SmtpFailure, handedOver, signal);
    } finally {
      open.delete(connection);
    }
  };

  /** RFC 5321, 4.2.1: 4yz may be tried again, 5yz not. */
  const judge = (error: SmtpFailure, handedOver: boolean, signal: AbortSignal): Outcome => {
    const { responseCode: status, command = '' } = error;
    const detail = reasonOf(error);
    if (status !== undefined && status >= 400 && status < 500) return outcomes.retry('provider-busy', detail);
    if (status !== undefined && status >= 500) {
      if (error.code === 'EAUTH' || status === 530 || command === 'MAIL FROM')
        return outcomes.rejected('credentials', detail);
      if (command === 'RCPT TO') return outcomes.rejected('invalid-address', detail);
      return outcomes.rejected(command === 'DATA' ? 'blocked' : 'other', detail);
    }
    if (handedOver) return outcomes.unsure(detail);
    return outcomes.retry(signal.aborted ? 'aborted' : 'unreachable', detail);
  };

  const compose = (notice: Notice): Promise<Buffer> => {
    const domain = options.fromAddress.slice(options.fromAddress.lastIndexOf('@') + 1);
    return new MailComposer({
      from: { name: options.fromName, address: options.fromAddress },
      to: { name: '', address: notice.to },
      subject: notice.subject ?? '',
      messageId: `<${notice.id}@${domain}>`,
      text: notice.text,
      ...(notice.html === undefined ? {} : { html: notice.html }),
      // RFC 3834, 5: nobody's automatic answer shall come back.
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      disableFileAccess: true,
      disableUrlAccess: true,
    })
      .compile()
      .build();
  };

  const close = async (): Promise<void> => {
    for (const connection of open) connection.close();
  };
  return { channel: 'email', name: options.name, send, close };
}

/** One address and nothing that could become a second one or a header. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s\p{Cc}@<>,;:"()[\]\\]+@[^\s\p{Cc}@<>,;:"()[\]\\]+$/u.test(text);
}
