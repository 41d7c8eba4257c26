import { beforeEach, expect, it } from 'vitest';
import { superviseReaders, type ReaderSupervisor } from '#main/processes/reader-supervisor.ts';
import { FakeTimers, silentLog } from './fakes.ts';

interface FakeProcess {
  readonly exited: (code: number) => void;
  readonly ports: string[];
  bytes: number;
  killed: boolean;
}

const LIMIT = 1_000;
let timers: FakeTimers;
let processes: FakeProcess[];
let heard: string[];
let forkFails: boolean;
let reader: ReaderSupervisor;

beforeEach(() => {
  timers = new FakeTimers();
  processes = [];
  heard = [];
  forkFails = false;
  let channel = 0;
  reader = superviseReaders<string>(
    {
      fork(exited) {
        if (forkFails) throw new Error('no process for you');
        const process: FakeProcess = { exited, ports: [], bytes: 0, killed: false };
        processes.push(process);
        return {
          connect: (port) => process.ports.push(port),
          kill: () => (process.killed = true),
          memory: () => process.bytes,
        };
      },
      createChannel: () => {
        channel += 1;
        return [`core ${channel}`, `reader ${channel}`];
      },
      after: timers.after,
    },
    {
      reader: (id, port) => heard.push(`${id} ${port}`),
      readerEnded: (id, why) => heard.push(`${id} ${why}`),
    },
    silentLog,
    LIMIT,
  );
});

it('a process runs when core asks, and ends when core says so', () => {
  expect(processes).toHaveLength(0);
  reader.provide(1);
  expect(processes[0]?.ports).toEqual(['reader 1']);
  expect(heard).toEqual(['1 core 1']);
  reader.end(7);
  expect(processes[0]?.killed).toBe(false);
  reader.end(1);
  expect(processes[0]?.killed).toBe(true);
  processes[0]?.exited(15);
  expect(heard).toEqual(['1 core 1']);
});

it('one that takes more memory than it may is killed, and core hears why', () => {
  reader.provide(1);
  const [process] = processes;
  process!.bytes = LIMIT;
  timers.advance(60_000);
  expect(process?.killed).toBe(false);
  process!.bytes = LIMIT + 1;
  timers.advance(250);
  expect(process?.killed).toBe(true);
  process?.exited(9);
  expect(heard).toEqual(['1 core 1', '1 memory']);
  reader.provide(2);
  timers.advance(60_000);
  expect(heard).toEqual(['1 core 1', '1 memory', '2 core 2']);
});

it('one that dies or cannot be started is missed', () => {
  reader.provide(1);
  processes[0]?.exited(139);
  forkFails = true;
  reader.provide(2);
  expect(heard).toEqual(['1 core 1', '1 died', '2 not-started']);
});

it('one ends without the other, and none is left without the application', () => {
  reader.provide(1);
  reader.provide(2);
  processes[0]!.bytes = LIMIT + 1;
  timers.advance(250);
  expect(processes.map(({ killed }) => killed)).toEqual([true, false]);
  processes[1]!.bytes = LIMIT + 1;
  timers.advance(250);
  reader.provide(3);
  reader.stop();
  reader.stop();
  expect(processes.map(({ killed }) => killed)).toEqual([true, true, true]);
  expect(heard).toEqual(['1 core 1', '2 core 2', '1 memory', '2 memory', '3 core 3']);
});
