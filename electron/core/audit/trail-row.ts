import type { TrailRow } from '#shared/contract/audit.ts';
import type { PeopleReads } from '../people/people-store.ts';
import type { TrailRecord } from './trail-store.ts';

const kinds: readonly TrailRow['actor']['kind'][] = ['person', 'agency', 'exchange', 'program'];
/** Parameters that are the id of a person or unit. */
const named = ['personId', 'fromPersonId', 'toPersonId', 'unitId'];

/** Names of people and units by id, also of those who have left. */
export function namesOf(people: PeopleReads): ReadonlyMap<string, string> {
  const { units, people: all } = people.list();
  return new Map([...units, ...all].map(({ id, name }) => [id, name]));
}

/** A row as it is shown: ids of people by name, those that nobody knows left out. */
export function trailRow(record: TrailRecord, names: ReadonlyMap<string, string>): TrailRow {
  const { row, document, signedIn } = record;
  return {
    seq: row.seq,
    at: row.at,
    actor: {
      kind: kinds.find((kind) => kind === row.actorKind) ?? 'program',
      name: row.actorName,
      onBehalfOf: row.behalfId === '' ? null : row.behalfName,
      signedIn,
    },
    action: row.action,
    params: Object.fromEntries(
      Object.entries(readParams(row.params)).flatMap(([name, value]) => {
        if (!named.includes(name)) return [[name, value]];
        const known = names.get(String(value));
        return known === undefined ? [] : [[name, known]];
      }),
    ),
    // Acts apart have one name whatever their document.
    direction: row.historyId === null ? null : (document?.direction ?? null),
    document: document === null ? null : { ...document },
  };
}

/** A row that somebody wrote by hand must still be listed. */
function readParams(text: string): Record<string, string | number> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, typeof each === 'number' ? each : String(each)]),
    );
  } catch {
    return {};
  }
}

/** Of a limited document: that somebody did it, and when. */
export function veilTrailRow(row: TrailRow, hidden: ReadonlySet<string>): TrailRow {
  if (row.document === null || !hidden.has(row.document.id)) return row;
  return { ...row, params: {}, document: null, hidden: true };
}
