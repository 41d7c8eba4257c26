import { createAnswerer, type Answerer } from '#shared/calls/answer-call.ts';
import type { AuditedCommand } from '#shared/contract/audit-acts.ts';
import { specOf, type CallName } from '#shared/contract/contract.ts';
import type { FormName } from '#shared/contract/form-name.ts';
import type { Actor } from '#shared/domain/history.ts';
import { delegatedRole, NOBODY, type Caller, type Role } from '#shared/domain/roles.ts';
import { noteSeen } from '../access/note-seen.ts';
import { veiled } from '../access/shield.ts';
import type { Sight } from '../access/sight.ts';
import type { CoreContext } from '../core-context.ts';
import type { ReadStores } from '../ports/stores.ts';
import type { Session } from '../people/session.ts';
import type { CoreHandlers } from './handlers.ts';
import type { Transaction, TransactionOptions } from './transaction.ts';

type AnyQuery = (input: unknown) => unknown;
/** What every command carries. */
interface AnyInput {
  readonly commandId: string;
  readonly endsForm?: FormName;
}
type AnyCommand = (input: unknown, caller: Caller, transact: unknown) => unknown;

/** Answers the calls of screens: rules of every call in shared/calls, here the caller, the lock and the transaction. */
export function createCoreAnswerer(ctx: CoreContext, handlers: CoreHandlers, session: Session, sight: Sight): Answerer {
  const note = noteSeen(ctx, session);
  const run = (name: CallName, input: unknown): unknown => {
    const handler = handlers[name as keyof CoreHandlers] as unknown;
    // Before anything is done or told; what an answer tells of other documents besides is veiled.
    sight.require(input);
    note(name, input);
    if (specOf(name)?.kind !== 'command') return runQuery(name, handler as AnyQuery, input);
    const { id } = input as { readonly id?: string };
    const caller = session.caller() ?? NOBODY;
    const command = () => runCommand(ctx, caller, name, handler as AnyCommand, input as AnyInput);
    return id === undefined ? command() : ctx.lock.run(id, async () => await command());
  };

  const runQuery = (name: CallName, handler: AnyQuery, input: unknown): unknown => {
    const hidden = sight.hidden();
    const answer = handler(input);
    return answer instanceof Promise
      ? answer.then((value: unknown) => veiled(name, value, hidden))
      : veiled(name, answer, hidden);
  };

  return createAnswerer({
    owner: 'core',
    run,
    roles: () => session.caller()?.roles ?? null,
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

function runCommand(ctx: CoreContext, caller: Caller, name: CallName, handler: AnyCommand, input: AnyInput): unknown {
  const { commandId, endsForm } = input;
  const { may, audit, signedOut } = specOf(name) ?? { may: null, audit: null, signedOut: false };
  const actor = actorOf(caller, may);
  let used = false;
  const transact = (work: (transaction: Transaction) => unknown, options?: TransactionOptions): unknown => {
    if (used) throw new Error(`${name} asked for a second transaction`);
    used = true;
    return ctx.transact(
      name,
      actor,
      (transaction) => {
        const value = work(transaction);
        if (endsForm !== undefined) transaction.stores.forms.forget(caller.personId, endsForm);
        if (audit !== null) {
          const { stores, at } = transaction;
          stores.audit.add({
            at,
            actor: signedOut ? entering(stores, actor, value) : actor,
            action: name as AuditedCommand,
            params: pick(audit, input, value),
          });
        }
        transaction.stores.commands.remember(commandId, name, value, transaction.at);
        return value;
      },
      options,
    );
  };
  return handler(input, caller, transact);
}

/** Who does it; and for whom, where her own roles would not do. */
function actorOf({ personId: id, name, roles, actsFor }: Caller, may: readonly Role[] | null): Actor {
  const [delegator] = actsFor;
  const own: readonly Role[] = roles.filter((role) => role !== delegatedRole);
  const actor: Actor = { kind: 'person', id, name };
  if (delegator === undefined || may === null || may.some((role) => own.includes(role))) return actor;
  return { ...actor, onBehalfOf: { id: delegator.personId, name: delegator.name } };
}

/** Whoever signs in does it herself, whoever was there before. */
function entering({ people }: Pick<ReadStores, 'people'>, actor: Actor, value: unknown): Actor {
  const { personId } = value as { readonly personId?: string };
  if (personId === undefined) return actor;
  return { kind: 'person', id: personId, name: people.find(personId)?.name ?? '' };
}

/** Longer texts are cut: a trail says what was done, not what was written. */
const MOST_CHARS = 300;

function pick(names: readonly string[], input: unknown, value: unknown): Record<string, string | number> {
  const all = { ...(input as object), ...(value as object) } as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    names.flatMap((name): [string, string | number][] => {
      const found = all[name];
      if (found === undefined || found === null) return [];
      if (typeof found === 'number') return [[name, found]];
      const text = typeof found === 'string' ? found : JSON.stringify(found);
      return [[name, text.slice(0, MOST_CHARS)]];
    }),
  );
}
