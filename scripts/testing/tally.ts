/** How many tests or checks held and how many did not. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
  };
}

/** Prints the last line of a test run and returns its exit status. */
export function printTally({ passed, failed }: Tally): number {
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

/**
 * What a test runner's own count means: a stage that ran nothing, or that ended with an error of the runner itself,
 * counts as one failure although no test failed.
 */
export function judgeStage(counted: Tally, exitStatus: number | null): Tally {
  const silentFailure = counted.failed === 0 && (exitStatus !== 0 || counted.passed === 0);
  return silentFailure ? { passed: counted.passed, failed: 1 } : counted;
}
