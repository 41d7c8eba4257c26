import { type RawBuilder, sql } from 'kysely';

/** Whether an agency's last day, where it has one, is not past: condition on the table or alias of this name. */
export function isOpen(agencies: string): RawBuilder<boolean> {
  const lastDay = sql.ref(`${agencies}.valid_to`);
  return sql<boolean>`(${lastDay} IS NULL OR ${lastDay} >= current_date)`;
}
