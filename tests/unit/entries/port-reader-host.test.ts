import { expect, it } from 'vitest';
import { createPortReaderHost, type ReaderPort } from '#entries/port-reader-host.ts';
import type { ReaderRequest } from '#reader/reader-protocol.ts';

function setUp() {
  const orders: string[] = [];
  const heard: string[] = [];
  const host = createPortReaderHost({
    need: (id) => orders.push(`need ${id}`),
    end: (id) => orders.push(`end ${id}`),
  });
  const start = (name: string) =>
    host.start(
      (reply) => heard.push(`${name} answers ${reply.id}`),
      (why) => heard.push(`${name} ${why}`),
    );
  return { host, orders, heard, start };
}

function fakePort() {
  const asked: ReaderRequest[] = [];
  let listener: (event: { data: unknown }) => void = () => undefined;
  const port: ReaderPort = {
    postMessage: (message) => void asked.push(message),
    on: (_event, heard) => (listener = heard),
    start: () => undefined,
  };
  return { port, asked, answer: (id: number) => listener({ data: { id, ok: true } }) };
}

const question = (id: number): ReaderRequest => ({ id, what: 'page', fileId: 'a' });

it('what is asked before there is a port goes to it when it comes', () => {
  const { host, orders, heard, start } = setUp();
  const process = start('first');
  process.post(question(1));
  expect(orders).toEqual(['need 1']);
  const { port, asked, answer } = fakePort();
  host.connect(1, port);
  process.post(question(2));
  expect(asked).toEqual([question(1), question(2)]);
  answer(1);
  expect(heard).toEqual(['first answers 1']);
});

it('one that is killed before its port comes is not taken for the next', () => {
  const { host, orders, heard, start } = setUp();
  const first = start('first');
  first.post(question(1));
  first.kill();
  const second = start('second');
  second.post(question(2));
  expect(orders).toEqual(['need 1', 'end 1', 'need 2']);
  const late = fakePort();
  host.connect(1, late.port);
  host.ended(1, 'died');
  expect(late.asked).toEqual([]);
  const right = fakePort();
  host.connect(2, right.port);
  expect(right.asked).toEqual([question(2)]);
  late.answer(1);
  right.answer(2);
  host.ended(2, 'memory');
  right.answer(3);
  expect(heard).toEqual(['second answers 2', 'second memory']);
});
