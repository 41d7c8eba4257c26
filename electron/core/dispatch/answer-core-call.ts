import { createAnswerer, type Answerer } from '#shared/calls/answer-call.ts';
import { specOf, type CallName } from '#shared/contract/contract.ts';
import type { Actor } from '#shared/domain/history.ts';
import type { Caller } from '#shared/domain/roles.ts';
import type { CoreContext } from '../core-context.ts';
import { currentCaller } from '../people/current-caller.ts';
import type { CoreHandlers } from './handlers.ts';
import type { Transaction, TransactionOptions } from './transaction.ts';

type AnyQuery = (input: unknown) => unknown;
type AnyCommand = (input: unknown, caller: Caller, transact: unknown) => unknown;

/** Answers the calls of screens: rules of every call in shared/calls, here the caller, the lock and the transaction. */
export function createCoreAnswerer(ctx: CoreContext, handlers: CoreHandlers): Answerer {
  const run = (name: CallName, input: unknown): unknown => {
    const handler = handlers[name as keyof CoreHandlers] as unknown;
    if (specOf(name)?.kind !== 'command') return (handler as AnyQuery)(input);
    const { commandId, id } = input as { readonly commandId: string; readonly id?: string };
    const command = () => runCommand(ctx, name, handler as AnyCommand, input, commandId);
    return id === undefined ? command() : ctx.lock.run(id, async () => await command());
  };

  return createAnswerer({
    owner: 'core',
    run,
    roles: () => currentCaller(ctx.registers).roles,
    memory: {
      find: (commandId, name) => ctx.registers.commands.result(commandId, name),
      // Kept in the command's own transaction.
      keep: () => undefined,
    },
    newCorrelationId: () => ctx.ids.next(),
    refused: (details) => ctx.log.info('call-refused', details),
    failed: (error, details) => ctx.log.error('call-failed', error, details),
  });
}

function runCommand(ctx: CoreContext, name: CallName, handler: AnyCommand, input: unknown, commandId: string): unknown {
  const caller = currentCaller(ctx.registers);
  let used = false;
  const transact = (work: (transaction: Transaction) => unknown, options?: TransactionOptions): unknown => {
    if (used) throw new Error(`${name} asked for a second transaction`);
    used = true;
    return ctx.transact(
      name,
      actorOf(caller),
      (transaction) => {
        const value = work(transaction);
        transaction.stores.commands.remember(commandId, name, value, transaction.at);
        return value;
      },
      options,
    );
  };
  return handler(input, caller, transact);
}

const actorOf = (caller: Caller): Actor => ({ kind: 'person', id: caller.personId, name: caller.name });
