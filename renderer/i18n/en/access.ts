import type { Catalogue } from '../catalogue.ts';
import type { access as source } from '../vi/access.ts';

export const access: Catalogue<typeof source> = {
  tag: 'Limited',
  hidden: '(limited)',
  open: 'Limit…',
  title: 'Who may see {{code}}',
  text: 'Only the records clerk, the people and units chosen here, its author and those who handle it can see it. Others see that the number is taken. Not for state secrets.',
  readers: 'May see it',
  removeHint: 'Arrow keys to walk through them, Delete to take one out',
  nobody: 'Nobody chosen yet: only the records clerk, its author and those who handle it can see it.',
  since: 'Limited by {{name}} at {{time}}',
  save: 'Limit it',
  change: 'Save',
  saved: '{{code}} is limited now',
  lift: 'Take the limit off',
  lifted: 'The whole office can see {{code}} again',
  seen: 'Who has seen it',
  seenAt: 'When',
  seenNobody: 'Nobody has opened it since it was limited.',
};
