import { CodedError } from '#shared/errors/coded-error.ts';
import type { Signer } from '#core/ports/signer.ts';
import type { SignerReply, SignerRequest } from '#shared/contract/control.ts';

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** The part of a MessagePort that is used here; Electron's and Node's ports both have it. */
export interface SignerPort {
  postMessage(message: SignerRequest): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
}

export interface PortSigner extends Signer {
  /** A fresh signing process answers at this port. */
  connect(port: SignerPort): void;
  failed(code: string): void;
}

/** A signer in another process. A driver that hangs or crashes there fails the call here, and nothing else. */
export function createPortSigner(askForProcess: () => void): PortSigner {
  const pending = new Map<number, { resolve: (reply: SignerReply) => void; reject: (error: unknown) => void }>();
  const waiting: SignerRequest[] = [];
  let port: SignerPort | null = null;
  let lastId = 0;

  const failAll = (code: string) => {
    for (const { reject } of pending.values()) reject(new CodedError(code, {}, { retryable: true }));
    pending.clear();
    waiting.length = 0;
  };
  const ask = async (request: WithoutId<SignerRequest>): Promise<SignerReply & { ok: true }> => {
    lastId += 1;
    const message: SignerRequest = { ...request, id: lastId };
    const reply = await new Promise<SignerReply>((resolve, reject) => {
      pending.set(message.id, { resolve, reject });
      if (port === null) {
        waiting.push(message);
        askForProcess();
      } else port.postMessage(message);
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
    connect: (fresh) => {
      port = fresh;
      fresh.on('message', ({ data }) => {
        const reply = data as SignerReply;
        const call = pending.get(reply.id);
        pending.delete(reply.id);
        call?.resolve(reply);
      });
      fresh.on('close', () => {
        // Late news of a process that was replaced: the calls that wait now are the new one's.
        if (port !== fresh) return;
        port = null;
        failAll('SIGNER_CRASHED');
      });
      fresh.start();
      for (const message of waiting.splice(0)) fresh.postMessage(message);
    },
    failed: (code) => {
      port = null;
      failAll(code);
    },
  };
}
