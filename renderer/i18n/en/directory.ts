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
  lists: {
    title: 'Lists of this office:',
    add: 'Add a list',
    addTitle: 'Add a list of recipients',
    editTitle: 'Change a list of recipients',
    editOf: 'Change the list {{name}}',
    text: 'Offered beside the groups of the directory when recipients are chosen, and taken when a letter names the list.',
    name: 'Name of the list',
    members: 'Agencies in the list',
    keep: 'Keep the list',
    kept_one: 'List {{name}} kept: {{count}} agency',
    kept_other: 'List {{name}} kept: {{count}} agencies',
    remove: 'Remove this list',
    removed: 'List {{name}} removed',
  },
};
