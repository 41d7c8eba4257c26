import { createHash, randomUUID } from 'node:crypto';
import type {
  Agency,
  ExchangeClient,
  ExchangeGateway,
  ExchangeOutcome,
  InboxItem,
  Receipt,
} from '#core/ports/exchange.ts';
import { urgencyFromRank } from '#shared/domain/urgency.ts';
import { readEdxml } from '#shared/edxml/read-edxml.ts';

type Failure = Exclude<ExchangeOutcome<never>, { kind: 'ok' }>;
export type HubCall = 'agencies' | 'put' | 'inbox' | 'download';

/** What one office's line to the hub does. */
export interface HubLine {
  /** Answers a call instead of the hub; null lets it through. */
  fail: (call: HubCall, messageId: string | null) => Failure | null;
  /** The request arrives and counts, but its answer is lost. */
  loseAnswers: boolean;
  /** Bytes that each download brings before the line breaks; null brings all. */
  cutDownloadsAfter: number | null;
  /** Every call that was made, in order. */
  readonly calls: { readonly call: HubCall; readonly messageId: string | null }[];
}

export interface OfficeHub {
  readonly gateway: ExchangeGateway;
  line(agencyCode: string): HubLine;
  inboxOf(agencyCode: string): readonly InboxItem[];
  bytesOf(messageId: string): Uint8Array | undefined;
  /** Puts any bytes into an office's inbox, as a careless or hostile exchange would. */
  slip(to: string, from: string, bytes: Uint8Array, change?: Partial<InboxItem>): InboxItem;
  /** Lists an item once more, under the next number. */
  repeat(to: string, item: InboxItem): void;
  setAgencies(agencies: readonly Agency[]): void;
  readonly sent: readonly { readonly from: string; readonly messageId: string }[];
}

/** Nobody signs with it: the hub stands for the exchange and the line to it. */
const HUB_KEY = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;

export const agency = (code: string, name: string, change: Partial<Agency> = {}): Agency => ({
  code,
  name,
  parentCode: null,
  groups: [],
  validFrom: null,
  validTo: null,
  ...change,
});

