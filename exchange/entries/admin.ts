/** Administration of an exchange, also while the server runs: `node exchange/entries/admin.ts` or the bundle's `admin.js`. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Database } from '../storage/database.ts';
import { MessageFiles } from '../storage/message-files.ts';
import { beginEpoch } from '../use-cases/begin-epoch.ts';
import { checkFiles } from '../use-cases/check-files.ts';
import { dutyProblems } from '../use-cases/duty-problems.ts';
import { importAgencies } from '../use-cases/import-agencies.ts';
import { issueEnrolmentCode } from '../use-cases/issue-enrolment-code.ts';
import { listAgencies } from '../use-cases/list-agencies.ts';
import { noticeStanding } from '../use-cases/notice-standing.ts';
import { revokeWorkstation } from '../use-cases/revoke-workstation.ts';
import { setCalendar, setPolicies } from '../use-cases/set-policies.ts';
import { stopSupervising, supervise } from '../use-cases/supervise.ts';
import { verifyReceipt } from '../use-cases/verify-receipt.ts';
import { answerFeedback, listFeedback, saveBundle } from './feedback-commands.ts';
import { openAdminDatabase } from './open-admin-database.ts';
import { figuresTable, printEvents, requirePeriod } from './oversight-commands.ts';
import { sendTestNotice } from './test-notice.ts';

const usage = `usage:
  add-agency --code CODE --name NAME [--parent CODE] [--group NAME]...
  import-agencies FILE.json
  list-agencies
  enrol-code --agency CODE [--hours N]
  revoke-workstation ID
  check-files [--deep]       (notes messages without their file as lost; --deep reads every file)
  begin-epoch                (after the data were put back to an older copy)
  verify-receipt PROOF
  notices [--json]           (messages to officers by state, and whether the machine that sends them stands still)
  duty-problems [--days N]   (agencies that an express document would not reach in the coming days: 7)
  policies [--agency CODE]   (who is told when; an agency without policies of its own goes by the province's)
  set-policies FILE.json [--agency CODE]
  calendar                   (days off and make-up days)
  set-calendar FILE.json     (adds days and changes them)
  oversight --from DAY --to DAY [--json]        (figures of each agency; days in Việt Nam, --to is not in it any more)
  export-events --from DAY --to DAY             (the events behind them, as JSON lines)
  supervise --agency CODE [--under CODE]        (lets an agency see the figures of one and those below it, or of all)
  stop-supervising --agency CODE
  feedback [--json] [--from DAY] [--to DAY] [--open]    (what clerks reported, with the answers; --open: without one)
  feedback-bundle --id ID --out FILE            (the diagnostic bundle that came with a report)
  answer-feedback --id ID --text TEXT [--by NAME]
  test-notice --config FILE --to NUMBER-OR-ADDRESS [--channel sms|zalo|email] [--parameter NAME=VALUE]...
              [--wait SECONDS] [--listen HOST:PORT]    (sends one message; needs no database)
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
    config: { type: 'string' },
    to: { type: 'string' },
    from: { type: 'string' },
    under: { type: 'string' },
    id: { type: 'string' },
    out: { type: 'string' },
    text: { type: 'string' },
    by: { type: 'string', default: '' },
    open: { type: 'boolean', default: false },
    channel: { type: 'string' },
    parameter: { type: 'string', multiple: true, default: [] },
    wait: { type: 'string', default: '0' },
    listen: { type: 'string' },
    // What is printed is JSON either way.
    days: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
  },
});

/**
 * Does what was asked; the result is printed as one JSON line, text as it is. null = the command line makes no sense;
 * undefined = it was printed already.
 */
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
  if (command === 'notices') return noticeStanding(database, new Date());
  if (command === 'duty-problems') return dutyProblems(database, Number(values.days), new Date());
  if (command === 'policies') return (await database.duty.currentPolicies(values.agency ?? ''))?.policies ?? [];
  if (command === 'set-policies' && argument !== undefined) {
    return setPolicies(database, values.agency ?? null, JSON.parse(await readFile(argument, 'utf8')));
  }
  if (command === 'calendar') return database.duty.calendar();
  if (command === 'set-calendar' && argument !== undefined) {
    return setCalendar(database, JSON.parse(await readFile(argument, 'utf8')));
  }
  if (command === 'enrol-code' && values.agency !== undefined) {
    return issueEnrolmentCode(database, values.agency, Number(values.hours));
  }
  if (command === 'oversight' && values.from !== undefined && values.to !== undefined) {
    const period = requirePeriod(values.from, values.to);
    const figures = await database.transaction(({ oversight }) => oversight.figures(period, null));
    return values.json ? figures : figuresTable(figures);
  }
  if (command === 'export-events' && values.from !== undefined && values.to !== undefined) {
    return printEvents(database, requirePeriod(values.from, values.to));
  }
  if (command === 'supervise' && values.agency !== undefined) {
    return supervise(database, values.agency, values.under ?? null);
  }
  if (command === 'stop-supervising' && values.agency !== undefined) return stopSupervising(database, values.agency);
  if (command === 'feedback') {
    return listFeedback(database, { from: values.from, to: values.to }, values.open ? 'open' : 'all');
  }
  if (command === 'feedback-bundle' && values.id !== undefined && values.out !== undefined) {
    return saveBundle(database, values.id, values.out);
  }
  if (command === 'answer-feedback' && values.id !== undefined && values.text !== undefined) {
    return answerFeedback(database, { id: values.id, text: values.text, by: values.by });
  }
  if (command === 'check-files') {
    return checkFiles(database, await MessageFiles.open(join(resolve(values.data), 'messages')), values.deep);
  }
  if (command === 'begin-epoch') return beginEpoch(database);
  if (command === 'revoke-workstation' && argument !== undefined) return revokeWorkstation(database, argument);
  if (command === 'verify-receipt' && argument !== undefined) return verifyReceipt(database, argument);
  return null;
}

/** What needs no database; null = the command line makes no sense, or asks for something else. */
async function runWithoutDatabase(): Promise<unknown> {
  if (positionals[0] !== 'test-notice' || values.config === undefined || values.to === undefined) return null;
  const channel = values.channel ?? (values.to.includes('@') ? 'email' : 'sms');
  if (channel !== 'sms' && channel !== 'zalo' && channel !== 'email') return null;
  const place = values.listen === undefined ? null : /^(.+):(\d+)$/.exec(values.listen);
  if (values.listen !== undefined && place === null) return null;
  return sendTestNotice({
    configFile: values.config,
    channel,
    to: values.to,
    parameters: Object.fromEntries(values.parameter.map(splitPair)),
    waitMs: Number(values.wait) * 1000,
    listen: place === null ? null : { host: String(place[1]), port: Number(place[2]) },
  });
}

/** `NAME=VALUE` */
function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}

async function runOnDatabase(): Promise<unknown> {
  const { database, close } = await openAdminDatabase(values.data, process.env['DATABASE_URL'] ?? null);
  try {
    return await run(database);
  } finally {
    await close();
  }
}

try {
  const result: unknown = await (positionals[0] === 'test-notice' ? runWithoutDatabase() : runOnDatabase());
  if (result === null) {
    process.stderr.write(`${usage}\n`);
    process.exitCode = 2;
  } else if (result !== undefined) {
    process.stdout.write(typeof result === 'string' ? result : `${JSON.stringify(result)}\n`);
  }
} catch (error) {
  process.stderr.write(`exchange admin: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
