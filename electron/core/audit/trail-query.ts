import { NOBODYS_ACT, type TrailFilter } from '#shared/contract/audit.ts';
import { actsOf } from '#shared/contract/audit-acts.ts';
import { addDays, vietnamInstant } from '#shared/domain/vn-date.ts';
import type { TrailQuery, TrailReads, TrailRecord } from './trail-store.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/u;

/** What is asked of the store; documents that are hidden are found by no number. */
export function trailQuery(
  reads: Pick<TrailReads, 'documentsCalled'>,
  { person, kind, fromDay, toDay, document, documentId }: TrailFilter,
  hidden: ReadonlySet<string>,
): Omit<TrailQuery, 'upTo' | 'newestFirst' | 'after' | 'limit'> {
  return {
    actorId: person === undefined ? null : person === NOBODYS_ACT ? '' : person,
    actions: kind === undefined ? null : actsOf(kind),
    from: fromDay === undefined ? null : midnight(fromDay),
    before: toDay === undefined ? null : midnight(addDays(toDay, 1)),
    documents: documentId !== undefined ? [documentId] : document === undefined ? null : called(document),
  };

  function called(text: string): string[] {
    const found = uuid.test(text) ? [text] : reads.documentsCalled(text);
    return found.filter((id) => !hidden.has(id));
  }
}

const midnight = (day: string): string => new Date(vietnamInstant(day, '00:00')).toISOString();

/** All rows of a query, the oldest first, so many at a time. */
export function* trailPages(
  reads: Pick<TrailReads, 'page'>,
  query: Omit<TrailQuery, 'newestFirst' | 'after' | 'limit'>,
  pageRows: number,
): Generator<readonly TrailRecord[]> {
  let after: TrailQuery['after'] = null;
  for (;;) {
    const page: readonly TrailRecord[] = reads.page({ ...query, newestFirst: false, after, limit: pageRows });
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageRows) return;
    after = { at: last.row.at, seq: last.row.seq };
  }
}
