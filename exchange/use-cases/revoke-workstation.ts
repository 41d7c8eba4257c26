import type { Database } from '../storage/database.ts';

/**
 * Takes a workstation's right to speak away, at once and for good.
 * @throws Error when there is none of this id
 */
export async function revokeWorkstation(
  database: Pick<Database, 'enrolment'>,
  id: string,
): Promise<{ readonly revoked: string }> {
  if (!(await database.enrolment.revokeWorkstation(id))) throw new Error(`no workstation ${id}`);
  return { revoked: id };
}
