import { normaliseAgencyCode } from '#shared/domain/agency-code.ts';
import type { FeedbackKind, FeedbackSelection } from '#shared/domain/feedback.ts';
import { vietnamDay, vietnamInstant } from '#shared/domain/vn-date.ts';
import type { FeedbackReport, OverseenFeedback } from '#shared/wire/feedback.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import { MOST_ANSWERS, requireBundle } from '../rules/feedback-rules.ts';
import type { Database, Stores } from '../storage/database.ts';
import type { FeedbackPage, FeedbackScope, ListedReport, NewAnswer, NewReport } from '../storage/feedback-store.ts';

interface Next {
  readonly before: string;
  readonly beforeId: string;
}

/**
 * Keeps a report of an office, once under its id. Repeating it gives the same answer, whatever the limit says.
 * @throws ExchangeError FEEDBACK_CONFLICT, FEEDBACK_LIMIT, FEEDBACK_TOO_LARGE, REQUEST_INVALID
 */
export async function takeFeedback(
  database: Pick<Database, 'transaction'>,
  { agencyCode, workstationId }: { readonly agencyCode: string; readonly workstationId: string },
  given: {
    readonly id: string;
    readonly kind: FeedbackKind;
    readonly text: string;
    readonly person: string;
    readonly writtenAt: string;
    readonly appVersion: string;
    readonly bundle: string | null;
  },
  { perDay, now }: { readonly perDay: number; readonly now: Date },
): Promise<{ receivedAt: string }> {
  if (given.bundle !== null) requireBundle(given.bundle);
  const report: NewReport = {
    ...given,
    agencyCode,
    workstationId,
    writtenAt: new Date(given.writtenAt),
    receivedAt: now,
  };
  return database.transaction(async ({ feedback }) => {
    await feedback.hold(agencyCode);
    const known = await feedback.find(given.id);
    if (known !== null) return { receivedAt: sameReport(known, report).receivedAt.toISOString() };
    const today = new Date(vietnamInstant(vietnamDay(now.getTime()), '00:00'));
    if ((await feedback.countSince(agencyCode, today)) >= perDay) {
      throw new ExchangeError('FEEDBACK_LIMIT', { limit: perDay });
    }
    // Another agency may have taken the id meanwhile.
    if (!(await feedback.addReport(report))) throw new ExchangeError('FEEDBACK_CONFLICT');
    return { receivedAt: now.toISOString() };
  });
}

/** The reports of an agency with their answers. */
export async function ownFeedback(
  { feedback }: Pick<Database, 'feedback'>,
  agencyCode: string,
  page: FeedbackPage,
): Promise<{ reports: FeedbackReport[]; next: Next | null }> {
  const { rows, next } = await readPage(feedback, { agency: agencyCode }, page);
  return { reports: rows.map(described), next };
}

/**
 * Reports of the agencies that one supervises; its own are for whoever is above it.
 * @throws ExchangeError NOT_SUPERVISING
 */
export async function overseenFeedback(
  database: Pick<Database, 'transaction'>,
  agencyCode: string,
  asked: FeedbackPage & { readonly which: FeedbackSelection; readonly agency: string | null },
): Promise<{ reports: OverseenFeedback[]; next: Next | null; open: number }> {
  return database.transaction(async (stores) => {
    const { under } = await requireSupervision(stores, agencyCode);
    const all: FeedbackScope = {
      under,
      except: agencyCode,
      ...(asked.agency === null ? {} : { agency: normaliseAgencyCode(asked.agency) }),
    };
    const { rows, next } = await readPage(stores.feedback, { ...all, which: asked.which }, asked);
    const open = await stores.feedback.count({ ...all, which: 'open' });
    return {
      reports: rows.map((row) => ({ ...described(row), agency: row.agency, workstation: row.workstation })),
      next,
      open,
    };
  });
}

/** @throws ExchangeError NOT_SUPERVISING, NOT_FOUND */
export async function overseenBundle(
  database: Pick<Database, 'transaction'>,
  agencyCode: string,
  id: string,
): Promise<{ bundle: string }> {
  return database.transaction(async (stores) => {
    const { bundle } = await requireOverseen(stores, agencyCode, id);
    if (bundle === null) throw new ExchangeError('NOT_FOUND');
    return { bundle };
  });
}

