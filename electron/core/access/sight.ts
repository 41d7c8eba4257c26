import { CodedError } from '#shared/errors/coded-error.ts';
import type { Session } from '../people/session.ts';
import type { ReadStores } from '../ports/stores.ts';

/** What whoever is signed in may see. */
export interface Sight {
  /** Limited documents that are not for her. */
  hidden(): ReadonlySet<string>;
  /** Stored files of those documents alone. */
  withheldFiles(): readonly string[];
  /** @throws CodedError LIMITED_DOCUMENT for a call about a document or file that she may not see */
  require(input: unknown): void;
}

const NOBODYS: ReadonlySet<string> = new Set();
export function createSight(registers: Pick<ReadStores, 'access'>, session: Session): Sight {
  const hidden = (): ReadonlySet<string> => {
    const caller = session.caller();
    if (caller === null) return NOBODYS;
    // Who keeps the book keeps what is in it (NĐ 30/2020 Điều 14, 22).
    if (caller.roles.includes('records-clerk')) return NOBODYS;
    const { personId, actsFor } = caller;
    return new Set(registers.access.hiddenFrom({ personId, actsFor: actsFor.map((each) => each.personId) }));
  };
  const withheldFiles = () => registers.access.filesOf([...hidden()]);
  return {
    hidden,
    withheldFiles,
    require: (input) => {
      const { documents, files } = namedIn(input);
      const unseen = documents.length === 0 && files.length === 0 ? NOBODYS : hidden();
      if (unseen.size === 0) return;
      const withheld = files.length === 0 ? [] : withheldFiles();
      if (documents.some((id) => unseen.has(id)) || files.some((id) => withheld.includes(id))) {
        throw new CodedError('LIMITED_DOCUMENT');
      }
    },
  };
}

/** Documents and files that a call names: wherever they stand in it, so that no new call is forgotten. */
function namedIn(input: unknown): { readonly documents: readonly string[]; readonly files: readonly string[] } {
  const documents: string[] = [];
  const files: string[] = [];
  const walk = (value: unknown, name: string): void => {
    if (typeof value === 'string') {
      if (/^(id|.*Id)$/u.test(name)) (name === 'fileId' ? files : documents).push(value);
    } else if (Array.isArray(value)) for (const each of value) walk(each, name);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) walk(each, key);
    }
  };
  walk(input, '');
  return { documents, files };
}
