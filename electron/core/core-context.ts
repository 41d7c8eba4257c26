import type { EventName, EventPayload } from '#shared/contract/events.ts';
import type { CallName } from '#shared/contract/contract.ts';
import type { UnzipSingle } from '#shared/edxml/read-attachments.ts';
import type { ExchangeGateway } from './ports/exchange.ts';
import type { FileStore } from './ports/file-store.ts';
import type { PdfEngine } from './ports/pdf-engine.ts';
import type { Shell } from './ports/shell.ts';
import type { Signer } from './ports/signer.ts';
import type { Registers, WriteStores } from './ports/stores.ts';
import type { Clock, FaultPoint, Ids, Log, Random, Timers } from './ports/system.ts';
import type { KeyedLock } from './dispatch/keyed-lock.ts';

/** Everything that core needs from outside. */
export interface CorePorts {
  readonly registers: Registers;
  readonly files: FileStore;
  readonly pdf: PdfEngine;
  readonly signer: Signer;
  readonly shell: Shell;
  readonly gateway: ExchangeGateway;
  readonly unzipSingle: UnzipSingle;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly random: Random;
  readonly log: Log;
  readonly fault: FaultPoint;
}

export interface CoreContext extends CorePorts {
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void;
  readonly lock: KeyedLock;
  /** Tells the sync that there is something to send; a running pause after a failure goes on. */
  wakeSync(): void;
  /** Ends a running pause: a person asks for an attempt now. */
  retrySync(): void;
}

/** Who did it, in the history, when it was this office. */
export const THIS_OFFICE = 'office';

export const nowIso = (ctx: Pick<CorePorts, 'clock'>): string => ctx.clock.now().toISOString();

/**
 * One write transaction of a command: what `work` changes and the command's answer are kept together, so that the
 * same `commandId` gets the same answer after any crash.
 */
export function commit<T>(ctx: CoreContext, name: CallName, commandId: string, work: (stores: WriteStores) => T): T {
  return ctx.registers.tx(name, (stores) => {
    const value = work(stores);
    stores.commands.remember(commandId, name, value, nowIso(ctx));
    return value;
  });
}
