import { addDays, vietnamDay, vietnamInstant } from '#shared/domain/vn-date.ts';
import type { BoardLine } from '#shared/contract/board.ts';
import { isSamePerson } from '#shared/domain/person-name.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';

/** Lines of each list: who has more looks into the box. */
const SHOWN = 8;
const MOST_TO_SIGN = 100;

/** The leader's home: what is to be done today, by whom, and how the last weeks went. */
export function boardCalls({ registers, clock }: CoreContext): Pick<CoreHandlers, 'board.today' | 'board.week'> {
  return {
    'board.today': () => {
      const now = clock.now();
      const { board } = registers;
      const at = now.toISOString();
      const endOfDay = startOf(addDays(vietnamDay(now.getTime()), 1));
      const incoming = registers.incoming.counts(now);
      const outgoing = registers.outgoing.counts(now);
      const toSign = waitingForSignature(registers, now);
      return {
        signatures: toSign.length,
        signatureLines: toSign.slice(0, SHOWN),
        opinions: incoming.opinion,
        express: incoming.express,
        dueToday: board.dueToday(at, endOfDay),
        overdue: incoming.overdue,
        waitingForPaper: board.waitingForPaper(),
        stuck: outgoing['not-arrived'] + registers.outbox.counts().blocked,
        ...board.holders(at, endOfDay),
        expressLines: board.express(SHOWN),
        overdueLines: board.overdue(at, SHOWN),
        opinionLines: board.opinions(SHOWN),
      };
    },
    'board.week': ({ monday }) => ({
      week: registers.board.week(startOf(monday), startOf(addDays(monday, 7))),
      before: registers.board.week(startOf(addDays(monday, -7)), startOf(monday)),
    }),
  };
}

/** Letters to be signed that name the leader who asks as their signer, the longest waiting first; all, when she is no leader. */
function waitingForSignature({ outgoing, people }: CoreContext['registers'], now: Date): BoardLine[] {
  const { rows } = outgoing.list({ box: 'to-sign', limit: MOST_TO_SIGN, now });
  const me = people.find(people.workstation().personId);
  const isHers = (signer: string): boolean =>
    me === null || me.name === '' || !me.roles.includes('leader') || isSamePerson(signer, me.name);
  return rows
    .map(({ id, codeText, abstract, changedAt }) => {
      const lead = outgoing.find(id)?.fields.signerName ?? '';
      return { id, codeText, abstract, arrivalNumber: null, at: changedAt, lead };
    })
    .filter(({ lead }) => isHers(lead))
    .toSorted((one, other) => one.at.localeCompare(other.at));
}

const startOf = (day: string): string => new Date(vietnamInstant(day, '00:00')).toISOString();
