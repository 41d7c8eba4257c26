import type { AuditHead } from './trail-store.ts';

const anchorPattern = /^(\d{1,15}):(\d{1,9}):([0-9a-f]{64})$/u;

/** `ROW:EPOCH:HASH`, as it was written down outside the register; null for anything else. */
export function parseAnchor(text: string): AuditHead | null {
  const [, seq, epoch, hash] = anchorPattern.exec(text) ?? [];
  if (seq === undefined || epoch === undefined || hash === undefined) return null;
  return { seq: Number(seq), epoch: Number(epoch), hash };
}

/** Where the trail of this register ended, each time that core wrote it into its log. */
export function anchorsInLog(lines: readonly string[], register: string): AuditHead[] {
  return lines.flatMap((line) => {
    if (!line.includes('"audit-head"')) return [];
    const entry = readLine(line);
    if (entry === null || entry['event'] !== 'audit-head' || entry['register'] !== register) return [];
    return parseAnchor(`${String(entry['seq'])}:${String(entry['epoch'])}:${String(entry['hash'])}`) ?? [];
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
