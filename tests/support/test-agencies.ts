import path from 'node:path';
import { readFile } from 'node:fs/promises';
import type { DemoWorld } from '#scripts/demo/demo-world.ts';
import { installTrust } from '#scripts/demo/install-trust.ts';
import { prepareOffice, type PreparedOffice } from '#scripts/demo/prepare-office.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';

/** An agency of the demonstration's directory with a data folder of its own. */
export interface TestAgency {
  readonly code: string;
  readonly name: string;
  readonly dataDir: string;
  /** Enrols it and leaves its core running in this process. */
  prepare(): Promise<PreparedOffice>;
}

/** Agencies that nobody has used yet, so that tests on one exchange never meet each other's documents. */
export async function createAgencies(world: DemoWorld, folder: string): Promise<() => TestAgency> {
  const directory = JSON.parse(await readFile(path.join(repositoryRoot, 'resources/demo/agencies.json'), 'utf8')) as {
    code: string;
    name: string;
  }[];
  // The two offices of the demonstration keep theirs.
  const free = directory.filter(({ code }) => !['H15', 'H15.01', 'H15.03'].includes(code));
  return () => {
    const agency = free.shift();
    if (agency === undefined) throw new Error('the directory has no unused agency left');
    const dataDir = path.join(folder, agency.code);
    installTrust(dataDir, world.pki);
    return {
      ...agency,
      dataDir,
      prepare: async () =>
        prepareOffice(dataDir, {
          ...(await world.setUpOf('sender')),
          code: await world.exchange.enrolmentCode(agency.code),
        }),
    };
  };
}
