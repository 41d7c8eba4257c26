const MachineDate = Date;
let offsetMs = 0;

class ShiftedDate extends MachineDate {
  constructor(...parts: readonly unknown[]) {
    if (parts.length === 0) super(MachineDate.now() + offsetMs);
    else super(...(parts as ConstructorParameters<DateConstructor>));
  }

  static override now(): number {
    return MachineDate.now() + offsetMs;
  }
}

/**
 * Sets this process's clock ahead (or, below 0, back) by `ms` milliseconds, as somebody who turns the machine's clock
 * does: every `Date` of the process, so that tokens and registers are wrong alike. Timers run on, as they do then.
 */
export function shiftClock(ms: number): void {
  offsetMs = ms;
  globalThis.Date = ShiftedDate as DateConstructor;
}
