import { normaliseAgencyCode } from '#shared/domain/agency-code.ts';
import type { Database } from '../storage/database.ts';

/**
 * Lets an agency see the figures of one and all below it (`under`), or of all (null).
 * @throws Error when the directory does not have one of them
 */
export async function supervise(
  database: Pick<Database, 'directory' | 'oversight'>,
  agency: string,
  under: string | null,
): Promise<{ readonly supervising: string; readonly under: string | null }> {
  const supervising = await codeOf(database, agency);
  const top = under === null ? null : await codeOf(database, under);
  await database.oversight.supervise(supervising, top);
  return { supervising, under: top };
}

/** @throws Error when it supervises none */
export async function stopSupervising(
  database: Pick<Database, 'oversight'>,
  agency: string,
): Promise<{ readonly stopped: string }> {
  const code = normaliseAgencyCode(agency);
  if (!(await database.oversight.stopSupervising(code))) throw new Error(`agency ${code} supervises none`);
  return { stopped: code };
}

async function codeOf({ directory }: Pick<Database, 'directory'>, given: string): Promise<string> {
  const code = normaliseAgencyCode(given);
  if ((await directory.find(code)) === null) throw new Error(`no agency ${code}`);
  return code;
}
