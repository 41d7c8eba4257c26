import type {
  AnswerCandidate,
  AssignmentRecord,
  Choice,
  HandlingRecord,
  HandlingWrites,
  Outcome,
  RemarkRecord,
} from '#core/handling/handling-store.ts';
import { outgoingStates } from '#shared/domain/outgoing-state.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { SearchIndex } from './search.ts';
import { answering } from './relations.ts';
import { textList } from './sql-text.ts';

const MOST_CHOICES = 500;
const MOST_CANDIDATES = 20;
/** Among the latest documents of the office an answer is looked for; older ones are found by what is typed. */
const LATEST_DOCUMENTS = 2000;

type Row = Omit<HandlingRecord, 'directed' | 'started' | 'outcome'> & {
  readonly directed: number;
  readonly started: number;
  readonly outcomeKind: Outcome['kind'] | null;
} & Omit<Outcome, 'kind'>;

const assignee = `CASE WHEN a.person_id IS NULL THEN 'unit' ELSE 'person' END AS kind,
  coalesce(a.person_id, a.unit_id) AS assigneeId`;
/** A person that the office has named, and that works there. */
const works = "active = 1 AND name <> ''";
const isLeader = "EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.role = 'leader')";
/** In which a letter of this office can be an answer: it has its number. */
export const answeringStates = outgoingStates.filter(
  (state) => !['draft', 'discarded', 'approved', 'cancelled'].includes(state),
);

