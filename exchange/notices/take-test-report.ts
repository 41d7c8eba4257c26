import type { DeliveryReport } from '../gateways/notice-gateway.ts';
import type { ReportOutcome } from './take-report.ts';
import type { NoticeParts } from './notice-parts.ts';

/** Takes what a network says became of a text that only tried a number; `unknown` when it is none of those. */
export async function takeTestReport(
  { database, clock }: Pick<NoticeParts, 'database' | 'clock'>,
  { id: given, gateway, providerId, state, detail }: DeliveryReport,
): Promise<ReportOutcome> {
  const id = given ?? (providerId === null ? null : await database.tests.idOf(gateway, providerId));
  if (id === null) return 'unknown';
  return database.transaction(async ({ tests }) => {
    const held = await tests.hold(id);
    if (held === null) return 'unknown';
    // The telephone is off; or a failure that comes after the delivery.
    if (state === 'buffered' || held.state === 'delivered') return 'known';
    if (held.state === 'failed' && state !== 'delivered') return 'known';
    const isThere = state === 'delivered';
    await tests.change(id, {
      state: isThere ? 'delivered' : 'failed',
      fault: isThere ? null : 'network',
      settledAt: clock(),
      detail,
    });
    return 'taken';
  });
}
