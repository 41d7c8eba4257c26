import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { isE164, numberAs } from '#shared/domain/phone-number.ts';
import { encodeText } from './gsm7.ts';
import type { Notice, NoticeGateway, Outcome, ReportReceiver } from './notice-gateway.ts';
import { outcomesOf, reasonOf, tellable } from './outcomes.ts';
import type { Secret } from './secret.ts';
import {
  bindBody,
  command,
  encodePdu,
  type Pdu,
  PduFeed,
  readDelivered,
  readText,
  RESPONSE,
  status,
  submitBody,
} from './smpp-pdu.ts';
import { type Receipt, readReceipt } from './smpp-receipt.ts';

export interface SmppOptions {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly systemId: string;
  readonly password: Secret;
  readonly systemType: string;
  /** The brand name, or a short number. */
  readonly from: string;
  /** Some SMSCs answer a submission with a hexadecimal id and name it decimally in the receipt. */
  readonly receiptIds: 'same' | 'decimal';
  /** For a connection, and for each answer. */
  readonly timeoutMs: number;
  readonly enquireLinkMs: number;
  /** Before the second attempt to connect, and at most. */
  readonly reconnectMs: { readonly least: number; readonly most: number };
}

interface Session {
  /** The answer, or null when the link ended or the peer was silent too long. */
  request(commandId: number, body: Buffer): Promise<Pdu | null>;
  end(why: string): void;
}

/** Ids of the SMSC that are remembered for receipts; older ones are told by `providerId` alone. */
const MOST_REMEMBERED = 10_000;

/**
 * Text messages over SMPP 3.4: one transceiver link, one submission at a time, so that a cut link leaves one notice
 * unsure. The SMSC does not know repeats.
 */
