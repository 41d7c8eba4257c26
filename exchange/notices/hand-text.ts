import type { TestNoticeFault } from '#shared/domain/test-notice.ts';
import type { Notice, NoticeGateway, Outcome } from '../gateways/notice-gateway.ts';
import type { HandedText } from '../use-cases/try-number.ts';

/** One attempt, which somebody waits for; a workstation waits 30 seconds for the answer. */
const HAND_TEXT_MS = 20_000;

/** Hands over one message at once, within so many milliseconds; `mayBeReported` when a delivery report can still come. */
export async function handOverOnce(
  gateway: NoticeGateway,
  notice: Notice,
  withinMs: number = HAND_TEXT_MS,
): Promise<{ readonly outcome: Outcome; readonly mayBeReported: boolean }> {
  const outcome = await gateway.send(notice, AbortSignal.timeout(withinMs));
  const mayBeReported = outcome.kind === 'unsure' || (outcome.kind === 'accepted' && !outcome.final);
  return { outcome, mayBeReported };
}

/** Hands over one text message; null when no gateway sends texts. */
export async function handText(
  gateways: readonly NoticeGateway[],
  id: string,
  to: string,
  text: string,
): Promise<HandedText | null> {
  const gateway = gateways.find(({ channel }) => channel === 'sms');
  if (gateway === undefined) return null;
  const { outcome, mayBeReported } = await handOverOnce(gateway, { id, to, text });
  const said = { gateway: outcome.gateway, providerId: null, fault: null, detail: outcome.detail };
  switch (outcome.kind) {
    case 'accepted':
      return { ...said, state: mayBeReported ? 'sent' : 'delivered', providerId: outcome.providerId };
    case 'unsure':
      return { ...said, state: 'unsure' };
    case 'retry':
      return { ...said, state: 'failed', fault: 'gateway', detail: outcome.detail || outcome.reason };
    case 'rejected':
      return { ...said, state: 'failed', fault: faultOf(outcome.reason), detail: outcome.detail || outcome.reason };
  }
}

const faultOf = (reason: (Outcome & { readonly kind: 'rejected' })['reason']): TestNoticeFault =>
  reason === 'invalid-number' || reason === 'blocked' ? 'number' : 'gateway';
