import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { find } from '../documents/document-record.ts';
import type { Session } from '../people/session.ts';
import { handlingSheetOf } from './handling-sheet.ts';

type HandlingQueries = Pick<CoreHandlers, 'handling.choices' | 'handling.answerCandidates' | 'incoming.handlingSheet'>;

const REMEMBERED_MS = 30 * 24 * 3_600_000;

/** Who can be given a document, what may answer it, and the sheet on which all of its handling stands. */
export function handlingQueries(ctx: CoreContext, session: Session): HandlingQueries {
  const { registers } = ctx;
  return {
    'handling.choices': ({ agencyName }) => {
      const since = new Date(ctx.clock.now().getTime() - REMEMBERED_MS).toISOString();
      const choices = registers.handling.choices(agencyName, since);
      const here = new Set(choices.map(({ kind, id }) => `${kind} ${id}`));
      const last = registers.handling
        .lastAssigned(session.caller()?.personId ?? '', agencyName, since)
        .map(({ part, kind, assigneeId }) => ({ part, kind, id: assigneeId }));
      // Whoever has left since cannot be chosen again, and the others are another choice than the last.
      return { choices, last: last.every(({ kind, id }) => here.has(`${kind} ${id}`)) ? last : [] };
    },
    'handling.answerCandidates': ({ id, text }) => ({
      candidates: registers.handling.answerCandidates(find(registers.incoming, id).id, text),
    }),
    'incoming.handlingSheet': ({ id }) =>
      handlingSheetOf(registers, find(registers.incoming, id), ctx.clock.now().toISOString()),
  };
}