export function createSmppGateway(options: SmppOptions, receiver: ReportReceiver): NoticeGateway {
  const outcomes = outcomesOf(options.name, [options.password]);
  const noticeIds = new Map<string, string>();
  /** Bound, on its way to be, or null between attempts. */
  let session: Promise<Session> | null = null;
  let current: Session | null = null;
  let refusal: BindRefused | null = null;
  let failures = 0;
  let nextAttemptAt = 0;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  /** Ends when the last of those that wait has had its turn. */
  let turn: Promise<unknown> = Promise.resolve();
  /** Ends with the answer to the submission that is on its way, also when nobody waits for its outcome any more. */
  let inFlight: Promise<unknown> = Promise.resolve();

  const connect = (): void => {
    timer = null;
    session = openSession();
    session.then(
      (opened) => {
        current = opened;
        failures = 0;
        refusal = null;
        if (closed) opened.end('closed');
      },
      (error: unknown) => {
        refusal = error instanceof BindRefused ? error : null;
        ended();
      },
    );
  };

  /** The link is gone: another attempt after a random time that doubles. */
  const ended = (): void => {
    session = null;
    current = null;
    if (closed || timer !== null) return;
    const { least, most } = options.reconnectMs;
    const wait = Math.min(most, least * 2 ** failures) * (0.5 + Math.random() / 2);
    failures = Math.min(failures + 1, 20);
    nextAttemptAt = Date.now() + wait;
    timer = setTimeout(connect, wait);
  };

  const openSession = (): Promise<Session> =>
    new Promise((resolve, reject) => {
      const place = { host: options.host, port: options.port };
      const socket: Socket = options.tls ? connectTls({ ...place, servername: options.host }) : connectTcp(place);
      const feed = new PduFeed();
      const waiting = new Map<number, (answer: Pdu | null) => void>();
      let bound = false;
      let sequence = 0;
      let why = 'the link was cut';
      let enquiry: NodeJS.Timeout | null = null;
      const end = (reason: string): void => {
        why = reason;
        socket.destroy();
      };
      const request = (commandId: number, body: Buffer): Promise<Pdu | null> =>
        new Promise((answered) => {
          sequence = sequence === 0x7fffffff ? 1 : sequence + 1;
          const own = sequence;
          const limit = setTimeout(() => end(`no answer within ${options.timeoutMs} ms`), options.timeoutMs);
          waiting.set(own, (answer) => {
            clearTimeout(limit);
            waiting.delete(own);
            answered(answer);
          });
          if (socket.destroyed) waiting.get(own)?.(null);
          else socket.write(encodePdu({ commandId, status: status.ok, sequence: own, body }));
        });
      const answer = (to: Pdu, code: number): void => {
        const isKnown = to.commandId === command.deliverSm;
        const body = isKnown ? Buffer.from([0]) : Buffer.alloc(0);
        const commandId = code === status.invalidCommandId ? command.genericNack : (to.commandId | RESPONSE) >>> 0;
        if (!socket.destroyed) socket.write(encodePdu({ commandId, status: code, sequence: to.sequence, body }));
      };
      const take = (pdu: Pdu): void => {
        if (pdu.commandId >= RESPONSE) waiting.get(pdu.sequence)?.(pdu);
        else if (pdu.commandId === command.enquireLink) answer(pdu, status.ok);
        else if (pdu.commandId === command.deliverSm) void report(pdu).then((code) => answer(pdu, code));
        else if (pdu.commandId === command.unbind) {
          answer(pdu, status.ok);
          socket.end();
        } else answer(pdu, status.invalidCommandId);
      };
      socket.setTimeout(options.timeoutMs, () => (bound ? undefined : end('no connection in time')));
      socket.on('data', (bytes) => {
        try {
          for (const pdu of feed.take(bytes)) take(pdu);
        } catch (error) {
          end(reasonOf(error));
        }
      });
      socket.on('error', (error) => (why = reasonOf(error)));
      socket.on('close', () => {
        if (enquiry !== null) clearInterval(enquiry);
        for (const settle of Array.from(waiting.values())) settle(null);
        if (bound) ended();
        else reject(new Error(why));
      });
      socket.once(options.tls ? 'secureConnect' : 'connect', () => {
        socket.setTimeout(0);
        const body = bindBody(options.systemId, options.password.reveal(), options.systemType);
        void request(command.bindTransceiver, body).then((bind) => {
          if (bind === null) return;
          if (bind.status !== status.ok) {
            reject(new BindRefused(bind.status));
            socket.destroy();
            return;
          }
          bound = true;
          enquiry = setInterval(() => void request(command.enquireLink, Buffer.alloc(0)), options.enquireLinkMs);
          resolve({ request, end });
        });
      });
    });

  /** What to answer the SMSC with. It repeats what was not taken. */
  const report = async (pdu: Pdu): Promise<number> => {
    try {
      const now = new Date();
      const receipt = readReceipt(readDelivered(pdu.body), now);
      if (receipt === null) return status.ok;
      const providerId = sameId(receipt);
      // A receipt may overtake the answer to its own submission.
      if (!noticeIds.has(providerId)) await inFlight;
      await receiver.onReport({
        gateway: options.name,
        id: noticeIds.get(providerId) ?? null,
        providerId,
        state: receipt.state,
        at: receipt.at,
        detail: tellable(receipt.detail),
      });
      return status.ok;
    } catch (error) {
      return error instanceof RangeError ? status.systemError : status.temporaryReceiverError;
    }
  };

  const sameId = ({ messageId }: Receipt): string =>
    options.receiptIds === 'decimal' && /^\d+$/.test(messageId) ? BigInt(messageId).toString(16) : normalId(messageId);

  const normalId = (id: string): string =>
    options.receiptIds === 'decimal' ? id.toLowerCase().replace(/^0+(?=.)/, '') : id;

  const send = (notice: Notice, signal: AbortSignal): Promise<Outcome> => {
    const encoded = encodeText(notice.text);
    if (!isE164(notice.to)) return Promise.resolve(outcomes.rejected('invalid-number', 'not a number in E.164'));
    if (!encoded.fitsOnePart) return Promise.resolve(outcomes.rejected('too-long', 'more than one part'));
    const before = turn;
    const mine = unlessAborted(before, signal).then(() => submit(notice, encoded, signal));
    turn = Promise.all([before, mine]).then(() => inFlight);
    return mine;
  };

  const submit = async (
    notice: Notice,
    encoded: ReturnType<typeof encodeText>,
    signal: AbortSignal,
  ): Promise<Outcome> => {
    if (signal.aborted) return outcomes.retry('aborted', '');
    let opened: Session | null;
    try {
      opened = session === null ? null : await unlessAborted(session, signal);
    } catch (error) {
      if (error instanceof BindRefused) return refused(error);
      return outcomes.retry('unreachable', reasonOf(error));
    }
    if (signal.aborted) return outcomes.retry('aborted', '');
    if (opened === null) {
      if (refusal !== null) return refused(refusal);
      return outcomes.retry('unreachable', 'no link', Math.max(0, nextAttemptAt - Date.now()));
    }
    const body = submitBody({
      source: options.from,
      destination: numberAs('international', notice.to),
      coding: encoded.coding,
      message: encoded.bytes,
    });
    const answering = opened.request(command.submitSm, body).then((answer) => {
      if (answer?.status === status.ok) remember(normalId(readText(answer.body)), notice.id);
      return answer;
    });
    inFlight = answering;
    const answer = await unlessAborted(answering, signal);
    if (answer === null) return outcomes.unsure(signal.aborted ? 'aborted' : 'the link ended before the answer');
    if (answer.status === status.incorrectBindState) opened.end('the SMSC says that it is not bound');
    return judge(answer);
  };

  const refused = (error: BindRefused): Outcome =>
    error.isFinal ? outcomes.rejected('credentials', error.message) : outcomes.retry('provider-busy', error.message);

  const judge = (answer: Pdu): Outcome => {
    const detail = `command_status 0x${answer.status.toString(16).padStart(8, '0')}`;
    switch (answer.status) {
      case status.ok:
        return outcomes.accepted(normalId(readText(answer.body)) || null, '');
      case status.throttled:
      case status.queueFull:
        return outcomes.retry('throttled', detail);
      case status.systemError:
      case status.submitFailed:
      case status.temporaryReceiverError:
      case status.incorrectBindState:
        return outcomes.retry('provider-busy', detail);
      case status.invalidDestination:
      case status.invalidDestinationTon:
      case status.invalidDestinationNpi:
        return outcomes.rejected('invalid-number', detail);
      case status.invalidSource:
      case status.invalidSourceTon:
      case status.invalidSourceNpi:
        return outcomes.rejected('credentials', detail);
      case status.invalidMessageLength:
        return outcomes.rejected('too-long', detail);
      default:
        return outcomes.rejected('other', detail);
    }
  };

  const remember = (providerId: string, noticeId: string): void => {
    noticeIds.set(providerId, noticeId);
    const [oldest] = noticeIds.keys();
    if (noticeIds.size > MOST_REMEMBERED && oldest !== undefined) noticeIds.delete(oldest);
  };

  const close = async (): Promise<void> => {
    closed = true;
    if (timer !== null) clearTimeout(timer);
    const opened = current ?? (await session?.catch(() => null)) ?? null;
    await opened?.request(command.unbind, Buffer.alloc(0));
    opened?.end('closed');
  };

  connect();
  return { channel: 'sms', name: options.name, send, close };
}

class BindRefused extends Error {
  /** Name or password are wrong, as opposed to an SMSC that is busy. */
  readonly isFinal: boolean;

  constructor(code: number) {
    super(`bind refused: command_status 0x${code.toString(16).padStart(8, '0')}`);
    this.isFinal = ([status.bindFailed, status.invalidPassword, status.invalidSystemId] as number[]).includes(code);
  }
}

/** Its result, or null as soon as the signal says so. @throws what it throws */
function unlessAborted<T>(result: Promise<T>, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(null);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
