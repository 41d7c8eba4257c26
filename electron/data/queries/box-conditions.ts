import { DUE_SOON_MS, type BoxRule } from '#shared/domain/box.ts';
import { ARRIVES_WITHIN_MS, notTakenStates } from '#shared/domain/delivery.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { urgencies, type Urgency, urgencyRank } from '#shared/domain/urgency.ts';
import { dueDocuments } from './due-documents.ts';
import type { Parameters } from './list-filters.ts';
import { sqlText, textList } from './sql-text.ts';
import { extensionWaits } from './watched.ts';

/** All in some states, but for the few that are put aside. */
export function isStatesAlone({ states: _states, order: _order, aside, ...only }: BoxRule<string>): boolean {
  return Object.keys(only).length === 0 && aside !== 'only';
}

/**
 * A rule of shared/domain as a condition on `document d`, with `circumstances` when it depends on them. `foundBy` a filter,
 * it gives no reason to go through all in a state.
 */
export function boxConditions(direction: Direction, rule: BoxRule<string>, foundBy: 'box' | 'filter' = 'box'): string {
  const [only, ...more] = rule.states;
  // What is found by another table is few: the plus keeps SQLite from going through all in the state instead.
  const isFound =
    foundBy === 'filter' ||
    rule.notTaken ||
    rule.waiting ||
    rule.paperToPost ||
    rule.notArrived ||
    rule.opinion ||
    rule.mine ||
    rule.aside === 'only' ||
    rule.due !== undefined;
  const state = isFound ? '+d.state' : 'd.state';
  const parts = [
    `d.direction = '${direction}'`,
    more.length === 0 && only !== undefined ? `${state} = ${sqlText(only)}` : `${state} IN ${textList(rule.states)}`,
  ];
  if (rule.express) parts.push('d.express = 1');
  if (rule.due === 'soon') parts.push(dueCondition(direction, '>= @now', '< @soon'));
  if (rule.due === 'past') parts.push(dueCondition(direction, '< @now'));
  if (rule.opinion) parts.push("d.id IN (SELECT h.document_id FROM handling h WHERE h.stage = 'submitted')");
  if (rule.mine) {
    parts.push(
      `d.id IN (SELECT a.document_id FROM assignment a WHERE a.person_id = @me AND a.closed_at IS NULL AND a.part <> 'inform'
         UNION ALL SELECT h.document_id FROM handling h WHERE h.stage = 'submitted' AND h.asked_leader = @me)`,
    );
  }
  if (rule.aside !== undefined) {
    const not = rule.aside === 'only' ? '' : 'NOT ';
    parts.push(`d.id ${not}IN (SELECT p.document_id FROM put_aside p WHERE p.until > @now)`);
  }
  if (rule.notTaken) {
    parts.push(`d.id IN (SELECT x.document_id FROM delivery x WHERE x.state IN ${textList(notTakenStates)})`);
  }
  if (rule.waiting) {
    parts.push(
      `d.id IN (SELECT w.document_id FROM watched_delivery w WHERE w.waiting = 1 AND w.document_id IS NOT NULL
         UNION ALL SELECT w.document_id FROM watched_delivery w WHERE w.document_id IS NOT NULL AND ${extensionWaits})`,
    );
  }
  if (rule.paperToPost) {
    // As the index of what is to be posted says it (`isPaperToPost`).
    parts.push(
      `d.id IN (SELECT x.document_id FROM delivery x
         WHERE x.paper_needed = 1 AND x.paper_posted_on IS NULL AND x.paper_received_at IS NULL
         UNION ALL SELECT o.document_id FROM other_recipient o WHERE o.kind = 'paper' AND o.posted_on IS NULL)`,
    );
  }
  if (rule.notArrived) parts.push(...notArrivedConditions);
  return parts.join(' AND ');
}

/** The deadline of the document, or the one that the office gave whoever leads. */
function dueCondition(direction: Direction, ...bounds: readonly string[]): string {
  if (direction === 'outgoing') return bounds.map((bound) => `d.due_at ${bound}`).join(' AND ');
  return `d.id IN (${dueDocuments(...bounds)})`;
}

const waitedFor = "x.state = 'delivered' AND x.delivered_at <";
/** `isNotArrived`. The first finds the few by an index, among all that was ever sent; the second looks at their urgency. */
const notArrivedConditions = [
  `d.id IN (SELECT x.document_id FROM delivery x WHERE ${waitedFor} @${arriveBefore('express')})`,
  `EXISTS (SELECT 1 FROM delivery x WHERE x.document_id = d.id AND ${waitedFor} CASE d.urgency
     ${urgencies.map((urgency) => `WHEN ${sqlText(urgency)} THEN @${arriveBefore(urgency)}`).join(' ')} END)`,
];

function arriveBefore(urgency: Urgency): string {
  return `arriveBefore${urgencyRank(urgency)}`;
}

export const dependsOnCircumstances = (rule: BoxRule<string>): boolean =>
  rule.due !== undefined || rule.notArrived === true || rule.aside !== undefined || rule.mine === true;

/** What the conditions of boxes call @now, @soon, @arriveBefore… and @me. */
export function circumstances(now: Date, me: string): Parameters {
  const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();
  return {
    me,
    now: ago(0),
    soon: ago(-DUE_SOON_MS),
    ...Object.fromEntries(urgencies.map((urgency) => [arriveBefore(urgency), ago(ARRIVES_WITHIN_MS[urgency])])),
  };
}
