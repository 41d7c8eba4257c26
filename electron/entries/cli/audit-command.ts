import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyAudit, type AuditAnchor, type AuditVerdict } from '#data/audit/verify-audit.ts';
import { readDatabase } from '#data/connection/read-database.ts';
import { lastLinesOf } from '#files/last-lines.ts';
import { UsageError } from './failures.ts';
import { printJson, refuseExtra } from './input-file.ts';

/** Status: 0 whole, 1 the first row that does not fit is named. */
export function auditCommand([action, ...args]: string[]): number {
  if (action !== 'verify') throw new UsageError('audit verify; see: vanthu help');
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
  const given = values.anchor.map(parseAnchor);
  const opened = readDatabase(dataDir);
  try {
    const register = opened.sqlite.prepare<[], string>('SELECT id FROM register').pluck().get() ?? '';
    const anchors = [...given, ...anchorsInLog(join(dataDir, 'logs', 'core.log'), register)];
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

const anchorPattern = /^(\d{1,15}):(\d{1,9}):([0-9a-f]{64})$/u;

function parseAnchor(text: string): AuditAnchor {
  const [, seq, epoch, hash] = anchorPattern.exec(text) ?? [];
  if (seq === undefined || epoch === undefined || hash === undefined)
    throw new UsageError('--anchor is ROW:EPOCH:HASH, as audit verify prints it');
  return { seq: Number(seq), epoch: Number(epoch), hash };
}

/** As many lines as a full log has, and the one before it. */
const ALL_LINES = 1_000_000;

/** Where the trail of this register ended, each time that core wrote it down. */
function anchorsInLog(file: string, register: string): AuditAnchor[] {
  return lastLinesOf(file, ALL_LINES).flatMap((line) => {
    if (!line.includes('"audit-head"')) return [];
    const entry = readLine(line);
    if (entry === null || entry['event'] !== 'audit-head' || entry['register'] !== register) return [];
    const text = `${String(entry['seq'])}:${String(entry['epoch'])}:${String(entry['hash'])}`;
    return anchorPattern.test(text) ? [parseAnchor(text)] : [];
  });
}

/** A line that was cut off by a crash is none. */
function readLine(line: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return null;
  }
}