export function handlingQueries(sqlite: Sqlite, search: SearchIndex): HandlingWrites {
  const find = sqlite.prepare<[string], Row>(
    `SELECT document_id AS documentId, stage, asked_leader AS askedLeader, asked_at AS askedAt, directed, started,
       finished_at AS finishedAt, outcome AS outcomeKind, answer_id AS answerId, answer_code AS codeText,
       answer_date AS date, outcome_reason AS reason
     FROM handling WHERE document_id = ?`,
  );
  const put = sqlite.prepare(
    `INSERT INTO handling (document_id, stage, asked_leader, asked_at, directed, started, finished_at, outcome, answer_id,
       answer_code, answer_date, outcome_reason)
     VALUES (@documentId, @stage, @askedLeader, @askedAt, @directed, @started, @finishedAt, @outcomeKind, @answerId,
       @codeText, @date, @reason)
     ON CONFLICT (document_id) DO UPDATE SET stage = excluded.stage, asked_leader = excluded.asked_leader,
       asked_at = excluded.asked_at, directed = excluded.directed, started = excluded.started,
       finished_at = excluded.finished_at, outcome = excluded.outcome, answer_id = excluded.answer_id,
       answer_code = excluded.answer_code, answer_date = excluded.answer_date, outcome_reason = excluded.outcome_reason`,
  );
  const assignments = sqlite.prepare<[string], AssignmentRecord>(
    `SELECT a.id, a.part, ${assignee}, coalesce(p.name, u.name) AS name, a.due_at AS dueAt, a.note,
       a.assigned_by AS assignedBy, a.assigned_at AS assignedAt, a.closed_at AS closedAt, a.closed_why AS closedWhy
     FROM assignment a LEFT JOIN person p ON p.id = a.person_id LEFT JOIN unit u ON u.id = a.unit_id
     WHERE a.document_id = ? ORDER BY a.id`,
  );
  const assign = sqlite.prepare(
    `INSERT INTO assignment (document_id, part, unit_id, person_id, due_at, note, assigned_by, assigned_at)
     VALUES (@documentId, @part, @unitId, @personId, @dueAt, @note, @assignedBy, @assignedAt)`,
  );
  const close = sqlite.prepare(
    'UPDATE assignment SET closed_at = @at, closed_by = @by, closed_why = @why WHERE id = @id AND closed_at IS NULL',
  );
  // Who has left cannot have it back: it is in the hands of the others, or of nobody.
  const takeFromLeft = sqlite.prepare(
    `UPDATE assignment SET closed_why = 'called-back' WHERE document_id = ? AND closed_why = 'finished' AND (
       person_id IN (SELECT id FROM person WHERE active = 0) OR unit_id IN (SELECT id FROM unit WHERE active = 0))`,
  );
  const openFinished = sqlite.prepare(
    `UPDATE assignment SET closed_at = NULL, closed_by = NULL, closed_why = NULL
     WHERE document_id = ? AND closed_why = 'finished'`,
  );
  const remarks = sqlite.prepare<[string], RemarkRecord>(
    `SELECT kind, voice, speaker_id AS speakerId, speaker_name AS speakerName, speaker_title AS speakerTitle,
       writer_id AS writerId, writer_name AS writerName, text, at FROM remark WHERE document_id = ? ORDER BY id`,
  );
  const say = sqlite.prepare(
    `INSERT INTO remark (document_id, kind, voice, speaker_id, speaker_name, speaker_title, writer_id, writer_name, text, at)
     VALUES (@documentId, @kind, @voice, @speakerId, @speakerName, @speakerTitle, @writerId, @writerName, @text, @at)`,
  );
  const asideUntil = sqlite
    .prepare<[string, string], string>('SELECT until FROM put_aside WHERE document_id = ? AND until > ?')
    .pluck();
  const putAside = sqlite.prepare(
    `INSERT INTO put_aside (document_id, until, person_id, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (document_id) DO UPDATE SET until = excluded.until, person_id = excluded.person_id, at = excluded.at`,
  );
  const takeBack = sqlite.prepare('DELETE FROM put_aside WHERE document_id = ?');
  const person = sqlite.prepare<[string], { name: string; title: string }>(
    `SELECT name, title FROM person WHERE id = ? AND ${works}`,
  );
  const unit = sqlite.prepare<[string], { name: string; title: string }>(
    "SELECT name, '' AS title FROM unit WHERE id = ? AND active = 1",
  );
  const leads = sqlite.prepare<[string], { leader: number; inUnit: number }>(
    `SELECT ${isLeader} AS leader, unit_id IS NOT NULL AS inUnit FROM person p WHERE id = ? AND name <> ''`,
  );
  const choices = sqlite.prepare<
    { agencyName: string; since: string },
    Omit<Choice, 'isLeader'> & { readonly leader: number }
  >(
    `WITH given AS (
       SELECT a.person_id, a.unit_id FROM assignment a JOIN document d ON d.id = a.document_id
       WHERE a.assigned_at >= @since AND d.agency_name = @agencyName
     )
     SELECT 'person' AS kind, p.id, p.name, p.title, coalesce(u.name, '') AS unitName, ${isLeader} AS leader,
       (SELECT count(*) FROM given WHERE given.person_id = p.id) AS times
     FROM person p LEFT JOIN unit u ON u.id = p.unit_id WHERE p.active = 1 AND p.name <> ''
     UNION ALL
     SELECT 'unit', u.id, u.name, '', '', 0, (SELECT count(*) FROM given WHERE given.unit_id = u.id)
     FROM unit u WHERE u.active = 1
     ORDER BY leader DESC, times DESC, name LIMIT ${MOST_CHOICES}`,
  );
  type Last = Pick<AssignmentRecord, 'part' | 'kind' | 'assigneeId'>;
  // What one decision gave to whom: rows of one document and one instant.
  const lastOf = (which: string) =>
    sqlite.prepare<{ personId: string; agencyName: string; since: string }, Last>(
      `SELECT a.part, ${assignee} FROM assignment a
       WHERE (a.document_id, a.assigned_at) = (
         SELECT l.document_id, l.assigned_at FROM assignment l JOIN document d ON d.id = l.document_id
         WHERE l.assigned_by = @personId AND l.assigned_at >= @since AND ${which} ORDER BY l.assigned_at DESC LIMIT 1
       ) ORDER BY a.id`,
    );
  const lastOfSender = lastOf('d.agency_name = @agencyName');
  const lastOfAny = lastOf('@agencyName IS NOT NULL');
  const candidateColumns = 'd.id, d.code_text AS codeText, d.date, d.abstract';
  const wasNumbered = `d.direction = 'outgoing' AND d.state IN ${textList(answeringStates)}`;
  const named = sqlite.prepare<[string], Omit<AnswerCandidate, 'named'>>(
    `SELECT ${candidateColumns} FROM document i JOIN document d ON d.id IN ${answering('i')}
     WHERE i.id = ? AND ${wasNumbered} ORDER BY d.seq DESC LIMIT ${MOST_CANDIDATES}`,
  );
  const wentBack = sqlite.prepare<[string], Omit<AnswerCandidate, 'named'>>(
    `SELECT ${candidateColumns} FROM document d JOIN delivery x ON x.document_id = d.id
     WHERE d.seq > (SELECT max(seq) FROM document) - ${LATEST_DOCUMENTS} AND ${wasNumbered} AND x.agency_code = (
       SELECT coalesce(m.sender_code, i.paper_sender_code)
       FROM document i LEFT JOIN received_message m ON m.document_id = i.id WHERE i.id = ?
     ) ORDER BY d.seq DESC LIMIT ${MOST_CANDIDATES}`,
  );

  return {
    find: (documentId) => {
      const row = find.get(documentId);
      if (row === undefined) return null;
      const { outcomeKind, answerId, codeText, date, reason, directed, started, ...rest } = row;
      return {
        ...rest,
        directed: directed === 1,
        started: started === 1,
        outcome: outcomeKind === null ? null : { kind: outcomeKind, answerId, codeText, date, reason },
      };
    },
    assignments: (documentId) => assignments.all(documentId),
    remarks: (documentId) => remarks.all(documentId),
    asideUntil: (documentId, now) => asideUntil.get(documentId, now) ?? null,
    assignee: (kind, id) => (kind === 'unit' ? unit : person).get(id) ?? null,
    voiceOf: (personId) => {
      const found = leads.get(personId);
      if (found?.leader !== 1) return 'officer';
      return found.inUnit === 1 ? 'unit-leader' : 'agency-leader';
    },
    choices: (agencyName, since) =>
      choices.all({ agencyName, since }).map(({ leader, ...choice }) => ({ ...choice, isLeader: leader === 1 })),
    lastAssigned: (personId, agencyName, since) => {
      const ofSender = lastOfSender.all({ personId, agencyName, since });
      return ofSender.length > 0 ? ofSender : lastOfAny.all({ personId, agencyName, since });
    },
    answerCandidates: (documentId, text) => {
      const found = search.condition(text);
      if (found !== null) {
        return sqlite
          .prepare<unknown[], Omit<AnswerCandidate, 'named'>>(
            `SELECT ${candidateColumns} FROM document d WHERE d.seq ${found.sql} AND ${wasNumbered}
             ORDER BY d.seq DESC LIMIT ${MOST_CANDIDATES}`,
          )
          .all(...found.parameters)
          .map((letter) => ({ ...letter, named: false }));
      }
      const byName = named.all(documentId).map((letter) => ({ ...letter, named: true }));
      const known = new Set(byName.map(({ id }) => id));
      const others = wentBack.all(documentId).filter(({ id }) => !known.has(id));
      return [...byName, ...others.map((letter) => ({ ...letter, named: false }))].slice(0, MOST_CANDIDATES);
    },
    put: ({ outcome, directed, started, ...record }) =>
      void put.run({
        ...record,
        directed: directed ? 1 : 0,
        started: started ? 1 : 0,
        outcomeKind: outcome?.kind ?? null,
        answerId: outcome?.answerId ?? null,
        codeText: outcome?.codeText ?? null,
        date: outcome?.date ?? null,
        reason: outcome?.reason ?? null,
      }),
    assign: ({ kind, assigneeId, ...row }) =>
      void assign.run({
        ...row,
        unitId: kind === 'unit' ? assigneeId : null,
        personId: kind === 'person' ? assigneeId : null,
      }),
    close: (id, why, by, at) => void close.run({ id, why, by, at }),
    openFinished: (documentId) => {
      takeFromLeft.run(documentId);
      openFinished.run(documentId);
    },
    say: (documentId, remark) => void say.run({ documentId, ...remark }),
    putAside: (documentId, until, by, at) => void putAside.run(documentId, until, by, at),
    takeBack: (documentId) => takeBack.run(documentId).changes === 1,
  };
}
