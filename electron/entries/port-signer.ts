import { CodedError } from '#shared/errors/coded-error.ts';
import type { Signer } from '#core/ports/signer.ts';
import type { Timers } from '#core/ports/system.ts';
import type { SignerEnd, SignerReply, SignerRequest, TokenFacts } from '#shared/contract/control.ts';
import { machineTimers } from './machine-ports.ts';

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** The part of a MessagePort that is used here; Electron's and Node's ports both have it. */
export interface SignerPort {
  postMessage(message: SignerRequest): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
}

/** Whoever runs the signing process. */
export interface SignerProcesses {
  /** Asks for a process; {@link PortSigner.connect} brings it, or `ended` says that there is none. */
  need(): void;
  /** Ends the process that hangs; its end is not reported. */
  end(): void;
}

export interface PortSigner extends Signer {
  /**
   * The tokens that a driver sees, with the certificates that they show without a PIN.
   * @throws CodedError TOKEN_DRIVER_MISSING, TOKEN_DRIVER_FAILED, TOKEN_DRIVER_HANGS, KEY_KIND_UNSUPPORTED, SIGNER_CRASHED
   */
  tokens(module: string): Promise<readonly TokenFacts[]>;
  /** A fresh signing process answers at this port. */
  connect(port: SignerPort): void;
  ended(why: SignerEnd): void;
}

/** What a driver of a token may take for one request. Smart cards take seconds; a person may type at the reader's keys. */
export const DRIVER_LIMIT_MS = 30_000;

interface Call {
  readonly request: SignerRequest;
  readonly resolve: (reply: SignerReply) => void;
  readonly reject: (error: CodedError) => void;
}

/**
 * A signer in another process, which is asked one thing after the other: a login belongs to the process, and what hangs or
 * crashes it must fail no other call. A request that has been sent is never sent again, for a token counts each PIN.
 */
export function createPortSigner(
  processes: SignerProcesses,
  { after }: Timers = machineTimers,
  limit: number = DRIVER_LIMIT_MS,
): PortSigner {
  const waiting: Call[] = [];
  let port: SignerPort | null = null;
  let needed = false;
  let sent: Call | null = null;
  let cancelLimit = (): void => undefined;
  let lastId = 0;

  /** Takes the call that was sent off the way, if it is still there. */
  const settled = (): Call | null => {
    const call = sent;
    sent = null;
    cancelLimit();
    return call;
  };
  const sendNext = (): void => {
    const [call] = waiting;
    if (sent !== null || call === undefined) return;
    if (port === null) {
      if (needed) return;
      needed = true;
      processes.need();
      return;
    }
    waiting.shift();
    sent = call;
    if (usesDriver(call.request)) cancelLimit = after(limit, endHanging);
    port.postMessage(call.request);
  };
  const endHanging = (): void => {
    const call = settled();
    port = null;
    processes.end();
    call?.reject(new CodedError('TOKEN_DRIVER_HANGS'));
    sendNext();
  };
  const ask = async (request: WithoutId<SignerRequest>): Promise<SignerReply & { ok: true }> => {
    lastId += 1;
    const whole: SignerRequest = { ...request, id: lastId };
    const reply = await new Promise<SignerReply>((resolve, reject) => {
      waiting.push({ request: whole, resolve, reject });
      sendNext();
    });
    if (!reply.ok) throw new CodedError(reply.code, reply.params);
    return reply;
  };

  return {
    inspect: async (key, secret, certificate) => {
      const { holders } = await ask({
        what: 'inspect',
        key,
        secret,
        certificate: certificate && new Uint8Array(certificate),
      });
      if (holders === undefined) throw new Error('the signing process answered without holders');
      return holders;
    },
    sign: async (key, secret, certificate, data) => {
      const bytes = { certificate: new Uint8Array(certificate), data: new Uint8Array(data) };
      const { signature } = await ask({ what: 'sign', key, secret, ...bytes });
      if (signature === undefined) throw new Error('the signing process answered without a signature');
      return signature;
    },
    tokens: async (module) => {
      const { tokens } = await ask({ what: 'tokens', module });
      if (tokens === undefined) throw new Error('the signing process answered without tokens');
      return tokens;
    },
    connect: (fresh) => {
      needed = false;
      port = fresh;
      fresh.on('message', ({ data }) => {
        const reply = data as SignerReply;
        if (reply.id !== sent?.request.id) return;
        settled()?.resolve(reply);
        sendNext();
      });
      fresh.on('close', () => {
        // Late news of a process that was replaced: the call on the way now is the new one's.
        if (port !== fresh) return;
        port = null;
        settled()?.reject(crashed());
        sendNext();
      });
      fresh.start();
      sendNext();
    },
    ended: (why) => {
      // Who has asked for a process gets the next one; its port has told of the one that died.
      if (why === 'died' && sent === null && needed) return;
      needed = false;
      port = null;
      const failing = why === 'died' ? [] : waiting.splice(0);
      for (const call of [settled(), ...failing]) call?.reject(crashed());
      sendNext();
    },
  };
}

function crashed(): CodedError {
  return new CodedError('SIGNER_CRASHED', {}, { retryable: true });
}

/** Files are read by this program alone, and may have as many rounds of derivation as their maker liked. */
function usesDriver(request: SignerRequest): boolean {
  return request.what === 'tokens' || request.key.kind !== 'file';
}
