import type { Outcome, RejectReason, RetryReason } from './notice-gateway.ts';
import type { Secret } from './secret.ts';

const MOST_DETAIL = 200;

/** The outcomes of one gateway. What a provider says is cut, and its secrets are taken out. */
export interface Outcomes {
  accepted(providerId: string | null, detail: string, options?: { readonly final: boolean }): Outcome;
  unsure(detail: string): Outcome;
  retry(reason: RetryReason, detail: string, afterMs?: number | null): Outcome;
  rejected(reason: RejectReason, detail: string): Outcome;
}

export function outcomesOf(gateway: string, secrets: readonly Secret[]): Outcomes {
  const said = (detail: string) => ({ gateway, detail: tellable(detail, secrets) });
  return {
    accepted: (providerId, detail, { final } = { final: false }) => ({
      kind: 'accepted',
      providerId,
      final,
      ...said(detail),
    }),
    unsure: (detail) => ({ kind: 'unsure', ...said(detail) }),
    retry: (reason, detail, afterMs = null) => ({ kind: 'retry', reason, afterMs, ...said(detail) }),
    rejected: (reason, detail) => ({ kind: 'rejected', reason, ...said(detail) }),
  };
}

/** One line of at most 200 characters without secrets. */
export function tellable(detail: string, secrets: readonly Secret[] = []): string {
  let text = detail;
  for (const secret of secrets) {
    for (const form of [secret.reveal(), encodeURIComponent(secret.reveal())]) text = text.replaceAll(form, '…');
  }
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return Array.from(line).slice(0, MOST_DETAIL).join('');
}

/** Why something failed, for `detail`: the code of the system where there is one. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined || error.message.includes(code) ? error.message : `${code} ${error.message}`;
}
