import { randomUUID } from 'node:crypto';
import type { ExchangeClient, ExchangeOutcome, FeedbackReport, FeedbackToSend } from '#core/ports/exchange.ts';

type FeedbackCalls = Pick<
  ExchangeClient,
  'sendFeedback' | 'feedback' | 'markAnswersRead' | 'overseenFeedback' | 'overseenBundle' | 'answerFeedback'
>;
export type FeedbackCall = 'send-feedback' | 'feedback' | 'read-answers';

/** Runs a call over an office's line, which may be made to fail. */
type Through = <T>(
  call: FeedbackCall,
  messageId: string | null,
  signal: AbortSignal | undefined,
  work: () => ExchangeOutcome<T>,
) => Promise<ExchangeOutcome<T>>;

export interface KeptReport {
  readonly from: string;
  readonly report: FeedbackToSend;
  readonly answers: FeedbackReport['answers'][number][];
}

/** Reports and answers of the exchange in memory. */
export interface HubFeedback {
  /** Each once, in the order in which they came. */
  readonly reports: KeptReport[];
  /** Refuses reports by what they say; null lets one count. */
  judge: (report: FeedbackToSend) => string | null;
  /** The administrator answers. */
  answer(reportId: string, text: string): void;
  calls(code: string, supervises: () => boolean, through: Through): FeedbackCalls;
}

const RECEIVED_AT = '2026-11-02T02:00:00.000Z';

export function createHubFeedback(): HubFeedback {
  const reports: KeptReport[] = [];
  const find = (id: string) => reports.find(({ report }) => report.id === id);
  const described = ({ report, answers }: KeptReport) => {
    const { bundle, ...rest } = report;
    return { ...rest, receivedAt: RECEIVED_AT, bundleBytes: bundle?.length ?? null, answers: [...answers] };
  };
  const hub: HubFeedback = {
    reports,
    judge: () => null,
    answer: (reportId, text) => {
      const at = new Date().toISOString();
      find(reportId)?.answers.push({ id: randomUUID(), agency: null, person: '', text, at, readAt: null });
    },
    calls: (code, supervises, through) => {
      const overseen = (id: string) => {
        const kept = find(id);
        return kept === undefined || kept.from === code ? null : kept;
      };
      const asSupervisor = <T>(work: () => ExchangeOutcome<T>): Promise<ExchangeOutcome<T>> =>
        Promise.resolve(supervises() ? work() : { kind: 'refused', code: 'NOT_SUPERVISING', params: {} });
      const missing = { kind: 'refused', code: 'NOT_FOUND', params: {} } as const;
      return {
        sendFeedback: (report, signal) =>
          through('send-feedback', report.id, signal, () => {
            const refused = hub.judge(report);
            if (refused !== null) return { kind: 'refused', code: refused, params: {} };
            if (find(report.id) === undefined) reports.push({ from: code, report, answers: [] });
            return { kind: 'ok', value: { receivedAt: RECEIVED_AT } };
          }),
        feedback: (_after, signal) =>
          through('feedback', null, signal, () => {
            const own = reports.filter(({ from }) => from === code);
            return { kind: 'ok', value: { reports: own.map(described).toReversed(), next: null } };
          }),
        markAnswersRead: (ids, signal) =>
          through('read-answers', null, signal, () => {
            for (const { answers } of reports) {
              for (const [place, answer] of answers.entries()) {
                if (ids.includes(answer.id)) answers[place] = { ...answer, readAt: RECEIVED_AT };
              }
            }
            return { kind: 'ok', value: {} };
          }),
        overseenFeedback: ({ which }) =>
          asSupervisor(() => {
            const others = reports.filter(({ from }) => from !== code);
            const open = others.filter(({ answers }) => answers.length === 0);
            const shown = which === 'open' ? open : others;
            const listed = shown.map((kept) => ({ ...described(kept), agency: kept.from, workstation: 'Máy 1' }));
            return { kind: 'ok', value: { reports: listed, next: null, open: open.length } };
          }),
        overseenBundle: (id) =>
          asSupervisor(() => {
            const bundle = overseen(id)?.report.bundle ?? null;
            return bundle === null ? missing : { kind: 'ok', value: { bundle } };
          }),
        answerFeedback: ({ id, reportId, text, person }) =>
          asSupervisor(() => {
            const kept = overseen(reportId);
            if (kept === null) return missing;
            const known = kept.answers.find((answer) => answer.id === id);
            const answer = known ?? { id, agency: code, person, text, at: new Date().toISOString(), readAt: null };
            if (known === undefined) kept.answers.push(answer);
            return { kind: 'ok', value: { at: answer.at } };
          }),
      };
    },
  };
  return hub;
}
