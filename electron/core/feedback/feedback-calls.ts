import type { FeedbackReport } from '#shared/contract/feedback.ts';
import { feedbackKinds, MAX_FEEDBACK_TEXT } from '#shared/domain/feedback.ts';
import { plainLines } from '#shared/domain/plain-text.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import { provenAgency } from '../directory/proven-name.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { ReadStores } from '../ports/stores.ts';
import type { Sync } from '../sync/sync.ts';
import type { FeedbackAnswerRecord, FeedbackRecord } from './feedback-store.ts';
import { makeBundle } from './make-bundle.ts';

type FeedbackCalls = Pick<
  CoreHandlers,
  | 'feedback.bundle'
  | 'feedback.send'
  | 'feedback.sendAgain'
  | 'feedback.list'
  | 'feedback.unread'
  | 'feedback.markRead'
  | 'feedback.sentBundle'
>;

/** An answer may have thousands of characters, and a call a million. */
const MOST_LISTED = 60;
/** Bundles that may still be agreed to: more than one dialog asks for. */
const MOST_SHOWN = 4;

/** Reports of this office. All of it works without a line. */
export function feedbackCalls(ctx: CoreContext, sync: Pick<Sync, 'status'>): FeedbackCalls {
  /** What screens were shown, by id: only that can be sent. */
  const shown = new Map<string, string>();
  return {
    'feedback.bundle': async () => {
      const text = await makeBundle(ctx, sync.status());
      const bundleId = ctx.ids.next();
      shown.set(bundleId, text);
      for (const old of [...shown.keys()].slice(0, -MOST_SHOWN)) shown.delete(old);
      return { bundleId, text };
    },
    'feedback.send': ({ kind, text: typed, bundleId }, caller, transact) => {
      const bundle = bundleId === null ? null : shown.get(bundleId);
      if (bundle === undefined) throw new CodedError('BUNDLE_GONE');
      const text = requireText(typed);
      return transact(({ stores, at }) => {
        const id = ctx.ids.next();
        stores.feedback.add({
          id,
          kind,
          text,
          person: caller.name,
          appVersion: ctx.appVersion,
          bundle,
          state: 'waiting',
          takenBy: null,
          attempts: 0,
          nextAttemptAt: at,
          errorCode: null,
          createdAt: at,
          settledAt: null,
        });
        return { id };
      });
    },
    'feedback.sendAgain': async ({ id }, _caller, transact) => {
      const answer = transact(({ stores, at }) => {
        const record = requireReport(stores, id);
        if (record.state !== 'refused') throw new CodedError('WRONG_STATE', { state: record.state, step: 'sendAgain' });
        stores.feedback.update({
          ...record,
          state: 'waiting',
          attempts: 0,
          nextAttemptAt: at,
          errorCode: null,
          settledAt: null,
        });
        return {};
      });
      ctx.messagesWait();
      return answer;
    },
    'feedback.list': () => ({
      reports: ctx.registers.feedback
        .list(MOST_LISTED)
        .map((record) => described(ctx, record, ctx.registers.feedback.answers(record.id))),
    }),
    'feedback.unread': () => ({ answers: ctx.registers.feedback.unread() }),
    'feedback.markRead': ({ id }, _caller, transact) => {
      const answer = transact(({ stores, at }) => {
        stores.feedback.markRead(requireReport(stores, id).id, at);
        return {};
      });
      ctx.messagesWait();
      return answer;
    },
    'feedback.sentBundle': ({ id }) => {
      const { bundle } = requireReport(ctx.registers, id);
      if (bundle === null) throw new CodedError('NOT_FOUND');
      return { text: bundle };
    },
  };
}

/** A text as it is sent. @throws CodedError FEEDBACK_EMPTY, INVALID_INPUT */
export function requireText(typed: string): string {
  const text = plainLines(typed.normalize('NFC'));
  if (text === '') throw new CodedError('FEEDBACK_EMPTY');
  if (text.length > MAX_FEEDBACK_TEXT) throw new CodedError('INVALID_INPUT', { field: 'text' });
  return text;
}

function requireReport({ feedback }: Pick<ReadStores, 'feedback'>, id: string): FeedbackRecord {
  const record = feedback.find(id);
  if (record === null) throw new CodedError('NOT_FOUND');
  return record;
}

function described(
  ctx: CoreContext,
  { id, kind, text, person, createdAt, state, errorCode, bundle }: FeedbackRecord,
  answers: readonly FeedbackAnswerRecord[],
): FeedbackReport {
  return {
    id,
    kind: feedbackKinds.find((known) => known === kind) ?? 'fault',
    text,
    person,
    createdAt,
    state: state === 'done' ? (answers.length === 0 ? 'sent' : 'answered') : state,
    errorCode: state === 'refused' ? errorCode : null,
    hasBundle: bundle !== null,
    answers: answers.map((answer) => ({
      id: answer.id,
      agencyName: answer.agencyCode === null ? null : provenAgency(ctx, answer.agencyCode).name,
      person: answer.person,
      text: answer.text,
      at: answer.at,
      isNew: answer.readAt === null,
    })),
  };
}
