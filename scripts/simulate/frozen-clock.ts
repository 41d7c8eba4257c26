const MachineDate = Date;
let nowMs = MachineDate.now();

class FrozenDate extends MachineDate {
  constructor(...parts: readonly unknown[]) {
    if (parts.length === 0) super(nowMs);
    else super(...(parts as ConstructorParameters<DateConstructor>));
  }

  static override now(): number {
    return nowMs;
  }
}
globalThis.Date = FrozenDate as DateConstructor;

/** Sets this process's clock, which stands still until it is set again; timers run on. Importing this stops it. */
export function setClock(ms: number): void {
  nowMs = ms;
}
