import { common } from './common.ts';
import { errors } from './errors.ts';
import { incoming } from './incoming.ts';
import { outgoing } from './outgoing.ts';
import { pageView } from './page-view.ts';
import { signatures } from './signatures.ts';

export const vi = { common, errors, incoming, outgoing, pageView, signatures };
