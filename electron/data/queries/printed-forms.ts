import type {
  FollowedDocument,
  PrintedFormReads,
  IssuedOfType,
  PostedItem,
} from '#core/printing/printed-form-store.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { answeringStates } from './handling.ts';
import { textList } from './sql-text.ts';
import { answering } from './relations.ts';

export function printedFormQueries(sqlite: Sqlite): PrintedFormReads {
  // Who leads, or led when it was finished: nobody after a call back.
  const lead = `(SELECT max(a.id) FROM assignment a WHERE a.document_id = d.id AND a.part = 'lead'
    AND a.closed_why IS CASE d.state WHEN 'done' THEN 'finished' END)`;
  // What was finished before the register kept the handling has its history alone.
  const finishedBefore = `coalesce((SELECT max(y.at) FROM history y
    WHERE y.document_id = d.id AND y.action = 'completed'), d.changed_at)`;
  const letters = `(SELECT group_concat(code_text, '; ') FROM (
    SELECT o.code_text AS code_text FROM document o WHERE o.id IN ${answering('d')} AND o.state IN ${textList(answeringStates)}
    UNION SELECT coalesce((SELECT o.code_text FROM document o WHERE o.id = h.answer_id), h.answer_code)
      WHERE h.answer_code IS NOT NULL))`;
  const followed = sqlite.prepare<[string, string], FollowedDocument>(
    `SELECT d.id AS documentId, n.number, n.suffix, d.document_type AS documentType, d.code_text AS codeText, d.date,
       d.agency_name AS agencyName, coalesce(p.name, u.name, d.forward_to, '') AS holder, n.at AS registeredAt,
       min(coalesce(l.due_at, d.due_at), coalesce(d.due_at, l.due_at)) AS dueAt,
       CASE d.state WHEN 'done' THEN coalesce(h.finished_at, ${finishedBefore}) END AS finishedAt,
       coalesce(${letters}, '') AS answers, coalesce(h.outcome_reason, '') AS noAnswerWhy
     FROM book_number n JOIN document d ON d.id = n.document_id
       LEFT JOIN handling h ON h.document_id = d.id
       LEFT JOIN assignment l ON l.id = ${lead}
       LEFT JOIN person p ON p.id = l.person_id LEFT JOIN unit u ON u.id = l.unit_id
     WHERE d.direction = 'incoming' AND n.state = 'given' AND n.at >= ? AND n.at < ?
     ORDER BY n.year, n.book_id, n.number, n.suffix`,
  );
  const posted = sqlite.prepare<[{ fromDay: string; toDay: string }], PostedItem>(
    `SELECT d.id AS documentId, v.paper_posted_on AS postedOn, d.code_text AS codeText, v.agency_name AS agencyName, v.paper_item AS item,
       v.paper_copies AS copies, v.paper_received_at AS receivedAt, v.paper_way AS way, NULL AS result, NULL AS resultOn,
       '' AS resultNote, d.seq, 0 AS part, v.position
     FROM delivery v JOIN document d ON d.id = v.document_id WHERE v.paper_posted_on BETWEEN @fromDay AND @toDay
     UNION ALL SELECT d.id, o.posted_on, d.code_text, o.name, o.item, o.copies, NULL, o.way, o.result,
       o.result_on, o.result_note, d.seq, 1, o.position
     FROM other_recipient o JOIN document d ON d.id = o.document_id WHERE o.posted_on BETWEEN @fromDay AND @toDay
     ORDER BY postedOn, seq, part, position`,
  );
  const count = (time: string) =>
    `(SELECT count(*) FROM delivery v WHERE v.document_id = d.id AND v.${time} IS NOT NULL)`;
  const issued = sqlite.prepare<[string, string], IssuedOfType>(
    `SELECT d.document_type AS documentType, count(*) AS documents, sum(d.state = 'cancelled') AS cancelled,
       sum((SELECT count(*) FROM delivery v WHERE v.document_id = d.id)) AS recipients,
       sum(${count('arrived_at')}) AS arrived, sum(${count('accepted_at')}) AS accepted,
       sum(${count('completed_at')}) AS completed, sum(${count('refused_at')}) AS returned
     FROM book_number n JOIN document d ON d.id = n.document_id
     WHERE d.direction = 'outgoing' AND n.state = 'given' AND d.date BETWEEN ? AND ?
     GROUP BY d.document_type ORDER BY documents DESC, d.document_type`,
  );
  return {
    followed: (from, to) => followed.all(from, to),
    posted: (fromDay, toDay) => posted.all({ fromDay, toDay }),
    issued: (fromDay, toDay) => issued.all(fromDay, toDay),
  };
}
