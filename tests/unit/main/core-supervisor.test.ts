import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FromCore, ToCore } from '#shared/contract/control.ts';
import { coreTimings, superviseCore, type CoreFailure } from '#main/processes/core-supervisor.ts';
import { FakeTimers, silentLog } from './fakes.ts';

/** A process that a test speaks and dies for. */
class FakeProcess {
  readonly sent: ToCore[] = [];
  readonly ports: string[] = [];
  killed = false;
  /** A core that hangs answers nothing. */
  hangs = false;
  readonly say: (message: unknown) => void;
  readonly exit: (code: number) => void;

  constructor(say: (message: unknown) => void, exit: (code: number) => void) {
    this.say = say;
    this.exit = exit;
  }
}

const ready = { type: 'ready', sqlite: '3.47.0', schemaVersion: 1 } satisfies FromCore;

function setUp() {
  const timers = new FakeTimers();
  const processes: FakeProcess[] = [];
  const heard: string[] = [];
  const failures: CoreFailure[] = [];
  const questions: FromCore[] = [];
  let forkFails = false;
  const supervisor = superviseCore<string>(
    {
      fork(received, exited) {
        if (forkFails) throw new Error('no process for you');
        const process = new FakeProcess(received, exited);
        processes.push(process);
        return {
          post: (message, ports) => {
            if (message.type === 'ping') {
              if (!process.hangs) process.say({ type: 'pong', number: message.number });
              return;
            }
            process.sent.push(message);
            process.ports.push(...ports);
          },
          kill: () => {
            process.killed = true;
          },
        };
      },
      after: timers.after,
      now: () => timers.now,
    },
    (attempt) => ({
      type: 'start',
      dataDir: '/data',
      resourcesDir: '/resources',
      appVersion: '1.0.0',
      account: 'anhntp',
      faultPoint: attempt === 0 ? 'after-number' : null,
    }),
    {
      ready: () => heard.push('ready'),
      unavailable: () => heard.push('unavailable'),
      gaveUp: (failure) => {
        heard.push('gave up');
        failures.push(failure);
      },
      asked: (message) => questions.push(message),
    },
    silentLog,
  );
  return {
    timers,
    processes,
    heard,
    failures,
    questions,
    supervisor,
    last: () => processes[processes.length - 1]!,
    failForks: () => {
      forkFails = true;
    },
  };
}

describe('work on the data folder without core', () => {
  it('core starts anew after it was stopped, and what died before does not count', async () => {
    const { supervisor, processes, heard, last } = setUp();
    supervisor.resume();
    expect(processes).toHaveLength(0);
    supervisor.start();
    last().say(ready);
    const stopped = supervisor.stop();
    last().say({ type: 'stopped' });
    await stopped;
    supervisor.resume();
    supervisor.resume();
    expect(processes).toHaveLength(2);
    last().say(ready);
    expect(heard).toEqual(['ready', 'ready']);
  });
});

describe('starting core', () => {
  it('tells core where its data is and is ready when core says so', () => {
    const { supervisor, last, heard } = setUp();
    supervisor.start();
    expect(last().sent).toEqual([
      {
        type: 'start',
        dataDir: '/data',
        resourcesDir: '/resources',
        appVersion: '1.0.0',
        account: 'anhntp',
        faultPoint: 'after-number',
      },
    ]);
    expect(supervisor.isReady()).toBe(false);
    last().say(ready);
    expect(supervisor.isReady()).toBe(true);
    expect(heard).toEqual(['ready']);
  });

  it('forks once however often it is started', () => {
    const { supervisor, processes } = setUp();
    supervisor.start();
    supervisor.start();
    expect(processes).toHaveLength(1);
  });

  it('drops what is sent to a core that is not ready, and says so', () => {
    const { supervisor, last } = setUp();
    supervisor.start();
    expect(supervisor.send({ type: 'connect' }, ['port'])).toBe(false);
    last().say(ready);
    expect(supervisor.send({ type: 'connect' }, ['port'])).toBe(true);
    expect(last().ports).toEqual(['port']);
  });

  it('passes on questions and ignores what no core says', () => {
    const { supervisor, last, questions } = setUp();
    supervisor.start();
    last().say(ready);
    last().say({ type: 'need-signer' });
    last().say({ type: 'need-signer', more: 1 });
    last().say('nonsense');
    last().say({ type: 'ask', id: 1, question: { what: 'read-file', path: '/etc/passwd' } });
    expect(questions).toEqual([{ type: 'need-signer' }]);
  });
});

