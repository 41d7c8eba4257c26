import type { Directory } from '#shared/wire/directory.ts';
import type { Database } from '../storage/database.ts';

/** Agencies changed after a version of the directory (0 = all), by code. */
export async function listAgencies(database: Pick<Database, 'directory'>, sinceVersion: number): Promise<Directory> {
  // The version first: a change that commits in between is then sent twice rather than never.
  const version = await database.directory.version();
  return { version, agencies: await database.directory.changedSince(sinceVersion) };
}
