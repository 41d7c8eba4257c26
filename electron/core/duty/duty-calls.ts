import type { Duty, KeptDuty } from '#shared/domain/duty.ts';
import type { Rota } from '#shared/domain/rota.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import type { ExchangeClient, ExchangeOutcome } from '../ports/exchange.ts';
import type { Sync } from '../sync/sync.ts';
import { refreshDuty } from './refresh-duty.ts';
import { comingNow } from './watch-rota.ts';

type DutyCalls = Pick<
  CoreHandlers,
  | 'duty.get'
  | 'duty.save'
  | 'duty.saveHours'
  | 'duty.sendPhoneCode'
  | 'duty.confirmPhone'
  | 'duty.tryNumber'
  | 'duty.numberTried'
>;

/** Refusals that a call of its own declares; any other is EXCHANGE_REFUSED. */
const known: readonly string[] = [
  'DUTY_CHANGED',
  'PHONE_CODE_INVALID',
  'PHONE_NOT_VERIFIED',
  'NO_CHANNEL',
  'RATE_LIMITED',
  'NOT_FOUND',
];

export function dutyCalls(ctx: CoreContext, sync: Pick<Sync, 'client'>): DutyCalls {
  const client = (): ExchangeClient => {
    const connected = sync.client();
    if (connected === null) throw new CodedError('NOT_ENROLLED');
    return connected;
  };
  const keep = ({ stores, at }: Transaction, duty: Duty): KeptDuty => {
    const kept = { duty, readAt: at };
    stores.duty.keep(kept);
    return kept;
  };
  return {
    'duty.get': () => ({ kept: ctx.registers.duty.kept(), coming: comingNow(ctx).length }),
    'duty.save': async ({ from, rota }, _caller, transact) => {
      const outcome = await client().saveDuty(from, rota);
      if (outcome.kind === 'refused' && outcome.code === 'DUTY_CHANGED') {
        // The screen needs what somebody else saved; and the answer to this very change may have been lost before.
        await refreshDuty(ctx, client());
        const kept = ctx.registers.duty.kept();
        if (kept?.duty.rota && sameRota(kept.duty.rota, rota)) return transact((tx) => keep(tx, kept.duty));
      }
      const duty = valueOf(outcome);
      return transact((tx) => keep(tx, duty));
    },
    'duty.saveHours': async ({ hours }, _caller, transact) => {
      const duty = valueOf(await client().saveOfficeHours(hours));
      return transact((tx) => keep(tx, duty));
    },
    'duty.sendPhoneCode': async ({ phone }, _caller, transact) => {
      const sent = sentOf(await client().sendPhoneCode(phone));
      return transact(() => sent);
    },
    'duty.tryNumber': async ({ phone }, _caller, transact) => {
      const tried = sentOf(await client().tryNumber(ctx.ids.next(), phone));
      return transact(() => tried);
    },
    'duty.numberTried': async ({ id }) => valueOf(await client().numberTried(id)),
    'duty.confirmPhone': async ({ phone, code }, _caller, transact) => {
      const duty = valueOf(await client().confirmPhone(phone, code));
      return transact((tx) => keep(tx, duty));
    },
  };
}

/** Whether two rotas say the same but for which numbers are verified, which only the exchange says. */
function sameRota(one: Rota, other: Rota): boolean {
  const bare = (rota: Rota) =>
    JSON.stringify({ ...rota, officers: rota.officers.map((officer) => ({ ...officer, phoneVerifiedAt: null })) });
  return bare(one) === bare(other);
}

/** Of what sends a text. @throws CodedError as `valueOf`, RATE_LIMITED */
function sentOf<Value>(outcome: ExchangeOutcome<Value>): Value {
  // One was sent just now: that it is too early for another is no broken line.
  if (outcome.kind === 'retry-later') throw new CodedError('RATE_LIMITED');
  return valueOf(outcome);
}

/** @throws CodedError of `dutyErrors`, or a refusal that the call declares */
function valueOf<Value>(outcome: ExchangeOutcome<Value>): Value {
  switch (outcome.kind) {
    case 'ok':
      return outcome.value;
    case 'offline':
    case 'aborted':
    case 'retry-later':
      throw new CodedError('DUTY_OFFLINE');
    case 'garbage':
      throw new CodedError('EXCHANGE_GARBAGE');
    case 'clock':
      throw new CodedError('CLOCK_SKEW');
    case 'refused':
      throw new CodedError(known.includes(outcome.code) ? outcome.code : 'EXCHANGE_REFUSED', { code: outcome.code });
  }
}
