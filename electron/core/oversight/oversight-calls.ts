import type { CallOutput } from '#shared/contract/contract.ts';
import type { OverseenDelivery } from '#shared/domain/oversight.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import { provenAgency } from '../directory/proven-name.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { ExchangeClient, ExchangeOutcome, OverseenPeriod } from '../ports/exchange.ts';
import { savedConnection } from '../sync/exchange-calls.ts';

type OversightCalls = Pick<
  CoreHandlers,
  'oversight.supervision' | 'oversight.figures' | 'oversight.deliveries' | 'oversight.sentDocuments'
>;

/** How long an answer holds: an administrator changes it once in years. */
const SUPERVISION_HOLDS_MS = 10 * 60_000;
const OWN_REFUSALS: readonly string[] = ['NOT_SUPERVISING', 'PERIOD_INVALID', 'NOT_FOUND', 'FEEDBACK_LIMIT'];

/** Figures of other agencies, asked of the exchange each time. */
export function oversightCalls(ctx: CoreContext): OversightCalls {
  let known: { readonly supervises: boolean; readonly until: number; readonly workstationId: string } | null = null;
  return {
    'oversight.supervision': async () => {
      const connection = await savedConnection(ctx);
      if (connection === null) return { supervises: false };
      const { workstationId } = connection;
      const now = ctx.clock.now().getTime();
      if (known !== null && known.workstationId === workstationId && now < known.until)
        return { supervises: known.supervises };
      const outcome = await ctx.gateway.connect(connection).supervision();
      if (outcome.kind !== 'ok') return { supervises: known?.workstationId === workstationId && known.supervises };
      known = { supervises: outcome.value.supervises, until: now + SUPERVISION_HOLDS_MS, workstationId };
      return { supervises: known.supervises };
    },
    'oversight.figures': async ({ from, to }) => {
      return namedFigures(ctx, await overseeingClient(ctx), { from, to });
    },
    'oversight.deliveries': async (asked) => {
      const { deliveries, more } = valueOf(await (await overseeingClient(ctx)).overseen(asked));
      return { deliveries: deliveries.map((one) => namedDelivery(ctx, one)), more };
    },
    'oversight.sentDocuments': async (asked) => {
      const { documents, more } = valueOf(await (await overseeingClient(ctx)).sentDocuments(asked));
      const named = documents.map((one) => ({
        ...one,
        recipientNames: one.recipients.map((code) => provenAgency(ctx, code).name),
      }));
      return { documents: named, more };
    },
  };
}

export type NamedFigures = CallOutput<'oversight.figures'>;

/** The exchange as this office sees it now. @throws CodedError EXCHANGE_UNREACHABLE when it is not enrolled */
export async function overseeingClient(ctx: CoreContext): Promise<ExchangeClient> {
  const connection = await savedConnection(ctx);
  if (connection === null) throw new CodedError('EXCHANGE_UNREACHABLE', {}, { retryable: true });
  return ctx.gateway.connect(connection);
}

export type NamedDelivery = OverseenDelivery & { readonly senderName: string; readonly recipientName: string };

/** A delivery with the names of the directory. */
export function namedDelivery(ctx: CoreContext, delivery: OverseenDelivery): NamedDelivery {
  const { sender, recipient } = delivery;
  return {
    ...delivery,
    senderName: provenAgency(ctx, sender).name,
    recipientName: provenAgency(ctx, recipient).name,
  };
}

/** The figures of a period with the names of the directory. @throws CodedError as `valueOf` */
export async function namedFigures(
  ctx: CoreContext,
  client: ExchangeClient,
  period: OverseenPeriod,
): Promise<NamedFigures> {
  const figures = valueOf(await client.oversight(period));
  const agencies = figures.agencies.map((agency) => ({ ...agency, name: provenAgency(ctx, agency.code).name }));
  return { ...figures, agencies };
}

/** @throws CodedError of the call's own codes */
export function valueOf<Value>(outcome: ExchangeOutcome<Value>): Value {
  switch (outcome.kind) {
    case 'ok':
      return outcome.value;
    case 'refused':
      if (OWN_REFUSALS.includes(outcome.code)) throw new CodedError(outcome.code);
      throw new CodedError('EXCHANGE_REFUSED', { code: outcome.code });
    case 'garbage':
      throw new CodedError('EXCHANGE_GARBAGE');
    case 'offline':
    case 'retry-later':
    case 'clock':
    case 'aborted':
      throw new CodedError('EXCHANGE_UNREACHABLE', {}, { retryable: true });
  }
}
