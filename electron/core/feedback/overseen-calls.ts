import { feedbackKinds } from '#shared/domain/feedback.ts';
import { plainLines, plainText } from '#shared/domain/plain-text.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import { provenAgency } from '../directory/proven-name.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { overseeingClient, valueOf } from '../oversight/oversight-calls.ts';
import { requireText } from './feedback-calls.ts';

type OverseenCalls = Pick<CoreHandlers, 'feedback.overseen' | 'feedback.overseenBundle' | 'feedback.answer'>;

/** Reports of the agencies that this office supervises: asked of the exchange each time, and answered there. */
export function overseenCalls(ctx: CoreContext): OverseenCalls {
  const nameOf = (code: string): string => provenAgency(ctx, code).name;
  return {
    'feedback.overseen': async (asked) => {
      const outcome = await (await overseeingClient(ctx)).overseenFeedback(asked);
      // An exchange from before there were reports has nothing at this address.
      if (outcome.kind === 'refused' && outcome.code === 'NOT_FOUND') throw new CodedError('FEEDBACK_UNSUPPORTED');
      const { reports, next, open } = valueOf(outcome);
      return {
        reports: reports.map((report) => ({
          id: report.id,
          agencyCode: report.agency,
          agencyName: nameOf(report.agency),
          workstation: plainText(report.workstation),
          kind: feedbackKinds.find((kind) => kind === report.kind) ?? 'fault',
          text: plainLines(report.text),
          person: plainText(report.person),
          receivedAt: report.receivedAt,
          appVersion: plainText(report.appVersion),
          hasBundle: report.bundleBytes !== null,
          answers: report.answers.map(({ agency, ...answer }) => ({
            id: answer.id,
            agencyName: agency === null ? null : nameOf(agency),
            person: plainText(answer.person),
            text: plainLines(answer.text),
            at: answer.at,
            readAt: answer.readAt,
          })),
        })),
        next,
        open,
      };
    },
    'feedback.overseenBundle': async ({ id }) => {
      const { bundle } = valueOf(await (await overseeingClient(ctx)).overseenBundle(id));
      return { text: plainLines(bundle) };
    },
    'feedback.answer': async ({ id: reportId, text: typed, commandId }, caller, transact) => {
      const text = requireText(typed);
      // Under the command's own id: the same answer again, after a lost one, is no second answer.
      const answer = { id: commandId, reportId, text, person: caller.name };
      const { at } = valueOf(await (await overseeingClient(ctx)).answerFeedback(answer));
      return transact(() => ({ at }));
    },
  };
}
