import { TEST_TEXT, type TestNotice, type TestNoticeFault } from '#shared/domain/test-notice.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import { HANDING_OVER_MS, MOST_TESTS_PER_DAY, TEST_PAUSE_MS } from '../rules/notice-rules.ts';
import type { Database } from '../storage/database.ts';
import type { TestNoticeRow } from '../storage/test-notice-store.ts';

const DAY_MS = 24 * 3_600_000;

/** What is known of a text right after it was handed over. */
export interface HandedText {
  readonly state: 'sent' | 'unsure' | 'delivered' | 'failed';
  readonly fault: TestNoticeFault | null;
  readonly gateway: string;
  readonly providerId: string | null;
  readonly detail: string;
}

/** Hands over one text at once, without a second try: somebody waits. Null when there is no gateway for texts. */
export type HandText = (id: string, to: string, text: string) => Promise<HandedText | null>;

export interface TryingServices {
  readonly database: Database;
  readonly handText: HandText;
  readonly clock: () => Date;
}

/**
 * Sends a text that says it is a test to the verified number of an officer in the agency's kept rota. Asking again under
 * the same id sends nothing and answers how far it has got.
 * @throws ExchangeError NOT_FOUND when no officer of the agency has the number, PHONE_NOT_VERIFIED, RATE_LIMITED, NO_CHANNEL
 */
export async function tryNumber(
  { database, handText, clock }: TryingServices,
  agencyCode: string,
  { id, phone }: { readonly id: string; readonly phone: string },
): Promise<TestNotice> {
  const at = clock();
  const rota = (await database.duty.rota(agencyCode))?.rota;
  const officer = rota?.officers.find((one) => one.phone === phone);
  if (officer === undefined) throw new ExchangeError('NOT_FOUND');
  if (officer.phoneVerifiedAt === null) throw new ExchangeError('PHONE_NOT_VERIFIED');
  const isNew = await database.transaction(async ({ tests }) => {
    await tests.holdCounts(agencyCode);
    const known = await tests.find(id);
    if (known !== null) {
      if (known.agencyCode !== agencyCode || known.phone !== phone) throw new ExchangeError('NOT_FOUND');
      return false;
    }
    const wait = waitBefore(await tests.sentSince(agencyCode, new Date(at.getTime() - DAY_MS)), phone, at);
    if (wait > 0) throw new ExchangeError('RATE_LIMITED', { retryAfter: Math.ceil(wait / 1000) });
    await tests.add(id, agencyCode, phone, at);
    return true;
  });
  if (isNew) await handOver({ database, handText, clock }, id, phone);
  return numberTried({ database, clock }, agencyCode, id);
}

/** How far a test has got. @throws ExchangeError NOT_FOUND when the agency had no such one */
export async function numberTried(
  { database, clock }: Pick<TryingServices, 'database' | 'clock'>,
  agencyCode: string,
  id: string,
): Promise<TestNotice> {
  const row = await database.tests.find(id);
  if (row?.agencyCode !== agencyCode) throw new ExchangeError('NOT_FOUND');
  return described(row, clock());
}

async function handOver({ database, handText, clock }: TryingServices, id: string, phone: string): Promise<void> {
  const handed = await handText(id, phone, TEST_TEXT);
  const settledAt = handed === null || handed.state === 'failed' || handed.state === 'delivered' ? clock() : null;
  await database.transaction(async ({ tests }) => {
    const held = await tests.hold(id);
    // A report may have been faster than the answer.
    if (held?.state !== 'sending') return;
    await tests.change(
      id,
      handed === null
        ? { state: 'failed', fault: 'gateway', settledAt, detail: 'no gateway' }
        : { ...handed, settledAt },
    );
  });
  if (handed === null) throw new ExchangeError('NO_CHANNEL');
}

/** Milliseconds before the agency may have another text sent to the number; 0 = now. */
function waitBefore(
  sent: readonly { readonly phone: string; readonly sentAt: Date }[],
  phone: string,
  now: Date,
): number {
  const last = sent.find((one) => one.phone === phone);
  const afterLast = last === undefined ? 0 : last.sentAt.getTime() + TEST_PAUSE_MS - now.getTime();
  const first = sent[MOST_TESTS_PER_DAY - 1];
  const afterFirst = first === undefined ? 0 : first.sentAt.getTime() + DAY_MS - now.getTime();
  return Math.max(0, afterLast, afterFirst);
}

function described({ id, phone, sentAt, state, fault, settledAt }: TestNoticeRow, now: Date): TestNotice {
  // The exchange ended while it handed this over: it may have gone.
  const isLeft = state === 'sending' && now.getTime() - sentAt.getTime() > HANDING_OVER_MS;
  return {
    id,
    phone,
    sentAt: sentAt.toISOString(),
    state: isLeft ? 'unsure' : state,
    fault,
    settledAt: settledAt?.toISOString() ?? null,
  };
}