/** @throws ExchangeError NOT_SUPERVISING, NOT_FOUND, FEEDBACK_CONFLICT, FEEDBACK_LIMIT */
export async function answerOverseen(
  database: Pick<Database, 'transaction'>,
  agencyCode: string,
  answer: Pick<NewAnswer, 'id' | 'reportId' | 'person' | 'text'>,
  now: Date,
): Promise<{ at: string }> {
  return database.transaction(async (stores) => {
    await requireOverseen(stores, agencyCode, answer.reportId);
    return addAnswer(stores, { ...answer, agencyCode, at: now });
  });
}

/**
 * An answer of the administrator.
 * @throws ExchangeError NOT_FOUND, FEEDBACK_LIMIT
 */
export async function answerAsAdministrator(
  database: Pick<Database, 'transaction'>,
  answer: Pick<NewAnswer, 'id' | 'reportId' | 'person' | 'text'>,
  now: Date,
): Promise<{ at: string }> {
  return database.transaction(async (stores) => {
    if ((await stores.feedback.find(answer.reportId)) === null) throw new ExchangeError('NOT_FOUND');
    return addAnswer(stores, { ...answer, agencyCode: null, at: now });
  });
}

async function addAnswer({ feedback }: Pick<Stores, 'feedback'>, answer: NewAnswer): Promise<{ at: string }> {
  await feedback.hold(answer.reportId);
  const known = await feedback.findAnswer(answer.id);
  if (known !== null) {
    const said = ({ reportId, agencyCode, person, text }: NewAnswer): string =>
      JSON.stringify([reportId, agencyCode, person, text]);
    if (said(known) !== said(answer)) throw new ExchangeError('FEEDBACK_CONFLICT');
    return { at: known.at.toISOString() };
  }
  if ((await feedback.countAnswers(answer.reportId)) >= MOST_ANSWERS) {
    throw new ExchangeError('FEEDBACK_LIMIT', { limit: MOST_ANSWERS });
  }
  if (!(await feedback.addAnswer(answer))) throw new ExchangeError('FEEDBACK_CONFLICT');
  return { at: answer.at.toISOString() };
}

async function readPage(
  feedback: Stores['feedback'],
  scope: FeedbackScope,
  { before, limit }: FeedbackPage,
): Promise<{ readonly rows: readonly ListedReport[]; readonly next: Next | null }> {
  const found = await feedback.list(scope, { before, limit: limit + 1 });
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { rows, next: last === undefined ? null : { before: last.lastAt, beforeId: last.id } };
}

function described(row: ListedReport): FeedbackReport {
  const { id, kind, text, person, appVersion, bundleBytes, writtenAt, receivedAt, answers } = row;
  return {
    id,
    kind,
    text,
    person,
    appVersion,
    bundleBytes,
    writtenAt: writtenAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
    answers: [...answers],
  };
}

async function requireSupervision(
  { oversight }: Pick<Stores, 'oversight'>,
  agencyCode: string,
): Promise<{ readonly under: string | null }> {
  const supervision = await oversight.supervision(agencyCode);
  if (supervision === null) throw new ExchangeError('NOT_SUPERVISING', { agency: agencyCode });
  return supervision;
}

/** A report outside what the agency supervises is as good as none. */
async function requireOverseen(stores: Stores, agencyCode: string, id: string): Promise<NewReport> {
  const { under } = await requireSupervision(stores, agencyCode);
  const report = await stores.feedback.find(id);
  if (report === null || report.agencyCode === agencyCode) throw new ExchangeError('NOT_FOUND');
  const isOverseen = under === null || (await stores.oversightDetails.isUnder(report.agencyCode, under));
  if (!isOverseen) throw new ExchangeError('NOT_FOUND');
  return report;
}

/** The one that is kept. @throws ExchangeError FEEDBACK_CONFLICT when the other says something else */
function sameReport(known: NewReport, given: NewReport): NewReport {
  const said = ({ agencyCode, kind, text, person, bundle }: NewReport): string =>
    JSON.stringify([agencyCode, kind, text, person, bundle]);
  if (said(known) !== said(given)) throw new ExchangeError('FEEDBACK_CONFLICT');
  return known;
}
