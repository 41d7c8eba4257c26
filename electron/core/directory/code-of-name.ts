import type { ReadStores } from '../ports/stores.ts';
import { comparableName } from './comparable-name.ts';

/** The code of the one agency of the directory that bears a written name; null when none does, or several. */
export function codeOfName({ agencies }: Pick<ReadStores, 'agencies'>, name: string): string | null {
  const wanted = comparableName(name);
  if (wanted === '') return null;
  const [found, ...others] = agencies.all().filter((agency) => comparableName(agency.name) === wanted);
  return found === undefined || others.length > 0 ? null : found.code;
}
