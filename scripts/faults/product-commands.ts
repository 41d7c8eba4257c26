import path from 'node:path';
import { repositoryRoot } from '../lib/repository.ts';
import { mustRun } from '../lib/run-command.ts';

/**
 * What people do at an exchange and at an office around a restore or an enrolment, in one place, because it is the
 * operations manual that says it and the product that changes it.
 */

/** The exchange's folder was put back from an older copy, and it has not been started yet. */
export async function afterExchangeRestore(dataFolder: string): Promise<void> {
  const script = path.join(repositoryRoot, 'exchange/entries/admin.ts');
  const env = { DATABASE_URL: undefined };
  await mustRun(process.execPath, [script, 'begin-epoch', '--data', dataFolder], { env });
}

/** Why an office is enrolled: the first time, because its key or its place was lost, or to go on as another agency. */
export type EnrolmentReason = 'first' | 'again' | 'merger';

/** What the person who enrols it decides. */
export function decisionsOf(reason: EnrolmentReason): {
  readonly mergeAgency: boolean;
  readonly replaceRegister: boolean;
} {
  return { mergeAgency: reason === 'merger', replaceRegister: reason !== 'first' };
}
