import { errors } from '#shared/messages/errors.en.ts';
import type { Catalogue } from '../catalogue.ts';
import type { vi } from '../vi/catalogue.ts';
import { access } from './access.ts';
import { board } from './board.ts';
import { books } from './books.ts';
import { common } from './common.ts';
import { oversight } from './oversight.ts';
import { directory } from './directory.ts';
import { document } from './document.ts';
import { errorDetails } from './error-details.ts';
import { feedback } from './feedback.ts';
import { fields } from './fields.ts';
import { frame } from './frame.ts';
import { handling } from './handling.ts';
import { incoming } from './incoming.ts';
import { list } from './list.ts';
import { outgoing } from './outgoing.ts';
import { pageView } from './page-view.ts';
import { paper } from './paper.ts';
import { people } from './people.ts';
import { relations } from './relations.ts';
import { rota } from './rota.ts';
import { search } from './search.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { setUp } from './set-up.ts';
import { signatures } from './signatures.ts';
import { status } from './status.ts';
import { trail } from './trail.ts';

export const en: Catalogue<typeof vi> = {
  access,
  board,
  books,
  common,
  directory,
  oversight,
  document,
  errorDetails,
  errors,
  feedback,
  fields,
  frame,
  handling,
  incoming,
  list,
  outgoing,
  pageView,
  paper,
  people,
  relations,
  rota,
  search,
  session,
  settings,
  setUp,
  signatures,
  status,
  trail,
};
