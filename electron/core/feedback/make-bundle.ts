import type { SyncStatus } from '#shared/contract/exchange.ts';
import { MAX_BUNDLE_BYTES } from '#shared/domain/feedback.ts';
import { errors } from '#shared/messages/errors.vi.ts';
import type { CoreContext } from '../core-context.ts';
import { redactLog, type SafeEntry } from './redact-log.ts';

const FORM = 1;
const LOG_LINES = 400;
/** Room for what stands before the log. */
const MOST_LOG_CHARS = MAX_BUNDLE_BYTES - 16 * 1024;

/**
 * The diagnostic bundle: what is needed to find out why something does not work, and nothing of documents, people, agencies
 * or this computer's folders. It is JSON and all ASCII, one line for each event of the log.
 */
export async function makeBundle(ctx: CoreContext, line: SyncStatus): Promise<string> {
  const { registers, diagnostics, clock } = ctx;
  const now = clock.now();
  const logs = diagnostics.logLines(LOG_LINES);
  const entries = [...redactLog('main', logs.main), ...redactLog('core', logs.core)].toSorted((a, b) =>
    String(a['at']).localeCompare(String(b['at'])),
  );
  const facts = {
    form: FORM,
    madeAt: now.toISOString(),
    program: { version: ctx.appVersion, sqlite: diagnostics.sqliteVersion, schema: diagnostics.schemaVersion },
    machine: await ctx.shell.machine(),
    line: {
      state: line.state,
      // What a server calls its refusal is its own text.
      reason: line.reason !== null && line.reason in errors ? line.reason : null,
      offlineSince: line.offlineSince,
      lastExchangeAt: line.lastExchangeAt,
      retryAt: line.retryAt,
      waitingDocuments: line.waitingDocuments,
      waitingStatuses: line.waitingStatuses,
      waitingIncoming: line.waitingIncoming,
    },
    register: {
      databaseBytes: diagnostics.databaseBytes(),
      incoming: registers.incoming.counts(now),
      outgoing: registers.outgoing.counts(now),
      calls: registers.watch.callsWaiting(),
      setAside: registers.inboxProblems.count(),
      blocked: registers.outbox.counts().blocked,
    },
    failures: countCodes(entries),
  };
  return withLog(facts, entries);
}

/** How often each code was logged. */
function countCodes(entries: readonly SafeEntry[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of entries) if (typeof code === 'string') counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** The newest events that there is room for. */
function withLog(facts: object, entries: readonly SafeEntry[]): string {
  let room = MOST_LOG_CHARS;
  const lines: string[] = [];
  for (const entry of entries.toReversed()) {
    const text = `    ${JSON.stringify(entry)}`;
    room -= text.length + 2;
    if (room < 0) break;
    lines.unshift(text);
  }
  const log = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `${JSON.stringify(facts, null, 2).slice(0, -2)},\n  "log": ${log}\n}`;
}
