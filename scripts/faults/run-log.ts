/** What happened in a run, for whoever looks for the cause of a failure. */
export interface RunLog {
  add(line: string): void;
  text(): string;
}

/** @param show is told every line as it comes */
export function openRunLog(show: (line: string) => void): RunLog {
  const started = performance.now();
  const lines: string[] = [];
  return {
    add: (text) => {
      const line = `${((performance.now() - started) / 1000).toFixed(2).padStart(8)}  ${text}`;
      lines.push(line);
      show(line);
    },
    text: () => `${lines.join('\n')}\n`,
  };
}
