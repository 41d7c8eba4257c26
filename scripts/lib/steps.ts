/** One check of many, and what came of it. */
export interface Step {
  readonly name: string;
  /** Resolves with an empty list when all is well, otherwise with lines to show. A rejection counts as a failure. */
  readonly run: () => Promise<readonly string[]>;
}

export interface StepTally {
  readonly passed: number;
  readonly failed: number;
}

/** Runs steps, at most `parallel` at a time, and prints a line for each as it ends, with the complaint if it failed. */
export async function runSteps(
  steps: readonly Step[],
  parallel: number,
  print: (line: string) => void = (line) => process.stdout.write(line),
): Promise<StepTally> {
  const waiting = [...steps];
  let failed = 0;
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const started = performance.now();
      const complaints = await step
        .run()
        .catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
      if (complaints.length > 0) failed += 1;
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      print(`${complaints.length === 0 ? 'ok  ' : 'FAIL'}  ${step.name}  (${seconds} s)\n`);
      for (const line of complaints) print(`      ${line.replaceAll('\n', '\n      ')}\n`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return { passed: steps.length - failed, failed };
}
