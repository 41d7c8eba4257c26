import type { EventName, EventPayload } from '#shared/contract/events.ts';
import type { KeyedLock } from './dispatch/keyed-lock.ts';
import type { RunTransaction } from './dispatch/transaction.ts';
import type { Diagnostics } from './ports/diagnostics.ts';
import type { ExchangeGateway } from './ports/exchange.ts';
import type { FileStore } from './ports/file-store.ts';
import type { ForeignReader } from './ports/foreign-reader.ts';
import type { OfficeFiles } from './ports/office-files.ts';
import type { PinKeys } from './ports/pin-keys.ts';
import type { PdfEngine } from './ports/pdf-engine.ts';
import type { Shell } from './ports/shell.ts';
import type { Signer } from './ports/signer.ts';
import type { Registers } from './ports/stores.ts';
import type { Clock, FaultPoint, Ids, Log, Random, Timers } from './ports/system.ts';

/** Everything that core needs from outside. */
export interface CorePorts {
  readonly registers: Registers;
  readonly files: FileStore;
  /** For files of this office alone; what comes from outside is for `reader`. */
  readonly pdf: PdfEngine;
  readonly reader: ForeignReader;
  readonly officeFiles: OfficeFiles;
  readonly signer: Signer;
  readonly shell: Shell;
  readonly gateway: ExchangeGateway;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly random: Random;
  readonly log: Log;
  readonly fault: FaultPoint;
  readonly diagnostics: Diagnostics;
  readonly pinKeys: PinKeys;
  /** Account of the operating system that runs this program; null where nobody says. */
  readonly account: string | null;
  /** Of this program: another one may read what this one could not. */
  readonly appVersion: string;
}

export interface CoreContext extends Omit<CorePorts, 'registers'> {
  /** For reading. Everything is written in a transaction: a command's own, or `transact`. */
  readonly registers: Omit<Registers, 'tx'>;
  /** A transaction that no command asked for: what the exchange brought, or what this program notes for itself. */
  readonly transact: RunTransaction;
  /** Tells the screens of something that is no changed answer of a query; a transaction tells of those by itself. */
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void;
  readonly lock: KeyedLock;
  /** Ends a running pause: a person asks for an attempt now. */
  retrySync(): void;
  /** Something waits to be sent or fetched. */
  messagesWait(): void;
  /** A file was written that is not flushed. */
  flushSoon(): void;
}

export const nowIso = (ctx: Pick<CorePorts, 'clock'>): string => ctx.clock.now().toISOString();
