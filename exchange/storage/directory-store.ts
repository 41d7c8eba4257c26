import { type Kysely, sql } from 'kysely';
import type { Agency } from '#shared/wire/directory.ts';
import type { Tables } from './tables.ts';

/** The agencies, and a version that rises with every change. */
export class DirectoryStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async version(): Promise<number> {
    const row = await this.#db.selectFrom('exchange_identity').select('directory_version').executeTakeFirstOrThrow();
    return Number(row.directory_version);
  }

  /** Adds to the version and returns the new one. Holds the row, so that imports take turns. */
  async changeVersion(by: 1 | -1): Promise<number> {
    const row = await this.#db
      .updateTable('exchange_identity')
      .set({ directory_version: sql<string>`directory_version + ${by}::int` })
      .returning('directory_version')
      .executeTakeFirstOrThrow();
    return Number(row.directory_version);
  }

  /** Adds an agency or changes it; false when it was there just so. Its codes must be normalised. */
  async save(agency: Agency, version: number): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto('agencies')
      .values({
        code: agency.code,
        name: agency.name,
        parent_code: agency.parentCode,
        groups: agency.groups,
        valid_from: agency.validFrom,
        valid_to: agency.validTo,
        version,
      })
      .onConflict((conflict) =>
        conflict
          .column('code')
          .doUpdateSet(({ ref }) => ({
            name: ref('excluded.name'),
            parent_code: ref('excluded.parent_code'),
            groups: ref('excluded.groups'),
            valid_from: ref('excluded.valid_from'),
            valid_to: ref('excluded.valid_to'),
            version: ref('excluded.version'),
          }))
          .where(
            sql<boolean>`(agencies.name, agencies.parent_code, agencies.groups, agencies.valid_from, agencies.valid_to)
              IS DISTINCT FROM
              (excluded.name, excluded.parent_code, excluded.groups, excluded.valid_from, excluded.valid_to)`,
          ),
      )
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** Agencies changed after a version (0 = all), by code. */
  async changedSince(version: number): Promise<Agency[]> {
    return this.#agencies().where('version', '>', String(version)).orderBy('code').execute();
  }

  /** @param code normalised */
  async find(code: string): Promise<Agency | null> {
    return (await this.#agencies().where('code', '=', code).executeTakeFirst()) ?? null;
  }

  #agencies() {
    return this.#db
      .selectFrom('agencies')
      .select(({ cast }) => [
        'code',
        'name',
        'parent_code as parentCode',
        'groups',
        cast<string | null>('valid_from', 'text').as('validFrom'),
        cast<string | null>('valid_to', 'text').as('validTo'),
      ]);
  }
}
