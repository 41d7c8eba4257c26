import type { EventName } from '#shared/contract/events.ts';
import type { QueryName } from './api.ts';

type Affected = Partial<Record<EventName, readonly QueryName[]>>;

const affected: Affected = {
  'outgoing.changed': [
    'outgoing.list',
    'outgoing.get',
    'outgoing.nextNumber',
    'office.overview',
    'office.search',
    'books.list',
    'books.entries',
  ],
  'incoming.changed': [
    'incoming.list',
    'incoming.get',
    'incoming.nextNumber',
    'office.overview',
    'office.search',
    'books.list',
    'books.entries',
  ],
  'incoming.arrived': ['incoming.list', 'incoming.get', 'office.overview', 'office.search'],
  'office.changed': [
    'office.overview',
    'books.list',
    'incoming.nextNumber',
    'outgoing.nextNumber',
    'certificates.list',
    'directory.search',
    'directory.resolve',
    'exchange.setAside',
  ],
};

/** Queries whose answer an event has made old. */
export function queriesAffectedBy(event: EventName): readonly QueryName[] {
  return affected[event] ?? [];
}

const byFeature: Readonly<Record<string, EventName>> = {
  outgoing: 'outgoing.changed',
  incoming: 'incoming.changed',
  office: 'office.changed',
  books: 'office.changed',
  certificates: 'office.changed',
  exchange: 'office.changed',
};

/** Queries that a command of this feature may have made old. */
export function queriesAffectedByCommand(name: string): readonly QueryName[] {
  const event = byFeature[name.split('.')[0] ?? ''];
  return event ? queriesAffectedBy(event) : [];
}
