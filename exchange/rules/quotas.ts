import type { EdxmlRouting } from '#shared/edxml/read-edxml.ts';
import { MAX_AGENCY_CODE } from '#shared/domain/agency-code.ts';
import { ExchangeError } from './exchange-error.ts';
import type { Limits } from './limits.ts';
import { TokenBuckets } from './token-buckets.ts';
import { Turns } from './turns.ts';

/** Longest identifier of a document that is kept; those seen have up to 60 characters. */
const MAX_DOCUMENT_ID = 300;

/** Who uses something. */
export interface User {
  readonly workstationId: string;
  readonly agencyCode: string;
}

/** What each workstation and agency has used of its share. Per server process. */
export class Quotas {
  readonly limits: Limits;
  /** By agency: messages that are being accepted. */
  readonly accepting: Turns;
  readonly #workstationRequests: TokenBuckets;
  readonly #agencyRequests: TokenBuckets;
  readonly #agencyBytes: TokenBuckets;
  readonly #agencyRecipients: TokenBuckets;
  readonly #bodies: Turns;
  readonly #polls: Turns;

  constructor(limits: Limits) {
    this.limits = limits;
    this.accepting = new Turns(limits.acceptingPerAgency, limits.waitingPerAgency);
    this.#workstationRequests = new TokenBuckets(limits.workstationRequests);
    this.#agencyRequests = new TokenBuckets(limits.agencyRequests);
    this.#agencyBytes = new TokenBuckets(limits.agencyBytes);
    this.#agencyRecipients = new TokenBuckets(limits.agencyRecipients);
    this.#bodies = new Turns(limits.bodiesPerWorkstation, limits.waitingPerWorkstation);
    this.#polls = new Turns(limits.pollsPerWorkstation, 0);
  }

  /** Counts a request. @throws ExchangeError RATE_LIMITED */
  countRequest({ workstationId, agencyCode }: User, now: number): void {
    requireNoWait(
      Math.max(
        this.#workstationRequests.waitFor(workstationId, now),
        this.#agencyRequests.waitFor(agencyCode, now),
        this.#agencyBytes.waitFor(agencyCode, now),
      ),
    );
    this.#workstationRequests.take(workstationId, 1, now);
    this.#agencyRequests.take(agencyCode, 1, now);
  }

  /** Counts what went over the line; more than there was left is paid off by waiting. */
  countBytes(agencyCode: string, bytes: number, now: number): void {
    this.#agencyBytes.take(agencyCode, bytes, now);
  }

  /**
   * Looks at how many a message is for, and counts them.
   * @throws ExchangeError TOO_MANY_RECIPIENTS, EDXML_INVALID, RATE_LIMITED
   */
  countRecipients(agencyCode: string, { to, documentId }: Pick<EdxmlRouting, 'to' | 'documentId'>, now: number): void {
    const limit = this.limits.recipientsPerMessage;
    if (to.length > limit) throw new ExchangeError('TOO_MANY_RECIPIENTS', { limit });
    if (documentId.length > MAX_DOCUMENT_ID) throw badField('DocumentId');
    if (to.some((organId) => organId.length > MAX_AGENCY_CODE)) throw badField('To.OrganId');
    requireNoWait(this.#agencyRecipients.waitFor(agencyCode, now));
    this.#agencyRecipients.take(agencyCode, to.length, now);
  }

  /** A place for a request that is held open or has a body. @throws ExchangeError RATE_LIMITED */
  takeTurn(kind: 'poll' | 'body', workstationId: string) {
    const turn = (kind === 'poll' ? this.#polls : this.#bodies).take(workstationId);
    if (!turn) throw new ExchangeError('RATE_LIMITED', { retryAfter: 1 });
    return turn;
  }

  /** Does something of an agency when it is its turn. @throws ExchangeError RATE_LIMITED, and what the work throws */
  async inTurn<Result>(agencyCode: string, work: () => Promise<Result>): Promise<Result> {
    const turn = this.accepting.take(agencyCode);
    if (!turn) throw new ExchangeError('RATE_LIMITED', { retryAfter: 1 });
    try {
      await turn.begun;
      return await work();
    } finally {
      turn.end();
    }
  }
}

function badField(field: string): ExchangeError {
  return new ExchangeError('EDXML_INVALID', { reason: 'EDXML_BAD_FIELD', detail: field });
}

/** `retryAfter` is in seconds. */
function requireNoWait(waitMs: number): void {
  if (waitMs > 0) throw new ExchangeError('RATE_LIMITED', { retryAfter: Math.ceil(waitMs / 1000) });
}
