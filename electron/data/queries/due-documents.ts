import { textList } from './sql-text.ts';
import { incomingStates, isIncomingSettled } from '#shared/domain/incoming-state.ts';

const open = incomingStates.filter((state) => !isIncomingSettled(state));

/**
 * Ids of open incoming documents whose deadline, or the one that the office gave whoever leads, is within bounds such as
 * `< @now`. By the two indexes of deadlines, so that however many are open only those are read.
 */
export function dueDocuments(...bounds: readonly string[]): string {
  const within = (column: string) => bounds.map((bound) => `${column} ${bound}`).join(' AND ');
  return `SELECT x.id FROM document x INDEXED BY incoming_due
      WHERE x.direction = 'incoming' AND x.due_at IS NOT NULL AND x.state IN ${textList(open)} AND ${within('x.due_at')}
    UNION SELECT a.document_id FROM assignment a WHERE a.part = 'lead' AND a.closed_at IS NULL AND ${within('a.due_at')}`;
}
