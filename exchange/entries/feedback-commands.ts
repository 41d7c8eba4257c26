import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { feedbackTextSchema } from '#shared/domain/feedback.ts';
import { plainLines } from '#shared/domain/plain-text.ts';
import { oversightPeriod } from '../rules/oversight-period.ts';
import type { Database } from '../storage/database.ts';
import type { ListedReport } from '../storage/feedback-store.ts';
import { answerAsAdministrator } from '../use-cases/feedback.ts';

const AT_ONCE = 500;
/** Before the first report and after the last. */
const FIRST_DAY = '2000-01-01';
const LAST_DAY = '2199-01-01';

/**
 * Reports of all agencies, first what came or was answered last.
 * @param days in Việt Nam; `to` is not among them any more
 */
export async function listFeedback(
  { feedback }: Pick<Database, 'feedback'>,
  days: { readonly from: string | undefined; readonly to: string | undefined },
  which: 'open' | 'all',
): Promise<Omit<ListedReport, 'lastAt'>[]> {
  const { from = FIRST_DAY, to = LAST_DAY } = days;
  const period = oversightPeriod(from, to);
  if (period === null) throw new Error(`--from ${from} --to ${to}: two days (yyyy-mm-dd), the first before the second`);
  const reports: ListedReport[] = [];
  for (;;) {
    const last = reports.at(-1);
    const before = last === undefined ? null : { at: last.lastAt, id: last.id };
    const page = await feedback.list({ which, from: period.from, to: period.to }, { before, limit: AT_ONCE });
    reports.push(...page);
    if (page.length < AT_ONCE) return reports.map(({ lastAt: _lastAt, ...report }) => report);
  }
}

/** @throws Error when there is no such report, or nothing was sent with it */
export async function saveBundle(
  { feedback }: Pick<Database, 'feedback'>,
  id: string,
  file: string,
): Promise<{ readonly saved: string; readonly bytes: number }> {
  const { bundle } = await requireReport({ feedback }, id);
  if (bundle === null) throw new Error(`nothing was sent with report ${id}`);
  const bytes = Buffer.from(bundle);
  await writeFile(file, bytes, { flag: 'wx', mode: 0o600 });
  return { saved: file, bytes: bytes.byteLength };
}

/** @throws Error when there is no such report, or the text cannot be an answer */
export async function answerFeedback(
  database: Pick<Database, 'feedback' | 'transaction'>,
  { id, text, by }: { readonly id: string; readonly text: string; readonly by: string },
): Promise<{ readonly answered: string; readonly at: string }> {
  await requireReport(database, id);
  const answer = feedbackTextSchema.safeParse(plainLines(text));
  if (!answer.success) throw new Error('--text: the answer is empty or longer than 4000 characters');
  const given = { id: randomUUID(), reportId: id, person: plainLines(by).slice(0, 200), text: answer.data };
  const { at } = await answerAsAdministrator(database, given, new Date());
  return { answered: id, at };
}

async function requireReport({ feedback }: Pick<Database, 'feedback'>, id: string) {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
  const report = isId ? await feedback.find(id) : null;
  if (report === null) throw new Error(`no report ${id}`);
  return report;
}
