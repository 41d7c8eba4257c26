import { CommandFailed } from './run-command.ts';
import { EnvironmentIncomplete } from './environment.ts';

/**
 * Runs a script's main function and turns its outcome into the exit status: what it returns, or 1 when it throws.
 * Failures that the user can act on are shown without a stack.
 */
export async function runScript(main: () => Promise<number>): Promise<void> {
  // Exit handlers (which end Xvfb and other children) do not run for an unhandled signal.
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  try {
    process.exitCode = await main();
  } catch (error) {
    const explained = error instanceof EnvironmentIncomplete || error instanceof CommandFailed;
    process.stderr.write(`${explained ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
    process.exitCode = 1;
  }
  // A package that the script used may end the process by itself with status 0 (electron-builder does): ours comes first.
  process.prependOnceListener('beforeExit', () => process.exit());
}
