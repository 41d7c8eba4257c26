import type { Catalogue } from '../catalogue.ts';
import type { incoming as source } from '../vi/incoming.ts';

export const incoming: Catalogue<typeof source> = {};
