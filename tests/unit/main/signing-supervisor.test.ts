import { beforeEach, describe, expect, it } from 'vitest';
import { superviseSigning, type SigningSupervisor } from '#main/processes/signing-supervisor.ts';
import { FakeTimers, silentLog } from './fakes.ts';

interface FakeProcess {
  readonly used: () => void;
  readonly exited: (code: number) => void;
  readonly ports: string[];
  killed: boolean;
}

let timers: FakeTimers;
let processes: FakeProcess[];
let heard: string[];
let forkFails: boolean;
let signing: SigningSupervisor;

beforeEach(() => {
  timers = new FakeTimers();
  processes = [];
  heard = [];
  forkFails = false;
  let channel = 0;
  signing = superviseSigning<string>(
    {
      fork(used, exited) {
        if (forkFails) throw new Error('no process for you');
        const process: FakeProcess = { used, exited, ports: [], killed: false };
        processes.push(process);
        return {
          connect: (port) => process.ports.push(port),
          kill: () => {
            process.killed = true;
          },
        };
      },
      createChannel: () => {
        channel += 1;
        return [`core ${channel}`, `signer ${channel}`];
      },
      after: timers.after,
    },
    { signer: (port) => heard.push(port), signerEnded: (why) => heard.push(why) },
    silentLog,
  );
});

describe('the signing process', () => {
  it('runs only when core asks, and is used again while it runs', () => {
    expect(processes).toHaveLength(0);
    signing.provide();
    signing.provide();
    expect(processes).toHaveLength(1);
    expect(processes[0]?.ports).toEqual(['signer 1', 'signer 2']);
    expect(heard).toEqual(['core 1', 'core 2']);
  });

  it('ends after two minutes without work, counted from the last answer', () => {
    signing.provide();
    timers.advance(119_000);
    processes[0]?.used();
    timers.advance(119_000);
    expect(processes[0]?.killed).toBe(false);
    timers.advance(1_000);
    expect(processes[0]?.killed).toBe(true);
    processes[0]?.exited(15);
    expect(heard).toEqual(['core 1']);
    signing.provide();
    expect(processes).toHaveLength(2);
  });

  it('is missed when it dies, and started anew when asked for again', () => {
    signing.provide();
    processes[0]?.exited(139);
    expect(heard).toEqual(['core 1', 'died']);
    signing.provide();
    expect(processes).toHaveLength(2);
    timers.advance(60_000);
    processes[0]?.used();
    timers.advance(60_000);
    expect(processes[1]?.killed).toBe(true);
  });

  it('that cannot be started is as one that died', () => {
    forkFails = true;
    signing.provide();
    expect(heard).toEqual(['not-started']);
  });

  it('is killed when core finds that it hangs, which is no news to core, and started anew when asked for again', () => {
    signing.provide();
    signing.end();
    expect(processes[0]?.killed).toBe(true);
    processes[0]?.exited(9);
    expect(heard).toEqual(['core 1']);
    signing.provide();
    expect(processes).toHaveLength(2);
    expect(heard).toEqual(['core 1', 'core 2']);
  });

  it('ends with the application', () => {
    signing.provide();
    signing.stop();
    expect(processes[0]?.killed).toBe(true);
    signing.stop();
  });
});
