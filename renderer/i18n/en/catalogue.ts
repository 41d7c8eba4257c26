import type { Catalogue } from '../catalogue.ts';
import type { vi } from '../vi/catalogue.ts';
import { common } from './common.ts';
import { errors } from './errors.ts';
import { incoming } from './incoming.ts';
import { outgoing } from './outgoing.ts';
import { pageView } from './page-view.ts';
import { signatures } from './signatures.ts';

export const en: Catalogue<typeof vi> = { common, errors, incoming, outgoing, pageView, signatures };
