import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';

const MARK = '/* prepared */';

/**
 * Put into a statement that every message, request, alarm or notice makes: each connection then has it parsed once and mostly
 * planned once, which otherwise takes the database longer than its work. Only for statements with a few texts at most, and
 * not for those that are planned well only when their values are known, as a range of time is.
 */
export const prepared = sql.raw(MARK);

/** A connection that gives marked statements a name, as the driver wants it for those that are prepared. */
export class PreparingClient extends pg.Client {
  // The driver's own overloads say what goes in and out; what is not a marked text goes through as it came.
  override query(...given: unknown[]): never {
    const [text, values, ...rest] = given;
    const query = super.query.bind(this) as unknown as (...passed: unknown[]) => never;
    if (typeof text !== 'string' || !text.includes(MARK)) return query(...given);
    return query({ name: nameOf(text), text, values }, ...rest);
  }
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  names.set(text, name);
  return name;
}
