import { describeFailure, EXIT_USAGE, UsageError } from './cli/failures.ts';

const usage = `vanthu <command>
  propose FILE [--json]                       fields read from a letter's text
  sign FILE --p12 P12 --password-env VAR --role person|seal --out OUT [--image PNG]
  verify FILE [--json] [--trust DIR]...       what the signatures prove
  edxml read FILE [--json]                    what a national XML message says
  doctor [--json] [--data-dir DIR]            whether this machine can run the application
`;

/** Each brings in only what it needs: reading a message must not wait for a PDF library. Exit status: 0 done, 1 a bug, 2 wrong use or an unreadable file, 3 a refusal to sign. */
const commands: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  propose: async (args) => (await import('./cli/propose-command.ts')).proposeCommand(args),
  sign: async (args) => (await import('./cli/sign-command.ts')).signCommand(args),
  verify: async (args) => (await import('./cli/verify-command.ts')).verifyCommand(args),
  edxml: async (args) => (await import('./cli/edxml-command.ts')).edxmlCommand(args),
  doctor: async (args) => (await import('./cli/doctor-command.ts')).doctorCommand(args),
};

async function run([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(usage);
    return name === undefined ? EXIT_USAGE : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new UsageError(`unknown command ${JSON.stringify(name)}; see: vanthu help`);
  return await command(args);
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const { message, status } = describeFailure(error);
  process.stderr.write(`vanthu: ${message}\n`);
  process.exitCode = status;
}
