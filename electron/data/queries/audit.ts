import type { WriteStores } from '#core/ports/stores.ts';
import { entryApart, type auditAppender } from '../audit/append-audit.ts';

export function auditQueries({ append, head }: ReturnType<typeof auditAppender>): WriteStores['audit'] {
  return {
    head,
    add: ({ at, actor, action, params, subject = '' }) => append({ ...entryApart(actor, at, action, params), subject }),
  };
}
