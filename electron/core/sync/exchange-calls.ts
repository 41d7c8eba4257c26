import { plainText } from '#shared/domain/plain-text.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import { provenAgency } from '../directory/proven-name.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { EnrolResponse, ExchangeConnection, ExchangeOutcome } from '../ports/exchange.ts';
import { writeDirectoryVersion } from './directory-version.ts';
import type { Sync } from './sync.ts';
import { takeAgain } from './take-again.ts';

type ExchangeCalls = Pick<
  CoreHandlers,
  | 'exchange.line'
  | 'exchange.check'
  | 'exchange.enrol'
  | 'exchange.syncNow'
  | 'exchange.setAside'
  | 'exchange.takeAgain'
>;

const ENROLMENT_LOCK = 'enrolment';
/** Of one sender; the others of a sender that sends only rubbish are counted. */
const LISTED_PER_SENDER = 20;
const SECRET = 'exchange-device-secret';

/** The connection that an earlier enrolment left; null when there is none or its key was lost. */
export async function savedConnection(ctx: CoreContext): Promise<ExchangeConnection | null> {
  const saved = ctx.registers.office.connection();
  if (saved === null) return null;
  const deviceSecret = await ctx.shell.getSecret(SECRET);
  if (deviceSecret === null) {
    ctx.log.warn('device-secret-lost');
    return null;
  }
  return { ...saved, deviceSecret };
}

export function exchangeCalls(ctx: CoreContext, sync: Sync): ExchangeCalls {
  return {
    'exchange.line': () => sync.status(),
    'exchange.check': async (input) => {
      const outcome = await ctx.gateway.check(trimmed(input.serverUrl));
      return { reachable: outcome.kind === 'ok', code: outcome.kind === 'ok' ? null : failureCode(outcome) };
    },
    'exchange.enrol': (input, _caller, transact) =>
      ctx.lock.run(ENROLMENT_LOCK, async () => {
        // One that the exchange refuses needs a new code.
        const refused = sync.status().state === 'blocked';
        if (sync.connection() !== null && !refused) throw new CodedError('ALREADY_ENROLLED');
        const url = trimmed(input.serverUrl);
        // Kept before it is used: when the answer gets lost, the same code is asked again with the same key.
        const deviceSecret = (await ctx.shell.getSecret(SECRET)) ?? (await ctx.gateway.createDeviceSecret());
        await ctx.shell.setSecret(SECRET, deviceSecret);
        const outcome = await ctx.gateway.enrol({
          url,
          code: input.code,
          workstationName: input.workstationName,
          deviceSecret,
          register: {
            ...ctx.registers.office.register(),
            agencyCode: ctx.registers.office.agency()?.code ?? null,
          },
          mergeAgency: input.mergeAgency,
          replaceRegister: input.replaceRegister,
        });
        if (outcome.kind !== 'ok') throw enrolError(outcome);
        const { agency, exchangeId, exchangeKey, workstationId } = outcome.value;
        const own = { code: agency.code, name: plainText(agency.name) };
        const answer = transact(({ stores }) => {
          // Another exchange counts the versions of its directory anew.
          if (stores.office.connection()?.exchangeId !== exchangeId) {
            writeDirectoryVersion(stores, 0);
            stores.duty.forget();
          }
          stores.office.setAgency(own);
          stores.office.setConnection({ url, exchangeId, exchangeKey, workstationId });
          stores.people.setWorkstation(input.workstationName);
          return { agency: own };
        });
        await sync.stop();
        sync.start({ url, exchangeId, exchangeKey, workstationId, deviceSecret });
        return answer;
      }),
    'exchange.setAside': () => ({
      messages: ctx.registers.inboxProblems.list(LISTED_PER_SENDER).map(({ item, code, at }) => ({
        messageId: item.messageId,
        agencyName: provenAgency(ctx, item.from).name,
        code,
        at,
      })),
      total: ctx.registers.inboxProblems.count(),
    }),
    'exchange.takeAgain': ({ messageId }, _caller, transact) =>
      transact(({ stores, at }) => {
        const problem = stores.inboxProblems.find(messageId);
        if (problem === null) throw new CodedError('NOT_FOUND');
        takeAgain(stores, problem, at);
        return {};
      }),
    'exchange.syncNow': () => {
      sync.wake();
      return {};
    },
  };
}

const trimmed = (url: string): string => url.replace(/\/+$/, '');

function failureCode(outcome: Exclude<ExchangeOutcome<unknown>, { kind: 'ok' }>): string {
  switch (outcome.kind) {
    case 'offline':
    case 'aborted':
    case 'retry-later':
      return 'EXCHANGE_UNREACHABLE';
    case 'garbage':
      return 'EXCHANGE_GARBAGE';
    case 'clock':
      return 'CLOCK_SKEW';
    case 'refused':
      return outcome.code;
  }
}

function enrolError(outcome: Exclude<ExchangeOutcome<EnrolResponse>, { kind: 'ok' }>): CodedError {
  const code = failureCode(outcome);
  const known: Readonly<Record<string, string>> = {
    ENROL_CODE_INVALID: 'ENROL_CODE_INVALID',
    // For the clerk a used code and an expired one are the same: a new one is needed.
    ENROL_CODE_USED: 'ENROL_CODE_EXPIRED',
    ENROL_CODE_EXPIRED: 'ENROL_CODE_EXPIRED',
    EXCHANGE_UNREACHABLE: 'EXCHANGE_UNREACHABLE',
    EXCHANGE_GARBAGE: 'EXCHANGE_GARBAGE',
    HTTPS_REQUIRED: 'HTTPS_REQUIRED',
    AGENCY_DIFFERS: 'AGENCY_DIFFERS',
    REGISTER_EXISTS: 'REGISTER_EXISTS',
    REGISTER_OUTDATED: 'REGISTER_OUTDATED',
  };
  const mapped = known[code] ?? 'EXCHANGE_REFUSED';
  const params = outcome.kind === 'refused' ? outcome.params : {};
  return new CodedError(mapped, { ...texts(params), code }, { retryable: mapped === 'EXCHANGE_UNREACHABLE' });
}

/** What a refusal names (agency, workstation), made plain for the screen. */
function texts(params: Readonly<Record<string, unknown>>): Record<string, string> {
  const named = Object.entries(params).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(named.map(([name, value]) => [name, plainText(value)]));
}
