import { parseArgs } from 'node:util';
import { EXPORT_PAGE, MOST_SHEET_ROWS, trailJson, trailSheet, trailSheetRow } from '#core/audit/trail-files.ts';
import { trailPages, trailQuery } from '#core/audit/trail-query.ts';
import { namesOf } from '#core/audit/trail-row.ts';
import type { TrailRecord } from '#core/audit/trail-store.ts';
import type { PeopleReads } from '#core/people/people-store.ts';
import { readDatabase } from '#data/connection/read-database.ts';
import { registersOn } from '#data/open-registers.ts';
import type { TrailFilter } from '#shared/contract/audit.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { noLog } from '../machine-ports.ts';
import { UsageError } from './failures.ts';
import { refuseExtra } from './input-file.ts';
import { dayOf, officeFiles, writeNoted } from './register-output.ts';

const formats = ['xlsx', 'json'] as const;

/** The trail of some days, also while the application has the folder open. JSON is written row by row, whatever its length. */
export async function exportAudit(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'data-dir': { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      person: { type: 'string' },
      format: { type: 'string', default: 'xlsx' },
      out: { type: 'string' },
    },
  });
  refuseExtra(positionals, 0);
  const format = formats.find((one) => one === values.format);
  if (format === undefined) throw new UsageError(`--format is one of ${formats.join(', ')}`);
  const { 'data-dir': dataDir, out } = values;
  const [fromDay, toDay] = [dayOf('from', values.from), dayOf('to', values.to)];
  if (dataDir === undefined || out === undefined || fromDay === undefined || toDay === undefined)
    throw new UsageError('--data-dir, --from, --to and --out are needed; see: vanthu help');
  const opened = registersOn(readDatabase(dataDir), noLog);
  try {
    const { audit, people, office } = opened.registers;
    const person = values.person === undefined ? {} : { person: personCalled(people, values.person) };
    const filter: TrailFilter = { fromDay, toDay, ...person };
    const hidden: ReadonlySet<string> = new Set();
    const query = { ...trailQuery(audit, filter, hidden), upTo: audit.head()?.seq ?? null };
    let rows = 0;
    const pages = function* (): Generator<readonly TrailRecord[]> {
      for (const page of trailPages(audit, query, EXPORT_PAGE)) {
        rows += page.length;
        if (format === 'xlsx' && rows > MOST_SHEET_ROWS)
          throw new CodedError('AUDIT_TOO_LONG', { most: MOST_SHEET_ROWS });
        yield page;
      }
    };
    const noted = {
      dataDir,
      out,
      format,
      fromDay,
      toDay,
      ...(person.person === undefined ? {} : { personId: person.person }),
    };
    if (format === 'json') {
      const head = { register: office.register().id, madeAt: new Date().toISOString(), filter, hidden };
      await writeNoted(noted, 'audit.exported', trailJson(pages(), head));
    } else {
      const told = { names: namesOf(people), hidden };
      const sheetRows = [...pages()].flatMap((page) => page.map((record) => trailSheetRow(record, told)));
      await writeNoted(noted, 'audit.exported', await officeFiles.workbook([trailSheet(sheetRows)]));
    }
    process.stdout.write(`${out}: ${rows}\n`);
    return 0;
  } finally {
    opened.close();
  }
}

/** By name or id, also who has left. @throws UsageError for nobody, and for several of one name */
function personCalled(people: PeopleReads, text: string): string {
  const found = people.list().people.filter(({ id, name }) => id === text || name === text);
  const [person] = found;
  if (person === undefined) throw new UsageError(`nobody is called ${JSON.stringify(text)}`);
  if (found.length > 1) {
    throw new UsageError(
      `several are called ${JSON.stringify(text)}; name one by id: ${found.map(({ id }) => id).join(', ')}`,
    );
  }
  return person.id;
}
