/** How many tests or checks held and how many did not. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** What did not hold and why, for the end of the output, where it is still seen when the rest was cut off. */
  readonly complaints: readonly string[];
}

/** Lines of one complaint; the whole of it stands where it was found. */
const COMPLAINT_LINES = 12;

export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
    complaints: tallies.flatMap(({ complaints }) => complaints),
  };
}

/** Prints what failed and, as the last line of a test run, the sum; returns the exit status of the run. */
export function printTally(
  { passed, failed, complaints }: Tally,
  print: (text: string) => void = (text) => process.stdout.write(text),
): number {
  for (const complaint of complaints) {
    const lines = complaint.trimEnd().split('\n').slice(0, COMPLAINT_LINES);
    print(`FAILED  ${lines.join('\n        ')}\n`);
  }
  print(`${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

/**
 * What a test runner's own count means: a stage that ran nothing, or that ended with an error of the runner itself,
 * counts as one failure although no test failed.
 */
export function judgeStage(counted: Tally, exitStatus: number | null): Tally {
  const silentFailure = counted.failed === 0 && (exitStatus !== 0 || counted.passed === 0);
  if (!silentFailure) return counted;
  const complaint = `the runner ended with ${exitStatus ?? 'a signal'} after ${counted.passed} tests passed`;
  return { passed: counted.passed, failed: 1, complaints: [complaint] };
}
