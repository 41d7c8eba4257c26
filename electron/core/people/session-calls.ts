import { queriesReading } from '#shared/contract/contract.ts';
import { heardAgainAt } from '#shared/domain/pin.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { isPinOf, pinRecordOf } from './pin-record.ts';
import { personOfAccount, type Session } from './session.ts';
import { signInRules } from './sign-in-rules.ts';

type SessionCalls = Pick<
  CoreHandlers,
  'session.state' | 'session.signIn' | 'session.signInByAccount' | 'session.lock' | 'session.changePin'
>;

/** Signing in and locking. What core does for itself, sending and fetching, asks nobody and goes on. */
export function sessionCalls(ctx: CoreContext, session: Session): SessionCalls {
  const { registers } = ctx;
  const tell = () => ctx.emit('answers.changed', { queries: queriesReading(new Set(['session'])) });
  const show = (personId: string) => {
    const person = registers.people.find(personId);
    return person === null ? null : { personId, name: person.name, title: person.title };
  };
  /** Whom the account lets in now: one who has locked her screen, and has a PIN, must know it. */
  const byAccount = () => {
    const personId = personOfAccount(registers, ctx.account);
    return personId === null || registers.people.isLocked(personId) ? null : personId;
  };

  /**
   * Whether the PIN is hers. The attempt is counted before it is tried, so that whoever ends the program meanwhile gains
   * nothing by it.
   * @throws CodedError PIN_NOT_SET, SIGN_IN_DELAYED with the instant from which she is heard again, PIN_WRONG
   */
  async function requirePin(personId: string, pin: string): Promise<void> {
    const kept = registers.people.find(personId) === null ? null : registers.people.pin(personId);
    if (kept === null) throw new CodedError('PIN_NOT_SET');
    const before = registers.people.failures(personId);
    const until = before === null ? null : heardAgainAt(before.count, before.lastAt, ctx.clock.now());
    if (until !== null) throw new CodedError('SIGN_IN_DELAYED', { at: until });
    ctx.transact('session.attempt', null, ({ stores, at }) => {
      stores.people.noteFailure(personId, at);
    });
    if (await isPinOf(ctx.pinKeys, kept, pin)) return;
    const name = registers.people.find(personId)?.name ?? '';
    ctx.transact('session.refused', null, ({ stores, at }) => {
      const params = { personId, name, failures: stores.people.failures(personId)?.count ?? 0 };
      stores.audit.add({ at, actor: null, action: 'session.refused', params });
    });
    throw new CodedError('PIN_WRONG');
  }

  const inTurn = <T>(personId: string, work: () => Promise<T>): Promise<T> => ctx.lock.run(`pin ${personId}`, work);

  return {
    'session.state': () => {
      const caller = session.caller();
      const person = caller === null ? null : (show(caller.personId) ?? { ...caller, title: '' });
      const account = byAccount();
      return {
        required: signInRules(registers.settings).required,
        person:
          caller === null || person === null
            ? null
            : {
                personId: person.personId,
                name: person.name,
                title: person.title,
                roles: [...caller.roles],
                actsFor: caller.actsFor.map((each) => ({ ...each })),
                hasPin: registers.people.pin(caller.personId) !== null,
              },
        agencyName: registers.office.agency()?.name ?? '',
        people: registers.people
          .list()
          .people.filter(({ active, id }) => active && registers.people.pin(id) !== null)
          .map(({ id, name, title }) => ({ personId: id, name, title })),
        byAccount: account === null ? null : show(account),
      };
    },
    'session.signIn': ({ personId, pin }, _caller, transact) =>
      inTurn(personId, async () => {
        await requirePin(personId, pin);
        const answer = transact(({ stores }) => {
          stores.people.forgetFailures(personId);
          stores.people.setLocked(personId, false);
          return { personId };
        });
        session.enter(personId);
        tell();
        return answer;
      }),
    'session.signInByAccount': (_input, _caller, transact) => {
      const personId = byAccount();
      if (personId === null) throw new CodedError('ACCOUNT_UNKNOWN');
      const answer = transact(() => ({ personId, account: ctx.account ?? '' }));
      session.enter(personId);
      tell();
      return answer;
    },
    'session.lock': (_input, _caller, transact) => {
      const answer = transact(({ stores }) => ({ locked: lockIn(stores.people) }));
      if (answer.locked) {
        session.leave();
        tell();
      }
      return answer;
    },
    'session.changePin': ({ pin, newPin }, caller, transact) =>
      inTurn(caller.personId, async () => {
        const { personId } = caller;
        await requirePin(personId, pin);
        const kept = await pinRecordOf(ctx.pinKeys, newPin);
        return transact(({ stores, at }) => {
          stores.people.forgetFailures(personId);
          stores.people.putPin(personId, kept, at);
          return { personId };
        });
      }),
  };

  /** Whether there was somebody to lock out; a lock outlives a restart for one who has a PIN. */
  function lockIn(people: { setLocked(personId: string, locked: boolean): void }): boolean {
    if (!signInRules(registers.settings).required) return false;
    const caller = session.caller();
    if (caller !== null && registers.people.pin(caller.personId) !== null) people.setLocked(caller.personId, true);
    return true;
  }
}
