import { expect, it } from 'vitest';
import { createPortSigner, type SignerPort } from '#entries/port-signer.ts';
import type { SignerRequest } from '#shared/contract/control.ts';
import { FakeTimers } from '#tests/unit/main/fakes.ts';

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

/** A signer whose processes are asked for in `heard`, with timers of its own. */
function setUp() {
  const heard: string[] = [];
  const timers = new FakeTimers();
  const processes = { need: () => void heard.push('need'), end: () => void heard.push('end') };
  return { heard, timers, signer: createPortSigner(processes, timers) };
}

const token = { kind: 'token' as const, module: '/driver.so', serial: 'T1', certificateId: null };

it('asks for a process once there is something to sign, and sends what waited', async () => {
  const { heard, signer } = setUp();
  expect(heard).toEqual([]);
  const signing = signer.sign(file('/a.p12'), 'x', own, new Uint8Array([1, 2]));
  const listing = signer.tokens('/driver.so');
  expect(heard).toEqual(['need']);
  const { port, asked, answer } = fakePort();
  signer.connect(port);
  expect(asked).toMatchObject([{ what: 'sign', key: file('/a.p12'), certificate: own, data: new Uint8Array([1, 2]) }]);
  answer({ id: asked[0]?.id, ok: true, signature: new Uint8Array([9]) });
  expect(await signing).toEqual(new Uint8Array([9]));
  // One after the other: a login to a token is the whole process's.
  expect(asked).toMatchObject([{ what: 'sign' }, { what: 'tokens', module: '/driver.so' }]);
  answer({ id: asked[1]?.id, ok: true, tokens: [] });
  expect(await listing).toEqual([]);
  expect(heard).toEqual(['need']);
});

it('a failure comes with what the process says of it', async () => {
  const { signer } = setUp();
  const { port, asked, answer } = fakePort();
  signer.connect(port);
  const listing = signer.tokens('/driver.so');
  answer({ id: asked[0]?.id, ok: false, code: 'TOKEN_DRIVER_FAILED', params: { reason: 'C_Sign 0x5' } });
  await expect(listing).rejects.toMatchObject({ code: 'TOKEN_DRIVER_FAILED', params: { reason: 'C_Sign 0x5' } });
});

it('a process that dies fails the call that it had, and no other; none is sent twice', async () => {
  const { heard, signer } = setUp();
  const first = fakePort();
  signer.connect(first.port);
  const had = signer.sign(token, '1234', own, new Uint8Array());
  const waits = signer.inspect(token, '5678', null);
  first.close();
  await expect(had).rejects.toMatchObject({ code: 'SIGNER_CRASHED', retryable: true });
  expect(heard).toEqual(['need']);
  // The same death, told by main: whoever waits gets the next process.
  signer.ended('died');
  const second = fakePort();
  signer.connect(second.port);
  expect(second.asked).toMatchObject([{ what: 'inspect', secret: '5678' }]);
  second.answer({ id: second.asked[0]?.id, ok: false, code: 'P12_WRONG_PASSWORD' });
  await expect(waits).rejects.toMatchObject({ code: 'P12_WRONG_PASSWORD' });
  // Late news of the first.
  first.close();
  const later = signer.inspect(file('/a'), 'x', null);
  expect(second.asked).toHaveLength(2);
  second.answer({ id: second.asked[1]?.id, ok: true, holders: [] });
  expect(await later).toEqual([]);
});

it('a death of which only main tells fails the call that was sent', async () => {
  const { heard, signer } = setUp();
  const { port } = fakePort();
  signer.connect(port);
  const had = signer.sign(token, '1234', own, new Uint8Array());
  signer.ended('died');
  await expect(had).rejects.toMatchObject({ code: 'SIGNER_CRASHED' });
  void signer.tokens('/driver.so').catch(() => undefined);
  expect(heard).toEqual(['need']);
});

it('a process that cannot start fails what waited for it', async () => {
  const { signer } = setUp();
  const waiting = [signer.sign(file('/a'), 'x', own, new Uint8Array()), signer.inspect(file('/a'), 'x', null)];
  signer.ended('not-started');
  for (const call of waiting) await expect(call).rejects.toMatchObject({ code: 'SIGNER_CRASHED', retryable: true });
  // What failed must not be sent to the process that comes later.
  const { port, asked } = fakePort();
  signer.connect(port);
  expect(asked).toEqual([]);
});

it('a driver that does not answer for 30 seconds is ended with its process, and the next call gets another', async () => {
  const { heard, timers, signer } = setUp();
  const first = fakePort();
  signer.connect(first.port);
  const hanging = signer.sign(token, '1234', own, new Uint8Array());
  const waits = signer.tokens('/driver.so');
  timers.advance(29_999);
  expect(heard).toEqual([]);
  timers.advance(1);
  await expect(hanging).rejects.toMatchObject({ code: 'TOKEN_DRIVER_HANGS', retryable: false });
  expect(heard).toEqual(['end', 'need']);
  // The end of the process that was killed.
  first.close();
  const second = fakePort();
  signer.connect(second.port);
  second.answer({ id: second.asked[0]?.id, ok: true, tokens: [] });
  expect(await waits).toEqual([]);
  // Answered in time: nothing is ended later.
  timers.advance(60_000);
  expect(heard).toEqual(['end', 'need']);
});

it('a key file may take its time: its rounds are not a driver', async () => {
  const { heard, timers, signer } = setUp();
  const { port, asked, answer } = fakePort();
  signer.connect(port);
  const opening = signer.inspect(file('/a.p12'), 'x', null);
  timers.advance(120_000);
  expect(heard).toEqual([]);
  answer({ id: asked[0]?.id, ok: true, holders: [] });
  expect(await opening).toEqual([]);
});

it('answers that nobody asked for change nothing', async () => {
  const { signer } = setUp();
  const { port, asked, answer } = fakePort();
  signer.connect(port);
  const signing = signer.sign(file('/a'), 'x', own, new Uint8Array());
  answer({ id: 999, ok: true, signature: new Uint8Array([1]) });
  answer({ id: asked[0]?.id, ok: true, signature: new Uint8Array([2]) });
  answer({ id: asked[0]?.id, ok: true, signature: new Uint8Array([3]) });
  expect(await signing).toEqual(new Uint8Array([2]));
});
