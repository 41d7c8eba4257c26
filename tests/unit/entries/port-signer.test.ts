import { expect, it } from 'vitest';
import { createPortSigner, type SignerPort } from '#entries/port-signer.ts';
import type { SignerRequest } from '#shared/contract/control.ts';

const own = new Uint8Array([7]);
const file = (path: string) => ({ kind: 'file' as const, path });

function fakePort() {
  const asked: SignerRequest[] = [];
  const listeners: { message?: (event: { data: unknown }) => void; close?: () => void } = {};
  const port: SignerPort = {
    postMessage: (message) => void asked.push(message),
    on: (event: 'message' | 'close', listener: never) => {
      listeners[event] = listener;
    },
    start: () => undefined,
  };
  return { port, asked, answer: (data: unknown) => listeners.message?.({ data }), close: () => listeners.close?.() };
}

it('asks for a process once there is something to sign, and sends what waited', async () => {
  let starts = 0;
  const signer = createPortSigner(() => (starts += 1));
  expect(starts).toBe(0);
  const signing = signer.sign(file('/a.p12'), 'x', own, new Uint8Array([1, 2]));
  expect(starts).toBe(1);
  const { port, asked, answer } = fakePort();
  signer.connect(port);
  expect(asked).toMatchObject([{ what: 'sign', key: file('/a.p12'), certificate: own, data: new Uint8Array([1, 2]) }]);
  answer({ id: asked[0]?.id, ok: true, signature: new Uint8Array([9]) });
  expect(await signing).toEqual(new Uint8Array([9]));
  void signer.inspect(file('/b.p12'), 'y', null).catch(() => undefined);
  expect(starts).toBe(1);
  expect(asked).toHaveLength(2);
});

it('a process that dies fails every call on the way, and the next call asks for another', async () => {
  let starts = 0;
  const signer = createPortSigner(() => (starts += 1));
  const { port, close } = fakePort();
  signer.connect(port);
  const calls = [signer.sign(file('/a'), 'x', own, new Uint8Array()), signer.inspect(file('/a'), 'x', null)];
  close();
  for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'SIGNER_CRASHED', retryable: true });
  const again = signer.inspect(file('/a'), 'x', null);
  expect(starts).toBe(1);
  const fresh = fakePort();
  signer.connect(fresh.port);
  fresh.answer({ id: fresh.asked[0]?.id, ok: false, code: 'P12_WRONG_PASSWORD' });
  await expect(again).rejects.toMatchObject({ code: 'P12_WRONG_PASSWORD' });
});

it('a process that cannot start fails what waited for it', async () => {
  const signer = createPortSigner(() => undefined);
  const waiting = signer.sign(file('/a'), 'x', own, new Uint8Array());
  signer.failed('SIGNER_CRASHED');
  await expect(waiting).rejects.toMatchObject({ code: 'SIGNER_CRASHED' });
  // What failed must not be sent to the process that comes later.
  const { port, asked } = fakePort();
  signer.connect(port);
  expect(asked).toEqual([]);
});

it('answers that nobody asked for change nothing', async () => {
  const signer = createPortSigner(() => undefined);
  const { port, asked, answer } = fakePort();
  signer.connect(port);
  const signing = signer.sign(file('/a'), 'x', own, new Uint8Array());
  answer({ id: 999, ok: true, signature: new Uint8Array([1]) });
  answer({ id: asked[0]?.id, ok: true, signature: new Uint8Array([2]) });
  answer({ id: asked[0]?.id, ok: true, signature: new Uint8Array([3]) });
  expect(await signing).toEqual(new Uint8Array([2]));
});
