import type { Catalogue } from '../catalogue.ts';
import type { signatures as source } from '../vi/signatures.ts';

export const signatures: Catalogue<typeof source> = {};