describe('a core that dies', () => {
  it('is restarted after 0.5, 2 and 8 s, without the fault, then given up', () => {
    const { supervisor, processes, last, timers, heard, failures } = setUp();
    supervisor.start();
    for (const delay of [500, 2_000, 8_000]) {
      last().say(ready);
      const before = processes.length;
      last().exit(9);
      timers.advance(delay - 1);
      expect(processes).toHaveLength(before);
      timers.advance(1);
      expect(processes).toHaveLength(before + 1);
      expect(last().sent).toEqual([expect.objectContaining({ type: 'start', faultPoint: null })]);
    }
    last().exit(9);
    timers.advance(600_000);
    expect(processes).toHaveLength(4);
    expect(failures).toEqual([{ code: 'CORE_CRASHED', params: { exitCode: 9 } }]);
    expect(heard.slice(-2)).toEqual(['unavailable', 'gave up']);
    expect(supervisor.status()).toEqual({ state: 'gave-up', restarts: 3, failure: 'CORE_CRASHED' });
  });

  it('is restarted as at first once a minute has passed', () => {
    const { supervisor, processes, last, timers } = setUp();
    supervisor.start();
    for (let death = 0; death < 10; death += 1) {
      last().say(ready);
      timers.advance(60_001);
      last().exit(1);
      timers.advance(500);
    }
    expect(processes).toHaveLength(11);
  });

  it('is given up when it cannot even be forked', () => {
    const { supervisor, failForks, timers, failures } = setUp();
    failForks();
    supervisor.start();
    timers.advance(60_000);
    expect(failures).toEqual([{ code: 'CORE_CRASHED', params: { exitCode: -1 } }]);
  });

  it('starts anew, with all its restarts, when the user says so', () => {
    const { supervisor, processes, last, timers } = setUp();
    supervisor.start();
    for (let death = 0; death < 4; death += 1) {
      last().exit(1);
      timers.advance(8_000);
    }
    supervisor.retry();
    expect(processes).toHaveLength(5);
    last().exit(1);
    timers.advance(500);
    expect(processes).toHaveLength(6);
  });
});

describe('a core that cannot work on its folder', () => {
  it('is not restarted by itself, and its code is passed on', () => {
    const { supervisor, processes, last, timers, failures } = setUp();
    supervisor.start();
    const failed = last();
    failed.say({ type: 'failed', code: 'DATABASE_NEWER', params: { version: 7 } });
    expect(failed.killed).toBe(true);
    failed.exit(0);
    timers.advance(600_000);
    expect(processes).toHaveLength(1);
    expect(failures).toEqual([{ code: 'DATABASE_NEWER', params: { version: 7 } }]);
  });
});

describe('a core that hangs', () => {
  it('is killed after 45 s without an answer, and restarted as one that died', () => {
    const { supervisor, processes, last, timers, heard } = setUp();
    supervisor.start();
    last().say(ready);
    timers.advance(3_600_000);
    expect(processes).toHaveLength(1);
    const hanging = last();
    hanging.hangs = true;
    // The first question that stays without an answer comes 5 s later at most.
    timers.advance(coreTimings.silenceLimit - 1);
    expect(hanging.killed).toBe(false);
    timers.advance(coreTimings.heartbeat + 1);
    expect(hanging.killed).toBe(true);
    expect(heard.at(-1)).toBe('unavailable');
    expect(supervisor.status()).toEqual({ state: 'waiting', restarts: 1, failure: null });
    timers.advance(500);
    expect(processes).toHaveLength(2);
    last().say(ready);
    // The exit of the one that was killed is old news.
    hanging.exit(15);
    timers.advance(3_600_000);
    expect(processes).toHaveLength(2);
    expect(supervisor.isReady()).toBe(true);
  });

  it('is left alone when it answers late, but before the limit', () => {
    const { supervisor, processes, last, timers } = setUp();
    supervisor.start();
    last().say(ready);
    for (let round = 1; round < 20; round += 1) {
      last().hangs = true;
      timers.advance(30_000);
      last().hangs = false;
      for (let number = 0; number < 1_000; number += 1) last().say({ type: 'pong', number });
      timers.advance(10_000);
    }
    expect(processes).toHaveLength(1);
  });

  it('may be silent for minutes while it starts, and not for ever', () => {
    const { supervisor, processes, last, timers } = setUp();
    supervisor.start();
    last().hangs = true;
    timers.advance(coreTimings.startLimit - 60_000);
    expect(processes).toHaveLength(1);
    last().say(ready);
    last().hangs = false;
    // What it was asked meanwhile it answers after it said that it is ready.
    timers.advance(coreTimings.silenceLimit - 10_000);
    expect(processes).toHaveLength(1);
    last().exit(1);
    timers.advance(500);
    last().hangs = true;
    timers.advance(coreTimings.startLimit + 10_000);
    expect(processes).toHaveLength(3);
    expect(supervisor.status().restarts).toBe(2);
  });

  it('is given up when it hangs again and again', () => {
    const { supervisor, processes, last, timers, failures } = setUp();
    supervisor.start();
    for (let start = 0; start < 4; start += 1) {
      last().say(ready);
      last().hangs = true;
      timers.advance(60_000);
    }
    timers.advance(600_000);
    expect(processes).toHaveLength(4);
    expect(failures).toEqual([{ code: 'CORE_CRASHED', params: { exitCode: -1 } }]);
  });

  it('is not seen in a machine that sleeps', () => {
    const { supervisor, processes, last, timers } = setUp();
    supervisor.start();
    last().say(ready);
    for (let night = 0; night < 30; night += 1) {
      // Asked just before the lid was closed; both go on in the morning.
      last().hangs = true;
      timers.advance(6_000);
      timers.now += 12 * 3_600_000;
      timers.advance(5_000);
      last().hangs = false;
      for (let number = 0; number < 10_000; number += 1) last().say({ type: 'pong', number });
      timers.advance(60_000);
    }
    expect(processes).toHaveLength(1);
  });
});

