import type { Catalogue } from '../catalogue.ts';
import type { search as source } from '../vi/search.ts';

export const search: Catalogue<typeof source> = {
  label: 'Search all documents',
  placeholder: 'Search number, abstract, agency, signer…',
  results: 'Search results',
  incoming: 'Incoming',
  outgoing: 'Outgoing',
  nothing: 'No document matches “{{text}}”. Try fewer words; accents may be left out.',
};
