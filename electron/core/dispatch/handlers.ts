import type { CallOutput, CommandName, HandlerInput, OwnedBy, QueryName } from '#shared/contract/contract.ts';
import type { Caller } from '#shared/domain/roles.ts';
import type { Transaction, TransactionOptions } from './transaction.ts';

type CoreCall = OwnedBy<'core'>;

/**
 * The one transaction of a command: what `work` changes and the command's answer are kept together, so that the same
 * `commandId` gets the same answer after any crash.
 */
export type Transact<N extends CommandName> = (
  work: (transaction: Transaction) => CallOutput<N>,
  options?: TransactionOptions,
) => CallOutput<N>;

/**
 * A command is a function of its input, its caller and its transaction. What takes time or touches files comes first;
 * the transaction then checks again and writes. Commands about one document (`input.id`) run one after the other.
 */
export type CommandHandler<N extends CommandName> = (
  input: HandlerInput<N>,
  caller: Caller,
  transact: Transact<N>,
) => CallOutput<N> | Promise<CallOutput<N>>;

export type QueryHandler<N extends QueryName> = (input: HandlerInput<N>) => CallOutput<N> | Promise<CallOutput<N>>;

/** The handlers that core must bring: one missing or left over does not compile. */
export type CoreHandlers = {
  readonly [N in CoreCall]: N extends CommandName ? CommandHandler<N> : N extends QueryName ? QueryHandler<N> : never;
};
