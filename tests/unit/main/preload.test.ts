import { beforeEach, describe, expect, it } from 'vitest';
import { createCoreCalls, type CoreCalls, type CorePort } from '../../../electron/preload/core-calls.ts';
import { buildApi } from '../../../electron/preload/build-api.ts';
import { callNames } from '#shared/contract/contract.ts';
import { ownerOf } from '#shared/contract/owners.ts';
import type { Request } from '#shared/contract/transport.ts';
import { FakeTimers } from './fakes.ts';

class FakePort implements CorePort {
  readonly sent: Request[] = [];
  closed = false;
  send(message: Request): void {
    this.sent.push(message);
  }
  close(): void {
    this.closed = true;
  }
}

const unavailable = {
  ok: false,
  code: 'CORE_UNAVAILABLE',
  params: {},
  retryable: true,
  correlationId: 'correlation',
};

let timers: FakeTimers;
let events: unknown[];
let calls: CoreCalls;

beforeEach(() => {
  timers = new FakeTimers();
  events = [];
  calls = createCoreCalls(
    timers,
    () => 'correlation',
    (event, payload) => events.push([event, payload]),
  );
});

const done = (value: unknown) => ({ ok: true, value }) as const;

describe('calls to core', () => {
  it('get the answer of their own id, in whatever order answers come', async () => {
    const port = new FakePort();
    calls.connect(port);
    const first = calls.call('outgoing.list', { box: 'drafts' });
    const second = calls.call('incoming.list', { box: 'due' });
    expect(port.sent).toEqual([
      { id: 1, name: 'outgoing.list', input: { box: 'drafts' } },
      { id: 2, name: 'incoming.list', input: { box: 'due' } },
    ]);
    calls.receive({ kind: 'answer', id: 2, answer: done('b') });
    calls.receive({ kind: 'answer', id: 1, answer: done('a') });
    expect(await first).toEqual(done('a'));
    expect(await second).toEqual(done('b'));
  });

  it('wait for a port that is not there yet', async () => {
    const waiting = calls.call('office.identity', {});
    timers.advance(9_999);
    const port = new FakePort();
    calls.connect(port);
    expect(port.sent).toHaveLength(1);
    timers.advance(60_000);
    calls.receive({ kind: 'answer', id: 1, answer: done(1) });
    expect(await waiting).toEqual(done(1));
  });

  it('are answered CORE_UNAVAILABLE when none comes within 10 s', async () => {
    const waiting = calls.call('office.identity', {});
    timers.advance(10_000);
    expect(await waiting).toEqual(unavailable);
    const port = new FakePort();
    calls.connect(port);
    expect(port.sent).toEqual([]);
  });

  it('are answered CORE_UNAVAILABLE when core dies; later ones wait for the next', async () => {
    const old = new FakePort();
    calls.connect(old);
    const lost = calls.call('outgoing.send', {});
    calls.disconnect();
    expect(old.closed).toBe(true);
    const waiting = calls.call('outgoing.list', {});
    expect(await lost).toEqual(unavailable);
    const fresh = new FakePort();
    calls.connect(fresh);
    expect(fresh.sent.map(({ name }) => name)).toEqual(['outgoing.list']);
    calls.receive({ kind: 'answer', id: 2, answer: done(2) });
    expect(await waiting).toEqual(done(2));
  });

  it('are answered CORE_UNAVAILABLE when a fresh port takes the place of theirs', async () => {
    const old = new FakePort();
    calls.connect(old);
    const lost = calls.call('outgoing.send', {});
    calls.connect(new FakePort());
    expect(await lost).toEqual(unavailable);
    expect(old.closed).toBe(true);
  });

  it('do not mind an answer that nobody waits for', () => {
    calls.connect(new FakePort());
    expect(() => {
      calls.receive({ kind: 'answer', id: 99, answer: done(null) });
    }).not.toThrow();
  });
});

describe('events', () => {
  it('are passed on', () => {
    calls.receive({ kind: 'event', event: 'answers.changed', payload: { queries: [] } });
    expect(events).toEqual([['answers.changed', { queries: [] }]]);
  });
});

describe('the calls of the page', () => {
  it('are those of the contract, each sent to its owner', async () => {
    const api = buildApi(
      (name, input) => Promise.resolve(done(['core', name, input])),
      (name, input) => Promise.resolve(done(['main', name, input])),
    );
    for (const name of callNames) {
      expect(await api.call(name, { x: 1 })).toEqual(done([ownerOf(name), name, { x: 1 }]));
    }
    expect(new Set(callNames.map(ownerOf))).toEqual(new Set(['core', 'main']));
  });

  it('go to a process that refuses them when they are no calls of the contract', async () => {
    const api = buildApi(
      (name) => Promise.resolve(done(['core', name])),
      (name) => Promise.resolve(done(['main', name])),
    );
    expect(await api.call('no.such', {})).toEqual(done(['core', 'no.such']));
    expect(await api.call({}, {})).toEqual(done(['core', '[object Object]']));
  });
});
