import type { BoardReads, WeekFigures, WeekOfHolder } from '#core/board/board-store.ts';
import type { BoardHolder, BoardLine } from '#shared/contract/board.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { dueDocuments } from './due-documents.ts';

/** As the indexes of what is open say it. */
const open = "d.direction = 'incoming' AND d.state IN ('arrived', 'registered')";
/** The same of those that another index has found: the plus keeps SQLite from going through all that are open. */
const found = "+d.direction = 'incoming' AND +d.state IN ('arrived', 'registered')";
/** Open leads, by the index that holds no others. */
const leads = "a.part = 'lead' AND a.closed_at IS NULL";
const within = (column: string) => `${column} >= @now AND ${column} < @end`;

export function boardQueries(sqlite: Sqlite): BoardReads {
  // The earlier of the sender's deadline and the office's own counts.
  const counted = `count(*) AS open, sum(d.express) AS express,
    sum(coalesce(${within('l.due')}, 0)) AS dueToday, sum(coalesce(l.due < @now, 0)) AS overdue`;
  const led = `led AS (
    SELECT a.unit_id, a.person_id, a.document_id,
      min(coalesce(a.due_at, d.due_at), coalesce(d.due_at, a.due_at)) AS due
    FROM assignment a INDEXED BY assignment_lead JOIN document d ON d.id = a.document_id WHERE ${leads}
  )`;
  const worst = 'ORDER BY overdue DESC, express DESC, dueToday DESC, open DESC, name LIMIT 200';
  const units = sqlite.prepare<{ now: string; end: string }, BoardHolder>(
    `WITH ${led} SELECT 'unit' AS kind, u.id, u.name AS name, ${counted}
     FROM led l JOIN document d ON d.id = l.document_id LEFT JOIN person p ON p.id = l.person_id
       JOIN unit u ON u.id = coalesce(l.unit_id, p.unit_id) GROUP BY u.id ${worst}`,
  );
  const people = sqlite.prepare<{ now: string; end: string }, BoardHolder>(
    `WITH ${led} SELECT 'person' AS kind, p.id, p.name AS name, ${counted}
     FROM led l JOIN document d ON d.id = l.document_id JOIN person p ON p.id = l.person_id GROUP BY p.id ${worst}`,
  );
  const dueToday = sqlite
    .prepare<{ now: string; end: string }, number>(
      `SELECT count(*) FROM document d WHERE ${found} AND d.id IN (${dueDocuments('>= @now', '< @end')})`,
    )
    .pluck();
  const waitingForPaper = sqlite
    .prepare<[], number>(
      `SELECT count(*) FROM document d INDEXED BY incoming_paper WHERE ${open} AND d.paper = 'expected'`,
    )
    .pluck();
  const lead = `(SELECT coalesce(p.name, u.name) FROM assignment a LEFT JOIN person p ON p.id = a.person_id
    LEFT JOIN unit u ON u.id = a.unit_id WHERE a.document_id = d.id AND ${leads})`;
  const line = (at: string) => `d.id, d.code_text AS codeText, d.abstract, n.number AS arrivalNumber, ${at} AS at,
    coalesce(${lead}, '') AS lead`;
  const number = 'LEFT JOIN book_number n ON n.document_id = d.id';
  const express = sqlite.prepare<{ limit: number }, BoardLine>(
    `SELECT ${line('coalesce(d.express_at, d.due_at)')}
     FROM document d INDEXED BY incoming_express ${number} WHERE ${open} AND d.express = 1
     ORDER BY coalesce(d.express_at, d.due_at, '~'), d.arrived_at LIMIT @limit`,
  );
  const ownDue = `(SELECT a.due_at FROM assignment a WHERE a.document_id = d.id AND ${leads})`;
  const due = `min(coalesce(d.due_at, '~'), coalesce(${ownDue}, '~'))`;
  const overdue = sqlite.prepare<{ now: string; limit: number }, BoardLine>(
    `SELECT ${line(due)} FROM document d ${number} WHERE ${found} AND d.id IN (${dueDocuments('< @now')})
     ORDER BY at, d.id LIMIT @limit`,
  );
  const opinions = sqlite.prepare<{ limit: number }, BoardLine>(
    `SELECT ${line('h.asked_at')} FROM handling h JOIN document d ON d.id = h.document_id
       ${number}
     WHERE h.stage = 'submitted' ORDER BY h.asked_at, d.id LIMIT @limit`,
  );
  const week = sqlite.prepare<{ from: string; to: string }, WeekFigures>(
    `WITH done AS (
       SELECT h.finished_at, (SELECT min(coalesce(a.due_at, d.due_at), coalesce(d.due_at, a.due_at)) FROM document d
         LEFT JOIN assignment a ON a.document_id = d.id AND a.part = 'lead' AND a.closed_why = 'finished'
         WHERE d.id = h.document_id) AS due
       FROM handling h WHERE h.finished_at IS NOT NULL AND h.finished_at >= @from AND h.finished_at < @to
     )
     SELECT
       (SELECT count(*) FROM document d WHERE d.direction = 'incoming' AND d.arrived_at >= @from AND d.arrived_at < @to)
         AS received,
       (SELECT count(DISTINCT a.document_id) FROM assignment a WHERE a.assigned_at >= @from AND a.assigned_at < @to)
         AS assigned,
       (SELECT count(*) FROM done) AS finished,
       (SELECT count(*) FROM done WHERE due IS NOT NULL AND finished_at <= due) AS inTime,
       (SELECT count(*) FROM done WHERE due IS NOT NULL AND finished_at > due) AS late`,
  );
  // What was finished is its lead's of that moment; what was given, of whoever got it in that time.
  const weekByHolder = sqlite.prepare<{ from: string; to: string }, WeekOfHolder>(
    `WITH done AS (
       SELECT a.person_id, a.unit_id, h.finished_at, min(coalesce(a.due_at, d.due_at), coalesce(d.due_at, a.due_at)) AS due
       FROM handling h JOIN document d ON d.id = h.document_id
         JOIN assignment a ON a.document_id = d.id AND a.part = 'lead' AND a.closed_why = 'finished'
       WHERE h.finished_at IS NOT NULL AND h.finished_at >= @from AND h.finished_at < @to
     ), said AS (
       SELECT a.person_id, a.unit_id, count(DISTINCT a.document_id) AS assigned, 0 AS finished, 0 AS inTime, 0 AS late
       FROM assignment a WHERE a.part = 'lead' AND a.assigned_at >= @from AND a.assigned_at < @to
       GROUP BY a.person_id, a.unit_id
       UNION ALL SELECT person_id, unit_id, 0, 1, coalesce(finished_at <= due, 0), coalesce(finished_at > due, 0) FROM done
     )
     SELECT coalesce(p.name, u.name) AS name, sum(s.assigned) AS assigned, sum(s.finished) AS finished,
       sum(s.inTime) AS inTime, sum(s.late) AS late
     FROM said s LEFT JOIN person p ON p.id = s.person_id LEFT JOIN unit u ON u.id = s.unit_id
     GROUP BY s.person_id, s.unit_id ORDER BY finished DESC, assigned DESC, name`,
  );
  const nothing: WeekFigures = { received: 0, assigned: 0, finished: 0, inTime: 0, late: 0 };
  return {
    holders: (now, end) => ({ units: units.all({ now, end }), people: people.all({ now, end }) }),
    dueToday: (now, end) => dueToday.get({ now, end }) ?? 0,
    waitingForPaper: () => waitingForPaper.get() ?? 0,
    express: (limit) => express.all({ limit }),
    overdue: (now, limit) => overdue.all({ now, limit }),
    opinions: (limit) => opinions.all({ limit }),
    weekByHolder: (from, to) => weekByHolder.all({ from, to }),
    week: (from, to) => week.get({ from, to }) ?? nothing,
  };
}
