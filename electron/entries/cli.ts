import { describeFailure, EXIT_USAGE, UsageError } from './cli/failures.ts';

const usage = `vanthu <command>
  propose FILE [--json] [--pdf-password-env VAR]  fields read from a letter's text
  sign FILE --p12 P12 --password-env VAR --role person|seal --out OUT [--level B-B|B-T|B-LT|B-LTA]
       [--tsa URL] [--image PNG] [--page N --rect X,Y,W,H] [--pdf-password-env VAR]
  sign FILE --token MODULE [--serial S] [--certificate ID] --pin-env VAR ...  with a key on a PKCS#11 token
  token list --module PATH [--json]           tokens that a driver sees; no PIN is tried
  renew FILE --tsa URL --out OUT [--pdf-password-env VAR]  a further time stamp over a file of level B-LT or B-LTA
  check FILE [--json] [--pdf-password-env VAR]  whether a draft can be signed: as it is, after mending, or why not
  verify FILE [--json] [--trust PEM]... [--at TIME] [--offline] [--pdf-password-env VAR]  what the signatures prove
  edxml read FILE [--json]                    what a national XML message says
  book list --data-dir DIR [--json]           books, years, last numbers and kept ones
  book export --data-dir DIR --book B --year Y [--from N --to N] [--from-date D --to-date D]
              --format pdf|xlsx|json [--volume V] [--no-cover] --out OUT
  form export --data-dir DIR --form follow-up|post|weekly-report|incoming-report|outgoing-report
              --from-date D --to-date D --format pdf|xlsx [--volume V] [--no-cover] --out OUT
  form export --data-dir DIR --form handling-sheet --year Y --number N [--book B] --out OUT
  audit verify --data-dir DIR [--anchor ROW:EPOCH:HASH]... [--json]  whether the audit trail is whole
  audit export --data-dir DIR --from D --to D [--person NAME|ID] --format xlsx|json --out OUT
  person reset-pin --data-dir DIR [--person NAME|ID]  a new PIN for the only administrator; the application is closed
  doctor [--json] [--data-dir DIR]            whether this machine can run the application
  backup --data-dir DIR [--to PLACE] [--json] a backup beside whatever runs on the folder
  restore --data-dir DIR [--from PLACE] [--json] --list|ID|--undo [ID]
`;

/** Each brings in only what it needs: reading a message must not wait for a PDF library. Exit status: 0 done, 1 a bug, 2 wrong use or an unreadable file, 3 a refusal to sign or renew, or a draft that cannot be; 10 to 13 verdicts of verify. */
const commands: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  propose: async (args) => (await import('./cli/propose-command.ts')).proposeCommand(args),
  sign: async (args) => (await import('./cli/sign-command.ts')).signCommand(args),
  renew: async (args) => (await import('./cli/renew-command.ts')).renewCommand(args),
  token: async (args) => (await import('./cli/token-command.ts')).tokenCommand(args),
  check: async (args) => (await import('./cli/check-command.ts')).checkCommand(args),
  verify: async (args) => (await import('./cli/verify-command.ts')).verifyCommand(args),
  edxml: async (args) => (await import('./cli/edxml-command.ts')).edxmlCommand(args),
  book: async (args) => (await import('./cli/book-command.ts')).bookCommand(args),
  form: async (args) => (await import('./cli/form-command.ts')).formCommand(args),
  audit: async (args) => (await import('./cli/audit-command.ts')).auditCommand(args),
  person: async (args) => (await import('./cli/person-command.ts')).personCommand(args),
  backup: async (args) => (await import('./cli/backup-command.ts')).backupCommand(args),
  restore: async (args) => (await import('./cli/backup-command.ts')).restoreCommand(args),
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
