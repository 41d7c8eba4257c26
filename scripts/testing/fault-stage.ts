import { runCommand } from '../lib/run-command.ts';
import type { Tally } from './tally.ts';

/** About two minutes on two idle cores, five on busy ones. One seed, so that the same source meets the same schedule. */
const args = ['scripts/faults.ts', '--json', '--count', '100', '--seed', '30'];

/** A short run of the fault machine, in a process of its own; it is one test. */
export async function runFaultStage(): Promise<Tally> {
  const { status, stdout, stderr } = await runCommand(process.execPath, args);
  process.stdout.write(`${stdout}${stderr}`);
  if (status === 0) return { passed: 1, failed: 0, complaints: [] };
  return { passed: 0, failed: 1, complaints: [`random faults\n${stdout}${stderr}`] };
}
