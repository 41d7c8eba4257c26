import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '../lib/repository.ts';
import { makeTestPki, type TestPki } from '../make-test-pki.ts';
import { openAddresses, type Addresses } from './addresses.ts';
import { openExchangeHost, type ExchangeHost } from './exchange-host.ts';
import { openHostileAgency, type HostileAgency } from './hostile-agency.ts';
import { openLedger, type OpenLedger } from './ledger.ts';
import { openOfficeHost, setUpOffice, type KeyIds, type OfficeHost } from './office-host.ts';
import type { RunLog } from './run-log.ts';
import { openSmallDisk } from './small-disk.ts';

/** Everything that runs in a run of the fault machine. */
export interface World {
  readonly exchange: ExchangeHost;
  readonly offices: readonly OfficeHost[];
  readonly keys: readonly KeyIds[];
  readonly hostile: HostileAgency;
  readonly ledger: OpenLedger;
  readonly log: RunLog;
  /** For the letters that clerks write; on no small disk. */
  readonly lettersFolder: string;
  readonly addresses: Addresses;
  /** Offices whose clerk is asked to do nothing for now. */
  readonly resting: Set<OfficeHost>;
  /** Offices whose clerk is at work. */
  readonly atWork: Set<OfficeHost>;
  /** An office by one of its codes; null for anybody else. */
  officeOf(agencyCode: string): OfficeHost | null;
  close(): Promise<void>;
}

const HOSTILE_CODE = 'H99';

interface Options {
  readonly offices: number;
  readonly canFillDisks: boolean;
  readonly log: RunLog;
}

export async function openWorld({ offices: count, canFillDisks, log }: Options): Promise<World> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-faults-'));
  const undo: (() => Promise<void> | void)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  const openDisk = (name: string) => {
    const disk = openSmallDisk(path.join(folder, name), canFillDisks);
    undo.push(() => disk.unmount());
    // Also when the process is told to end in the middle.
    process.once('exit', () => disk.unmount());
    return disk;
  };
  try {
    const backupFolder = path.join(folder, 'backups');
    const lettersFolder = path.join(folder, 'letters');
    await Promise.all([mkdir(backupFolder), mkdir(lettersFolder)]);
    const pki: TestPki = makeTestPki(path.join(repositoryRoot, '.cache/test-pki'));
    const exchange = await openExchangeHost({ disk: openDisk('exchange'), backupFolder, log });
    undo.push(() => exchange.close());
    const codes = Array.from({ length: count }, (_, index) => ({
      code: `H15.${String(index + 1).padStart(2, '0')}`,
      otherCode: `H15.${String(index + 51)}`,
    }));
    await exchange.ask('the directory', (running) =>
      running.addAgencies(
        [...codes.flatMap(({ code, otherCode }) => [code, otherCode]), HOSTILE_CODE].map((code) => ({
          code,
          name: `Cơ quan ${code}`,
        })),
      ),
    );
    const offices = await Promise.all(
      codes.map(({ code, otherCode }, index) =>
        openOfficeHost({ index, code, otherCode, disk: openDisk(`office-${index}`), backupFolder, exchange, pki, log }),
      ),
    );
    for (const office of offices) undo.push(() => office.close());
    const keys = await Promise.all(offices.map((office) => setUpOffice(office, pki)));
    const hostile = await openHostileAgency(exchange, HOSTILE_CODE, log);
    const byCode = new Map(offices.flatMap((office) => [office.code, office.otherCode].map((code) => [code, office])));
    return {
      exchange,
      offices,
      keys,
      hostile,
      ledger: openLedger(),
      addresses: openAddresses(),
      resting: new Set(),
      atWork: new Set(),
      log,
      lettersFolder,
      officeOf: (agencyCode) => byCode.get(agencyCode) ?? null,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
