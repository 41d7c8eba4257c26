import { runCommand } from '../lib/run-command.ts';
import type { Tally } from './tally.ts';

/** About two minutes on two cores. One seed, so that the same source meets the same schedule. */
const args = ['scripts/faults.ts', '--json', '--count', '150', '--seed', '30'];

/** A short run of the fault machine, in a process of its own; it is one test. */
export async function runFaultStage(): Promise<Tally> {
  const { status } = await runCommand(process.execPath, args, { output: 'inherit' });
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
