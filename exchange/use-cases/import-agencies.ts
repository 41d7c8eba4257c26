import { z } from 'zod';
import { agencySchema } from '#shared/wire/directory.ts';
import { normaliseAgencyCode } from '#shared/domain/agency-code.ts';
import type { Database } from '../storage/database.ts';

/** One agency in an import file; what is left out is open. */
const agencyImportSchema = z.array(
  agencySchema.partial({ parentCode: true, groups: true, validFrom: true, validTo: true }),
);

/**
 * Adds agencies or changes them, in one transaction; the directory's version rises only when something changed, so that
 * repeating an import costs the workstations nothing. Returns how many were new or different.
 * @param input content of an import file
 * @throws z.ZodError when its shape is wrong
 */
export async function importAgencies(database: Database, input: unknown): Promise<number> {
  const agencies = agencyImportSchema.parse(input);
  return database.transaction(async ({ directory }) => {
    const version = await directory.changeVersion(1);
    let changed = 0;
    for (const agency of agencies) {
      const entry = {
        code: normaliseAgencyCode(agency.code),
        name: agency.name,
        parentCode: agency.parentCode ? normaliseAgencyCode(agency.parentCode) : null,
        groups: agency.groups ?? [],
        validFrom: agency.validFrom ?? null,
        validTo: agency.validTo ?? null,
      };
      if (await directory.save(entry, version)) changed += 1;
    }
    if (changed === 0) await directory.changeVersion(-1);
    return changed;
  });
}
