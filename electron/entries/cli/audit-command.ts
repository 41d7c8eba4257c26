import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { anchorsInLog, parseAnchor } from '#core/audit/anchors-in-log.ts';
import type { AuditHead, AuditVerdict } from '#core/audit/trail-store.ts';
import { verifyAudit } from '#data/audit/verify-audit.ts';
import { readDatabase } from '#data/connection/read-database.ts';
import { lastLinesOf } from '#files/last-lines.ts';
import { UsageError } from './failures.ts';
import { printJson, refuseExtra } from './input-file.ts';

/** Status of `verify`: 0 whole, 1 the first row that does not fit is named. */
export async function auditCommand([action, ...args]: string[]): Promise<number> {
  switch (action) {
    case 'verify':
      return verify(args);
    case 'export':
      // What writes workbooks is brought in by an export alone.
      return (await import('./audit-export.ts')).exportAudit(args);
    default:
      throw new UsageError('audit verify or audit export; see: vanthu help');
  }
}

function verify(args: string[]): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      'data-dir': { type: 'string' },
      anchor: { type: 'string', multiple: true, default: [] },
    },
  });
  refuseExtra(positionals, 0);
  const dataDir = values['data-dir'];
  if (dataDir === undefined) throw new UsageError('--data-dir is needed; see: vanthu help');
  const given = values.anchor.map(givenAnchor);
  const opened = readDatabase(dataDir);
  try {
    const register = opened.sqlite.prepare<[], string>('SELECT id FROM register').pluck().get() ?? '';
    const anchors = [...given, ...anchorsInLog(lastLinesOf(join(dataDir, 'logs', 'core.log'), ALL_LINES), register)];
    const verdict = verifyAudit(opened.sqlite, anchors);
    if (values.json) printJson({ ...verdict, anchors: anchors.length });
    else process.stdout.write(describe(verdict, anchors.length));
    return verdict.fault === null ? 0 : 1;
  } finally {
    opened.close();
  }
}

const faults = {
  'row-missing': 'row is missing, or out of its order',
  'row-changed': 'row was changed, or put there by somebody else',
  'history-changed': 'history of the document says something else',
  'history-without-row': 'the history has an entry that is not in the trail',
  'cut-off': 'rows are missing at the end: the trail was longer once',
} as const;

function describe({ rows, head, restores, fault }: AuditVerdict, anchors: number): string {
  const lines = restores.map(({ seq, at, epoch }) => `row ${seq}: a restored copy goes on, ${at}, epoch ${epoch}`);
  if (fault !== null) return [...lines, `BROKEN at row ${fault.seq}: ${faults[fault.what]}`, ''].join('\n');
  const end = head === null ? '' : `; its end, to be written down elsewhere: ${head.seq}:${head.epoch}:${head.hash}`;
  return [...lines, `whole: ${rows} rows, ${anchors} earlier ends found in it${end}`, ''].join('\n');
}

/** @throws UsageError */
function givenAnchor(text: string): AuditHead {
  const anchor = parseAnchor(text);
  if (anchor === null) throw new UsageError('--anchor is ROW:EPOCH:HASH, as audit verify prints it');
  return anchor;
}

/** As many lines as a full log has, and the one before it. */
const ALL_LINES = 1_000_000;
