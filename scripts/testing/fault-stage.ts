import { runCommand, type CommandResult } from '../lib/run-command.ts';
import type { Tally } from './tally.ts';

/** About two minutes on two idle cores, five on busy ones. One seed, so that the same source meets the same schedule. */
const args = ['scripts/faults.ts', '--json', '--count', '100', '--seed', '30'];

/** A run that hangs is ended, in milliseconds; on a busy machine it takes eight minutes. */
const LIMIT_MS = 15 * 60_000;

/** A short run of the fault machine that is under way, in a process of its own. */
export type FaultRun = Promise<CommandResult>;

export function beginFaults(): FaultRun {
  const run = runCommand(process.execPath, args, { timeout: LIMIT_MS });
  // Whoever asks for its result hears of it; until then it is no failure of anything else.
  run.catch(() => undefined);
  return run;
}

/** Its result as that of one test. */
export async function judgeFaults(run: FaultRun): Promise<Tally> {
  const { status, stdout, stderr } = await run;
  process.stdout.write(`${stdout}${stderr}`);
  if (status === 0) return { passed: 1, failed: 0, complaints: [] };
  return { passed: 0, failed: 1, complaints: [`random faults\n${stdout}${stderr}`] };
}
