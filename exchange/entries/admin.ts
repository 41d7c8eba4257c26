/** Administration of an exchange, also while the server runs: `node exchange/entries/admin.ts` or the bundle's `admin.js`. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Database } from '../storage/database.ts';
import { MessageFiles } from '../storage/message-files.ts';
import { beginEpoch } from '../use-cases/begin-epoch.ts';
import { checkFiles } from '../use-cases/check-files.ts';
import { importAgencies } from '../use-cases/import-agencies.ts';
import { issueEnrolmentCode } from '../use-cases/issue-enrolment-code.ts';
import { listAgencies } from '../use-cases/list-agencies.ts';
import { revokeWorkstation } from '../use-cases/revoke-workstation.ts';
import { verifyReceipt } from '../use-cases/verify-receipt.ts';
import { openAdminDatabase } from './open-admin-database.ts';

const usage = `usage:
  add-agency --code CODE --name NAME [--parent CODE] [--group NAME]...
  import-agencies FILE.json
  list-agencies
  enrol-code --agency CODE [--hours N]
  revoke-workstation ID
  check-files [--deep]       (notes messages without their file as lost; --deep reads every file)
  begin-epoch                (after the data were put back to an older copy)
  verify-receipt PROOF
options: --data DIR (default .cache/exchange); DATABASE_URL for another PostgreSQL`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: '.cache/exchange' },
    code: { type: 'string' },
    name: { type: 'string' },
    parent: { type: 'string' },
    group: { type: 'string', multiple: true, default: [] },
    agency: { type: 'string' },
    deep: { type: 'boolean', default: false },
    hours: { type: 'string', default: '72' },
  },
});

/** Does what was asked; the result is printed as one JSON line. null = the command line makes no sense. */
async function run(database: Database): Promise<unknown> {
  const [command, argument] = positionals;
  if (command === 'add-agency' && values.code !== undefined && values.name !== undefined) {
    const parentCode = values.parent ?? null;
    const agency = { code: values.code, name: values.name, parentCode, groups: values.group };
    return { changed: await importAgencies(database, [agency]) };
  }
  if (command === 'import-agencies' && argument !== undefined) {
    return { changed: await importAgencies(database, JSON.parse(await readFile(argument, 'utf8'))) };
  }
  if (command === 'list-agencies') return listAgencies(database, 0);
  if (command === 'enrol-code' && values.agency !== undefined) {
    return issueEnrolmentCode(database, values.agency, Number(values.hours));
  }
  if (command === 'check-files') {
    return checkFiles(database, await MessageFiles.open(join(resolve(values.data), 'messages')), values.deep);
  }
  if (command === 'begin-epoch') return beginEpoch(database);
  if (command === 'revoke-workstation' && argument !== undefined) return revokeWorkstation(database, argument);
  if (command === 'verify-receipt' && argument !== undefined) return verifyReceipt(database, argument);
  return null;
}

try {
  const { database, close } = await openAdminDatabase(values.data, process.env['DATABASE_URL'] ?? null);
  try {
    const result = await run(database);
    if (result === null) {
      process.stderr.write(`${usage}\n`);
      process.exitCode = 2;
    } else {
      process.stdout.write(`${JSON.stringify(result)}\n`);
    }
  } finally {
    await close();
  }
} catch (error) {
  process.stderr.write(`exchange admin: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
