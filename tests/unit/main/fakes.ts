import type { Log } from '#main/diagnostics/log.ts';

/** A clock that moves only when told, and runs what was planned on the way. */
export class FakeTimers {
  now = 0;
  #planned: { readonly at: number; readonly run: () => void }[] = [];

  readonly after = (ms: number, run: () => void): (() => void) => {
    const timer = { at: this.now + ms, run };
    this.#planned.push(timer);
    return () => {
      this.#planned = this.#planned.filter((other) => other !== timer);
    };
  };

  advance(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const [next] = this.#planned.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#planned = this.#planned.filter((other) => other !== next);
      // Late after the clock was set on, as after a sleep of the machine.
      this.now = Math.max(this.now, next.at);
      next.run();
    }
    this.now = end;
  }
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A log that remembers what was said, as `level event`. */
export function recordingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    info: (event) => lines.push(`info ${event}`),
    warn: (event) => lines.push(`warn ${event}`),
    error: (event, fields) => lines.push(`error ${event} ${JSON.stringify(fields)}`),
  };
}
