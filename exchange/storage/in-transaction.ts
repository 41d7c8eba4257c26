import type { Kysely } from 'kysely';

/** As `Kysely.transaction`, but what made `work` fail is thrown even when the connection cannot roll back any more. */
export async function inTransaction<Tables, Result>(
  db: Kysely<Tables>,
  work: (transaction: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  const failures: unknown[] = [];
  try {
    return await db.transaction().execute(async (transaction) => {
      try {
        return await work(transaction);
      } catch (error) {
        failures.push(error);
        throw error;
      }
    });
  } catch (error) {
    throw failures.length === 0 ? error : failures[0];
  }
}
