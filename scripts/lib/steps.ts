/** One check of many, and what came of it. */
export interface Step {
  readonly name: string;
  /** Resolves with an empty list when all is well, otherwise with lines to show. A rejection counts as a failure. */
  readonly run: () => Promise<readonly string[]>;
}

export interface StepTally {
  readonly passed: number;
  readonly failed: number;
  /** Name and first lines of each step that failed. */
  readonly complaints: readonly string[];
}

/** Runs steps, at most `parallel` at a time, and prints a line for each as it ends, with the complaint if it failed. */
export async function runSteps(
  steps: readonly Step[],
  parallel: number,
  print: (line: string) => void = (line) => process.stdout.write(line),
): Promise<StepTally> {
  const waiting = [...steps];
  const failed: string[] = [];
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const started = performance.now();
      const complaints = await step
        .run()
        .catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
      if (complaints.length > 0) failed.push([step.name, ...complaints].join('\n'));
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      print(`${complaints.length === 0 ? 'ok  ' : 'FAIL'}  ${step.name}  (${seconds} s)\n`);
      for (const line of complaints) print(`      ${line.replaceAll('\n', '\n      ')}\n`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return { passed: steps.length - failed.length, failed: failed.length, complaints: failed };
}
