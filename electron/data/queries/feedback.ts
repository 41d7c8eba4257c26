import type { FeedbackAnswerRecord, FeedbackRecord, FeedbackWrites } from '#core/feedback/feedback-store.ts';
import type { Sqlite } from '../connection/sqlite.ts';

export function feedbackQueries(sqlite: Sqlite): FeedbackWrites {
  const select = `SELECT id, kind, text, person, app_version AS appVersion, bundle, state, taken_by AS takenBy, attempts,
    next_attempt_at AS nextAttemptAt, error_code AS errorCode, created_at AS createdAt, settled_at AS settledAt
    FROM feedback`;
  const next = sqlite.prepare<[], FeedbackRecord>(
    `${select} WHERE state = 'waiting' ORDER BY next_attempt_at, seq LIMIT 1`,
  );
  const find = sqlite.prepare<[string], FeedbackRecord>(`${select} WHERE id = ?`);
  const list = sqlite.prepare<[number], FeedbackRecord>(`${select} ORDER BY created_at DESC, seq DESC LIMIT ?`);
  const takenBy = sqlite.prepare<[string], FeedbackRecord>(`${select} WHERE taken_by = ? ORDER BY seq`);
  const answers = sqlite.prepare<[string], FeedbackAnswerRecord>(
    `SELECT id, report_id AS reportId, agency_code AS agencyCode, person, text, at, read_at AS readAt
     FROM feedback_answer WHERE report_id = ? ORDER BY at, id`,
  );
  const count = sqlite.prepare("SELECT count(*) FROM feedback WHERE state = 'waiting'").pluck();
  const unread = sqlite.prepare('SELECT count(*) FROM feedback_answer WHERE is_known = 0 AND read_at IS NULL').pluck();
  const readHere = sqlite
    .prepare<[number], string>('SELECT id FROM feedback_answer WHERE is_known = 0 AND read_at IS NOT NULL LIMIT ?')
    .pluck();
  const awaitsAnswer = sqlite
    .prepare<[string], number>(
      `SELECT EXISTS (SELECT * FROM feedback WHERE state = 'done' AND created_at > ?
         AND NOT EXISTS (SELECT * FROM feedback_answer WHERE report_id = feedback.id))`,
    )
    .pluck();
  const add = sqlite.prepare(
    `INSERT INTO feedback (id, kind, text, person, app_version, bundle, state, taken_by, attempts, next_attempt_at,
       error_code, created_at, settled_at)
     VALUES (@id, @kind, @text, @person, @appVersion, @bundle, @state, @takenBy, @attempts, @nextAttemptAt,
       @errorCode, @createdAt, @settledAt)`,
  );
  const update = sqlite.prepare(
    `UPDATE feedback SET state = @state, taken_by = @takenBy, attempts = @attempts, next_attempt_at = @nextAttemptAt,
       error_code = @errorCode, settled_at = @settledAt WHERE id = @id`,
  );
  const addAnswer = sqlite.prepare(
    `INSERT INTO feedback_answer (id, report_id, agency_code, person, text, at, read_at)
     VALUES (@id, @reportId, @agencyCode, @person, @text, @at, @readAt) ON CONFLICT (id) DO NOTHING`,
  );
  const markRead = sqlite.prepare('UPDATE feedback_answer SET read_at = ? WHERE report_id = ? AND read_at IS NULL');
  const noteKnown = sqlite.prepare(
    'UPDATE feedback_answer SET is_known = 1, read_at = coalesce(read_at, ?) WHERE id = ? AND is_known = 0',
  );
  const lineIsBack = sqlite.prepare(
    "UPDATE feedback SET next_attempt_at = ? WHERE state = 'waiting' AND error_code = 'offline'",
  );
  return {
    next: () => next.get() ?? null,
    find: (id) => find.get(id) ?? null,
    list: (limit) => list.all(limit),
    takenBy: (key) => takenBy.all(key),
    answers: (reportId) => answers.all(reportId),
    count: () => count.get() as number,
    unread: () => unread.get() as number,
    readHere: (limit) => readHere.all(limit),
    awaitsAnswer: (since) => awaitsAnswer.get(since) === 1,
    add: (record) => void add.run(record),
    update: ({ id, state, takenBy: taker, attempts, nextAttemptAt, errorCode, settledAt }) =>
      void update.run({ id, state, takenBy: taker, attempts, nextAttemptAt, errorCode, settledAt }),
    addAnswer: (answer) => addAnswer.run(answer).changes === 1,
    markRead: (reportId, at) => void markRead.run(at, reportId),
    noteKnown: (answerIds, at) => {
      for (const id of answerIds) noteKnown.run(at, id);
    },
    lineIsBack: (at) => void lineIsBack.run(at),
  };
}