/** An exchange in memory with the same rules as the real one, whose lines can be made to fail. */
export function createOfficeHub(initial: readonly Agency[]): OfficeHub {
  let agencies = initial;
  let version = 1;
  const inboxes = new Map<string, InboxItem[]>();
  const bytesById = new Map<string, { bytes: Uint8Array; receipt: Receipt }>();
  const stored = new Map<string, Uint8Array>();
  const lines = new Map<string, HubLine>();
  const bells = new Map<string, Set<() => void>>();
  const sent: { from: string; messageId: string }[] = [];
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

  const inboxOf = (code: string): InboxItem[] => {
    const inbox = inboxes.get(code) ?? [];
    inboxes.set(code, inbox);
    return inbox;
  };
  const line = (code: string): HubLine => {
    const known = lines.get(code) ?? { fail: () => null, loseAnswers: false, cutDownloadsAfter: null, calls: [] };
    lines.set(code, known);
    return known;
  };
  const deliver = (to: string, item: Omit<InboxItem, 'seq'>): InboxItem => {
    const inbox = inboxOf(to);
    const placed = { ...item, seq: inbox.length + 1 };
    inbox.push(placed);
    for (const ring of bells.get(to) ?? []) ring();
    return placed;
  };

  const accept = (from: string, messageId: string, bytes: Uint8Array): ExchangeOutcome<Receipt> => {
    const before = bytesById.get(messageId);
    if (before !== undefined) {
      if (sha256(before.bytes) !== sha256(bytes)) return { kind: 'refused', code: 'MESSAGE_ID_CONFLICT', params: {} };
      return { kind: 'ok', value: before.receipt };
    }
    const message = readEdxml(bytes);
    if (message.from.organId !== from) return { kind: 'refused', code: 'SENDER_MISMATCH', params: {} };
    const targets = message.kind === 'document' ? message.to.map((one) => one.organId) : [message.responseFor.organId];
    const isKnown = (code: string) => agencies.some((one) => one.code === code && one.validTo === null);
    if (!targets.some(isKnown)) return { kind: 'refused', code: 'RECIPIENT_UNKNOWN', params: {} };
    const acceptedAt = new Date().toISOString();
    const item = {
      kind: message.kind,
      messageId,
      from,
      size: bytes.length,
      sha256: sha256(bytes),
      acceptedAt,
      urgency: (message.kind === 'document' ? urgencyFromRank(message.otherInfo.priority ?? 0) : null) ?? 'normal',
    };
    stored.set(messageId, bytes);
    const recipients = targets.map((organId) =>
      isKnown(organId)
        ? { organId, outcome: 'accepted' as const, seq: deliver(organId, item).seq }
        : { organId, outcome: 'unknown' as const },
    );
    const receipt: Receipt = { messageId, sha256: item.sha256, acceptedAt, recipients, proof: `proof of ${messageId}` };
    bytesById.set(messageId, { bytes, receipt });
    sent.push({ from, messageId });
    return { kind: 'ok', value: receipt };
  };

  const connect = (code: string): ExchangeClient => {
    const through = async <T>(
      call: HubCall,
      messageId: string | null,
      work: () => ExchangeOutcome<T> | Promise<ExchangeOutcome<T>>,
    ): Promise<ExchangeOutcome<T>> => {
      const mine = line(code);
      mine.calls.push({ call, messageId });
      const failure = mine.fail(call, messageId);
      if (failure !== null) return failure;
      const outcome = await work();
      return mine.loseAnswers ? { kind: 'offline', detail: 'the answer was lost' } : outcome;
    };
    return {
      agencies: (since) =>
        through('agencies', null, () => ({
          kind: 'ok',
          value: { version, agencies: since === version ? [] : [...agencies] },
        })),
      putMessage: (messageId, edxml) => through('put', messageId, () => accept(code, messageId, new Uint8Array(edxml))),
      inbox: ({ after, limit, waitSeconds }, signal) =>
        through('inbox', null, async () => {
          const page = () => inboxOf(code).slice(after, after + limit);
          if (page().length === 0 && waitSeconds > 0) {
            await new Promise<void>((resolve) => {
              const set = bells.get(code) ?? new Set();
              bells.set(code, set);
              const end = () => {
                set.delete(end);
                resolve();
              };
              set.add(end);
              signal?.addEventListener('abort', end, { once: true });
            });
          }
          if (signal?.aborted) return { kind: 'aborted' };
          const items = page();
          return { kind: 'ok', value: { items, cursor: after + items.length } };
        }),
      getMessage: ({ messageId, size, sha256: wanted }, sink) =>
        through('download', messageId, async () => {
          const bytes = stored.get(messageId);
          if (bytes === undefined) return { kind: 'refused', code: 'NOT_FOUND', params: {} };
          const have = await sink.size();
          const cut = line(code).cutDownloadsAfter;
          await sink.append(bytes.subarray(have, cut === null ? bytes.length : have + cut));
          if ((await sink.size()) < size) return { kind: 'offline', detail: 'cut' };
          if ((await sink.sha256()) !== wanted) {
            await sink.reset();
            return { kind: 'garbage', detail: 'bytes with another SHA-256' };
          }
          return { kind: 'ok', value: { size, sha256: wanted } };
        }),
      clockOffsetMs: () => null,
    };
  };

  return {
    gateway: {
      check: () => Promise.resolve({ kind: 'ok', value: { status: 'ok', serverTime: new Date().toISOString() } }),
      createDeviceSecret: () => Promise.resolve(`secret-${randomUUID()}`),
      enrol: ({ code }) => {
        const known = agencies.find((one) => one.code === code);
        if (known === undefined) return Promise.resolve({ kind: 'refused', code: 'ENROL_CODE_INVALID', params: {} });
        const value = {
          workstationId: randomUUID(),
          exchangeId: code,
          exchangeKey: HUB_KEY,
          agency: { code: known.code, name: known.name },
          serverTime: new Date().toISOString(),
        };
        return Promise.resolve({ kind: 'ok', value });
      },
      // Here the exchange's id tells whose connection it is: the hub gives each office its own.
      connect: ({ exchangeId }) => connect(exchangeId),
    },
    line,
    inboxOf,
    bytesOf: (messageId) => stored.get(messageId),
    slip: (to, from, bytes, change = {}) => {
      const messageId = change.messageId ?? randomUUID();
      stored.set(messageId, bytes);
      return deliver(to, {
        kind: 'document',
        messageId,
        from,
        size: bytes.length,
        sha256: sha256(bytes),
        acceptedAt: new Date().toISOString(),
        urgency: 'normal',
        ...change,
      });
    },
    repeat: (to, item) => void deliver(to, item),
    setAgencies: (next) => {
      agencies = next;
      version += 1;
    },
    sent,
  };
}
