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
export async function runSteps(steps: readonly Step[], parallel: number): Promise<StepTally> {
  const waiting = [...steps];
  let failed = 0;
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const started = performance.now();
      const complaints = await step
        .run()
        .catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
      if (complaints.length > 0) failed += 1;
      printOutcome(complaints.length === 0, step.name, performance.now() - started);
      for (const line of complaints) process.stdout.write(`      ${line.replaceAll('\n', '\n      ')}\n`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return { passed: steps.length - failed, failed };
}

/** The line of one finished step. */
export function printOutcome(ok: boolean, name: string, ms: number): void {
  process.stdout.write(`${ok ? 'ok  ' : 'FAIL'}  ${name}  (${(ms / 1000).toFixed(1)} s)\n`);
}
