import { join } from 'node:path';
import { createCore, type Core } from '#core/create-core.ts';
import type { CorePorts } from '#core/core-context.ts';
import type { Shell } from '#core/ports/shell.ts';
import type { Signer } from '#core/ports/signer.ts';
import type { FaultPoint, Log } from '#core/ports/system.ts';
import { openRegisters } from '#data/open-registers.ts';
import { createContentStore, removeUnfinishedWrites } from '#files/content-store.ts';
import { createExchangeGateway } from '#network/exchange-gateway.ts';
import type { FetchLike } from '#network/send-request.ts';
import { createOfficeFiles } from '#office-files/office-files.ts';
import { createPdfEngine } from '#pdf/create-pdf-engine.ts';
import { diagnosticsOf } from './machine-diagnostics.ts';
import { machinePinKeys } from './machine-pin-keys.ts';
import { machineClock, machineIds, machineRandom, machineTimers } from './machine-ports.ts';
import { loadFonts } from './load-fonts.ts';
import { loadTrust } from './load-trust.ts';
import { poolReaders } from './reader-pool.ts';
import { createProcessReader, type ReaderHost, type ReaderLimits } from './process-reader.ts';

/** As many as there are lanes to fetch on; each is started only when it is needed. */
const READERS = 2;

export interface CoreWiring {
  readonly dataDir: string;
  readonly resourcesDir: string;
  readonly appVersion: string;
  readonly shell: Shell;
  readonly signer: Signer;
  readonly readerHost: ReaderHost;
  readonly fetch: FetchLike;
  readonly log: Log;
  readonly fault: FaultPoint;
  /** Account of the operating system, where the shell says whose it is. */
  readonly account?: string | null;
  /** Others than the usual ones, for tests. */
  readonly readerLimits?: ReaderLimits;
  /** Replaces ports of the machine, for tests. */
  readonly ports?: Partial<Pick<CorePorts, 'clock' | 'ids' | 'random' | 'timers' | 'gateway' | 'files' | 'pinKeys'>>;
}

export interface WiredCore {
  readonly core: Core;
  readonly sqliteVersion: string;
  readonly schemaVersion: number;
  close(): Promise<void>;
}

/**
 * The core on a data folder, with everything real.
 * @throws CodedError FOLDER_IN_USE, DATABASE_NEWER, DATABASE_DAMAGED, FOLDER_NOT_WRITABLE, DISK_FULL
 */
export function wireCore(wiring: CoreWiring): WiredCore {
  const opened = openRegisters(wiring.dataDir, wiring.log);
  clearLeftovers(wiring);
  const trustDirs = [join(wiring.resourcesDir, 'trust'), join(wiring.dataDir, 'trust')];
  const reader = poolReaders(
    Array.from({ length: READERS }, () => createProcessReader(wiring.readerHost, wiring.dataDir, wiring.readerLimits)),
  );
  const core = createCore({
    registers: opened.registers,
    files: createContentStore(wiring.dataDir),
    // Read anew for each check, so that a new revocation list counts at once.
    pdf: createPdfEngine(() => loadTrust(trustDirs, wiring.log)),
    signer: wiring.signer,
    reader,
    officeFiles: createOfficeFiles(() => loadFonts(wiring.resourcesDir)),
    shell: wiring.shell,
    gateway: createExchangeGateway(wiring.fetch),
    clock: machineClock,
    timers: machineTimers,
    ids: machineIds,
    random: machineRandom,
    log: wiring.log,
    fault: wiring.fault,
    diagnostics: diagnosticsOf(wiring.dataDir, opened),
    pinKeys: machinePinKeys,
    account: wiring.account ?? null,
    appVersion: wiring.appVersion,
    ...wiring.ports,
  });
  return {
    core,
    sqliteVersion: opened.sqliteVersion,
    schemaVersion: opened.schemaVersion,
    close: async () => {
      reader.close();
      await core.stop();
      opened.close();
    },
  };
}

function clearLeftovers({ dataDir, log }: CoreWiring): void {
  try {
    removeUnfinishedWrites(dataDir);
  } catch (error) {
    // They cost room and nothing else; the office opens all the same.
    log.error('leftovers-not-removed', error);
  }
}
