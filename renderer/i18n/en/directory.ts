import type { Catalogue } from '../catalogue.ts';
import type { directory as source } from '../vi/directory.ts';

export const directory: Catalogue<typeof source> = {
  search: 'Find an agency by name or identifier; accents may be left out',
  name: 'Agency',
  parent: 'Superior agency',
  group: 'Group',
  code: 'Identifier',
  total_one: '{{count}} agency',
  total_other: '{{count}} agencies',
  shown: 'Showing {{shown}} of {{total}} agencies; type more to narrow them down.',
  empty: 'The directory is empty',
  emptyText: 'It comes by itself once this computer is enrolled with the exchange.',
  noMatch: 'No agency matches “{{text}}”',
  noMatchText: 'Use fewer words, or type the identifier.',
};
