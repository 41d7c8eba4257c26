import type { Catalogue } from '../catalogue.ts';
import type { session as source } from '../vi/session.ts';

export const session: Catalogue<typeof source> = {
  title: 'Sign in to Văn Thư',
  person: 'Person',
  withTitle: '{{name}}, {{title}}',
  pin: 'PIN',
  pinHelp: '{{min}} to {{max}} digits.',
  enter: 'Sign in',
  byAccount: 'Go on as {{name}}',
  lock: 'Lock',
  own: 'My account',
  changePin: 'Change my PIN…',
  changePinTitle: 'Change my PIN',
  changePinText:
    'The new one replaces the old one at once. If you have forgotten it, have the administrator set another.',
  pinNow: 'Present PIN',
  changePinAction: 'Change the PIN',
  pinChanged: 'The PIN is changed',
  actsFor: '{{name}} for {{for}}',
};
