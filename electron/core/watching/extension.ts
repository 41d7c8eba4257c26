import type { IncomingDetail } from '#shared/contract/incoming.ts';
import type { WatchedDelivery } from '#shared/domain/watched-delivery.ts';
import type { Statement } from '../ports/exchange.ts';
import type { StatementRecord } from './watching-stores.ts';

type Question = Extract<Statement, { readonly event: 'extension-asked' }>;

/** At the sender: the last question of a recipient was answered here, whether or not the exchange knows it yet. */
export function isAnsweredHere(
  statements: readonly StatementRecord[],
  { extension }: Pick<WatchedDelivery, 'extension'>,
): boolean {
  return statements.some(
    ({ statement, state }) =>
      statement.event === 'extension-answered' && statement.question === extension?.id && state !== 'refused',
  );
}

/** At the recipient: its last question, as far as this office knows what became of it. */
export function ownExtension(
  statements: readonly StatementRecord[],
  watch: Pick<WatchedDelivery, 'extension'> | null,
): IncomingDetail['extension'] {
  const known = watch?.extension ?? null;
  const asked = statements.findLast(({ statement }) => statement.event === 'extension-asked');
  if (asked !== undefined && asked.statement.id !== known?.id) {
    const { at, until, reason } = asked.statement as Question;
    const state = asked.state === 'waiting' ? 'not-sent' : asked.state === 'refused' ? 'not-taken' : 'asked';
    // A question that was not taken leaves the answer to the one before it where it is: in the history.
    return { at, until, reason, state, answer: null, errorCode: state === 'not-taken' ? asked.errorCode : null };
  }
  if (known === null) return null;
  const { at, until, reason, granted, answer } = known;
  const state = granted === null ? 'asked' : granted ? 'granted' : 'refused';
  return { at, until, reason, state, answer, errorCode: null };
}
