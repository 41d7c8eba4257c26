import { z } from 'zod';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import { type Agency, agencySchema, type Directory } from '#shared/wire/exchange-api.ts';
import { type Database, inTransaction, onlyRow, type Queryable } from '../storage/database.ts';

/** One agency in an import file; what is left out is open. */
export const agencyImportSchema = z.array(
  agencySchema.partial({ parentCode: true, groups: true, validFrom: true, validTo: true }),
);

interface AgencyRow {
  readonly code: string;
  readonly name: string;
  readonly parent_code: string | null;
  readonly groups: string[];
  readonly valid_from: string | null;
  readonly valid_to: string | null;
}

/** Codes are compared without regard to case. */
export function normaliseAgencyCode(code: string): string {
  return code.trim().toUpperCase();
}

/**
 * Adds agencies or changes them, in one transaction; the directory's version rises only when something changed, so that
 * repeating an import costs the workstations nothing. Returns how many were new or different.
 * @param input content of an import file; throws z.ZodError when its shape is wrong
 */
export async function importAgencies(database: Database, input: unknown): Promise<number> {
  const agencies = agencyImportSchema.parse(input);
  return inTransaction(database, async (transaction) => {
    const raised = await transaction.query<{ directory_version: string }>(
      'UPDATE exchange_identity SET directory_version = directory_version + 1 RETURNING directory_version',
    );
    let changed = 0;
    for (const agency of agencies)
      changed += await upsertAgency(transaction, agency, onlyRow(raised).directory_version);
    if (changed === 0)
      await transaction.query('UPDATE exchange_identity SET directory_version = directory_version - 1');
    return changed;
  });
}

async function upsertAgency(
  transaction: Queryable,
  agency: z.infer<typeof agencyImportSchema>[number],
  version: string,
): Promise<number> {
  const { rowCount } = await transaction.query(
    `INSERT INTO agencies AS known (code, name, parent_code, groups, valid_from, valid_to, search_text, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (code) DO UPDATE SET name = excluded.name, parent_code = excluded.parent_code,
       groups = excluded.groups, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
       search_text = excluded.search_text, version = excluded.version
     WHERE (known.name, known.parent_code, known.groups, known.valid_from, known.valid_to)
       IS DISTINCT FROM (excluded.name, excluded.parent_code, excluded.groups, excluded.valid_from, excluded.valid_to)`,
    [
      normaliseAgencyCode(agency.code),
      agency.name,
      agency.parentCode ? normaliseAgencyCode(agency.parentCode) : null,
      agency.groups ?? [],
      agency.validFrom ?? null,
      agency.validTo ?? null,
      foldVietnamese(agency.name),
      version,
    ],
  );
  return rowCount ?? 0;
}

/** Agencies changed after a version of the directory (0 = all), by code. */
export async function listAgencies(database: Queryable, sinceVersion: number): Promise<Directory> {
  // The version first: a change that commits in between is then sent twice rather than never.
  const identity = await database.query<{ directory_version: string }>(
    'SELECT directory_version FROM exchange_identity',
  );
  const { rows } = await database.query<AgencyRow>(
    `SELECT code, name, parent_code, groups, valid_from::text, valid_to::text
     FROM agencies WHERE version > $1 ORDER BY code`,
    [sinceVersion],
  );
  return { version: Number(onlyRow(identity).directory_version), agencies: rows.map(toAgency) };
}

/** Throws when no such agency exists. */
export async function requireAgency(database: Queryable, code: string): Promise<Agency> {
  const { rows } = await database.query<AgencyRow>(
    'SELECT code, name, parent_code, groups, valid_from::text, valid_to::text FROM agencies WHERE code = $1',
    [normaliseAgencyCode(code)],
  );
  if (!rows[0]) throw new Error(`no agency ${code} in the directory`);
  return toAgency(rows[0]);
}

function toAgency(row: AgencyRow): Agency {
  return {
    code: row.code,
    name: row.name,
    parentCode: row.parent_code,
    groups: row.groups,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  };
}