describe('stopping core', () => {
  it('asks, and waits for the answer', async () => {
    const { supervisor, last } = setUp();
    supervisor.start();
    last().say(ready);
    const stopped = supervisor.stop();
    expect(last().sent.at(-1)).toEqual({ type: 'stop' });
    expect(last().killed).toBe(false);
    last().say({ type: 'stopped' });
    await stopped;
    expect(last().killed).toBe(true);
  });

  it('kills a core that does not answer within 5 s', async () => {
    const { supervisor, last, timers } = setUp();
    supervisor.start();
    const stopped = supervisor.stop();
    timers.advance(coreTimings.stopLimit);
    await stopped;
    expect(last().killed).toBe(true);
  });

  it('is content with a core that dies meanwhile, and starts no other', async () => {
    const { supervisor, processes, last, timers } = setUp();
    supervisor.start();
    const stopped = supervisor.stop();
    last().exit(1);
    await stopped;
    timers.advance(600_000);
    expect(processes).toHaveLength(1);
  });

  it('cancels a planned restart', async () => {
    const { supervisor, processes, last, timers } = setUp();
    supervisor.start();
    last().exit(1);
    await supervisor.stop();
    timers.advance(600_000);
    expect(processes).toHaveLength(1);
  });
});

describe('whatever happens', () => {
  const step = fc.oneof(
    fc.constantFrom('ready', 'exit', 'failed', 'retry', 'need-signer', 'old-exit'),
    fc.integer({ min: 1, max: 70_000 }),
  );

  it('one process at most is alive, and no more than 3 restarts fall into a minute between retries', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { supervisor, processes, timers, last } = setUp();
        const dead = new Set<FakeProcess>();
        let starts: number[] = [];
        let known = 0;
        supervisor.start();
        for (const action of steps) {
          const current = last();
          if (typeof action === 'number') timers.advance(action);
          else if (action === 'retry') {
            supervisor.retry();
            starts = [];
            known = processes.length;
          } else if (action === 'old-exit') processes[0]?.exit(1);
          else if (!dead.has(current)) {
            if (action === 'exit') {
              dead.add(current);
              current.exit(1);
            } else if (action === 'ready') current.say(ready);
            else if (action === 'failed') current.say({ type: 'failed', code: 'UNEXPECTED', params: {} });
            else current.say({ type: 'need-signer' });
          }
          while (known < processes.length) {
            if (known > 0) starts.push(timers.now);
            known += 1;
          }
          if (action === 'old-exit' && processes.length > 0) dead.add(processes[0]!);
          const alive = processes.filter((process) => !process.killed && !dead.has(process));
          expect(alive.length).toBeLessThanOrEqual(1);
          expect(starts.filter((time) => time > timers.now - 49_000).length).toBeLessThanOrEqual(3);
        }
      }),
      { numRuns: 200 },
    );
  });
});
