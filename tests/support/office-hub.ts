import { createHash, randomUUID } from 'node:crypto';
import type { Oversight, OverseenDelivery, SentDocument } from '#shared/domain/oversight.ts';
import type {
  Agency,
  ExchangeClient,
  ExchangeGateway,
  ExchangeOutcome,
  InboxItem,
  PaperArrival,
  Receipt,
  Statement,
} from '#core/ports/exchange.ts';
import { defaultPolicies } from '#shared/domain/default-policies.ts';
import type { Duty } from '#shared/domain/duty.ts';
import type { TestNotice } from '#shared/domain/test-notice.ts';
import { urgencyFromRank } from '#shared/domain/urgency.ts';
import type { WatchedDelivery } from '#shared/domain/watched-delivery.ts';
import { DEFAULT_OFFICE_HOURS } from '#shared/domain/working-time.ts';
import { readEdxml } from '#shared/edxml/read-edxml.ts';

import { createHubFeedback, type FeedbackCall, type HubFeedback } from './hub-feedback.ts';

type Failure = Exclude<ExchangeOutcome<never>, { kind: 'ok' }>;
export type HubCall =
  | FeedbackCall
  | 'paper-arrivals'
  | 'agencies'
  | 'put'
  | 'inbox'
  | 'download'
  | 'receipts'
  | 'statements'
  | 'watch'
  | 'duty'
  | 'save-duty';

/** What a supervising office is told of others. */
export interface Overseen {
  readonly figures: Oversight;
  readonly deliveries: OverseenDelivery[];
  readonly documents: SentDocument[];
}

/** What one office's line to the hub does. */
export interface HubLine {
  /** Answers a call instead of the hub; null lets it through. */
  fail: (call: HubCall, messageId: string | null) => Failure | null;
  /** Keeps a call hanging until the promise resolves; null lets it through. */
  hold: (call: HubCall, messageId: string | null, signal: AbortSignal | undefined) => Promise<void> | null;
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
  /** Notes all that was taken and delivered; the returned function puts the hub back to it, as a restored backup does. */
  backUp(): () => void;
  /** What an administrator does after a restore. */
  beginEpoch(): void;
  /** Somebody hands a message over under an id of his choice. */
  squat(messageId: string, from: string, bytes: Uint8Array): void;
  /** The bytes of a message are gone; the sender is asked for them when somebody wants them. */
  loseBytes(messageId: string): void;
  readonly sent: readonly { readonly from: string; readonly messageId: string }[];
  /** Says of deliveries how far they are now, to their sender and their recipient. */
  watch(...deliveries: readonly WatchedDelivery[]): void;
  /** What offices stated, each once, in the order in which it came. */
  readonly stated: readonly { readonly from: string; readonly statement: Statement }[];
  /** The rota of an agency, as the exchange has it; can be given another. */
  readonly duties: Map<string, Duty>;
  /** Texts that tried a number, by id. */
  readonly tested: Map<string, TestNotice>;
  /** What an office sees of others, by its code; those that are not here supervise nobody. */
  readonly overseen: Map<string, Overseen>;
  /** What offices reported as having come on paper alone, in the order in which it came. */
  readonly paperArrivals: readonly { readonly from: string; readonly arrival: PaperArrival }[];
  /** What offices reported, and the answers. */
  readonly feedback: HubFeedback;
  /** Refuses statements by what they say; null lets one count. */
  judge: (statement: Statement) => string | null;
}

/** The code that every number gets. */
export const PHONE_CODE = '100431';

/** Deliveries that one watch page of the hub holds. */
const WATCH_PAGE = 2;

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
  const bytesById = new Map<string, { from: string; bytes: Uint8Array; receipt: Receipt }>();
  const stored = new Map<string, Uint8Array>();
  const lines = new Map<string, HubLine>();
  const bells = new Map<string, Set<() => void>>();
  const sent: { from: string; messageId: string }[] = [];
  let epoch = randomUUID();
  const lost = new Map<string, string>();
  /** In the order of their last change, which is the position. */
  let watched: { readonly position: number; readonly delivery: WatchedDelivery }[] = [];
  let changes = 0;
  const duties = new Map<string, Duty>();
  const tested = new Map<string, TestNotice>();
  const testOf = (id: string): ExchangeOutcome<TestNotice> => {
    const test = tested.get(id);
    return test === undefined ? { kind: 'refused', code: 'NOT_FOUND', params: {} } : { kind: 'ok', value: test };
  };
  const overseen = new Map<string, Overseen>();
  const ofSupervisor = <Value>(code: string, pick: (seen: Overseen) => Value): ExchangeOutcome<Value> => {
    const seen = overseen.get(code);
    return seen === undefined
      ? { kind: 'refused', code: 'NOT_SUPERVISING', params: { agency: code } }
      : { kind: 'ok', value: pick(seen) };
  };
  const feedback = createHubFeedback();
  const paperArrivals: { from: string; arrival: PaperArrival }[] = [];
  const stated: { from: string; statement: Statement }[] = [];
  let judge: OfficeHub['judge'] = () => null;
  const watchedBy = (code: string) =>
    watched.filter(({ delivery }) => delivery.sender === code || delivery.recipient === code);
  const watchOf = (code: string) => String(watchedBy(code).at(-1)?.position ?? 0);
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

  const inboxOf = (code: string): InboxItem[] => {
    const inbox = inboxes.get(code) ?? [];
    inboxes.set(code, inbox);
    return inbox;
  };
  const line = (code: string): HubLine => {
    const known = lines.get(code) ?? {
      fail: () => null,
      hold: () => null,
      loseAnswers: false,
      cutDownloadsAfter: null,
      calls: [],
    };
    lines.set(code, known);
    return known;
  };
  const ringAll = () => {
    for (const set of bells.values()) for (const ring of set) ring();
  };
  const beginEpoch = () => {
    epoch = randomUUID();
    ringAll();
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
      if (lost.delete(messageId)) {
        stored.set(messageId, bytes);
        const receivers = [...inboxes].filter(([, items]) => items.some((item) => item.messageId === messageId));
        for (const [code, items] of receivers) {
          const item = items.find((one) => one.messageId === messageId);
          if (item !== undefined) deliver(code, item);
        }
      }
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
    const receipt: Receipt = { messageId, sha256: item.sha256, acceptedAt, recipients, proof: `${messageId} ${epoch}` };
    bytesById.set(messageId, { from, bytes, receipt });
    sent.push({ from, messageId });
    return { kind: 'ok', value: receipt };
  };

  const dutyOf = (code: string): Duty =>
    duties.get(code) ?? {
      version: 0,
      rota: null,
      changedAt: null,
      policies: [...defaultPolicies],
      hasSupervisor: true,
      supervisor: { code: 'H15', name: 'Văn phòng UBND tỉnh' },
      hours: DEFAULT_OFFICE_HOURS,
      calendar: [],
      channels: ['sms', 'email'],
    };
  const connect = (code: string): ExchangeClient => {
    const through = async <T>(
      call: HubCall,
      messageId: string | null,
      signal: AbortSignal | undefined,
      work: () => ExchangeOutcome<T> | Promise<ExchangeOutcome<T>>,
    ): Promise<ExchangeOutcome<T>> => {
      const mine = line(code);
      mine.calls.push({ call, messageId });
      const failure = mine.fail(call, messageId);
      if (failure !== null) return failure;
      await mine.hold(call, messageId, signal);
      if (signal?.aborted) return { kind: 'aborted' };
      const outcome = await work();
      return mine.loseAnswers ? { kind: 'offline', detail: 'the answer was lost' } : outcome;
    };
    return {
      agencies: (since, signal) =>
        through('agencies', null, signal, () => ({
          kind: 'ok',
          value: { version, agencies: since === version ? [] : [...agencies] },
        })),
      putMessage: (messageId, source, signal) =>
        through('put', messageId, signal, async () => accept(code, messageId, await source.read(0, source.size))),
      inbox: ({ after, epoch: known, anchor, limit, waitSeconds, watch }, signal) =>
        through('inbox', null, signal, async () => {
          const isHere = () =>
            after === 0
              ? known === null || known === epoch
              : known === epoch && inboxOf(code)[after - 1]?.messageId === anchor;
          const page = () => (isHere() ? inboxOf(code).slice(after, after + limit) : []);
          const watchMoved = () => watch !== null && watch !== watchOf(code);
          if (page().length === 0 && isHere() && waitSeconds > 0 && !watchMoved()) {
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
          const resend = [...lost].filter(([, sender]) => sender === code).map(([messageId]) => messageId);
          const value = {
            epoch,
            last: inboxOf(code).length,
            continues: isHere(),
            items,
            cursor: after + items.length,
            resend,
            watch: watchOf(code),
          };
          return { kind: 'ok', value };
        }),
      checkReceipts: (messageIds, proof, signal) =>
        through('receipts', null, signal, () => {
          const missing = messageIds.filter((messageId) => bytesById.get(messageId)?.from !== code);
          const [provenId, provenEpoch] = (proof ?? '').split(' ');
          if (provenEpoch === epoch && missing.includes(provenId ?? '')) beginEpoch();
          return { kind: 'ok', value: { epoch, missing } };
        }),
      reportPaperArrivals: (arrivals, signal) =>
        through('paper-arrivals', null, signal, () => {
          for (const arrival of arrivals) paperArrivals.push({ from: code, arrival });
          return { kind: 'ok', value: { unknown: [] } };
        }),
      putStatements: (statements, signal) =>
        through('statements', null, signal, () => {
          const results = statements.map((statement) => {
            const refused = judge(statement);
            if (refused === null && !stated.some((one) => one.statement.id === statement.id)) {
              stated.push({ from: code, statement });
            }
            return { id: statement.id, refused };
          });
          return { kind: 'ok', value: results };
        }),
      watch: (after, signal) =>
        through('watch', null, signal, () => {
          const from = after?.epoch === epoch ? Number(after.position) : 0;
          const rest = watchedBy(code).filter(({ position }) => position > from);
          const page = rest.slice(0, WATCH_PAGE);
          return {
            kind: 'ok',
            value: {
              epoch,
              position: String(page.at(-1)?.position ?? from),
              more: rest.length > page.length,
              deliveries: page.map(({ delivery }) => delivery),
            },
          };
        }),
      supervision: async () => ({ kind: 'ok', value: { supervises: overseen.has(code) } }),
      oversight: async () => ofSupervisor(code, ({ figures }) => figures),
      overseen: async () => ofSupervisor(code, ({ deliveries }) => ({ deliveries, more: false })),
      sentDocuments: async () => ofSupervisor(code, ({ documents }) => ({ documents, more: false })),
      getMessage: ({ messageId, size, sha256: wanted }, sink, signal) =>
        through('download', messageId, signal, async () => {
          const bytes = stored.get(messageId);
          if (lost.has(messageId)) return { kind: 'refused', code: 'MESSAGE_LOST', params: {} };
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
      ...feedback.calls(code, () => overseen.has(code), through),
      readDuty: (signal) => through('duty', null, signal, () => ({ kind: 'ok', value: dutyOf(code) })),
      saveDuty: (from, rota, signal) =>
        through('save-duty', null, signal, () => {
          const duty = dutyOf(code);
          if (duty.version !== from) return { kind: 'refused', code: 'DUTY_CHANGED', params: {} };
          duties.set(code, { ...duty, version: from + 1, rota, changedAt: new Date().toISOString() });
          return { kind: 'ok', value: dutyOf(code) };
        }),
      saveOfficeHours: (hours, signal) =>
        through('save-duty', null, signal, () => {
          duties.set(code, { ...dutyOf(code), hours });
          return { kind: 'ok', value: dutyOf(code) };
        }),
      sendPhoneCode: (phone, signal) =>
        through('save-duty', null, signal, () =>
          dutyOf(code).rota?.officers.some((officer) => officer.phone === phone)
            ? { kind: 'ok', value: { expiresAt: new Date().toISOString() } }
            : { kind: 'refused', code: 'NOT_FOUND', params: {} },
        ),
      tryNumber: (id, phone, signal) =>
        through('save-duty', null, signal, () => {
          const officer = dutyOf(code).rota?.officers.find((one) => one.phone === phone);
          if (officer === undefined) return { kind: 'refused', code: 'NOT_FOUND', params: {} };
          if (officer.phoneVerifiedAt === null) return { kind: 'refused', code: 'PHONE_NOT_VERIFIED', params: {} };
          const sentAt = new Date().toISOString();
          tested.set(id, { id, phone, sentAt, state: 'sent', fault: null, settledAt: null });
          return testOf(id);
        }),
      numberTried: (id, signal) => through('duty', null, signal, () => testOf(id)),
      confirmPhone: (phone, given, signal) =>
        through('save-duty', null, signal, () => {
          const duty = dutyOf(code);
          if (given !== PHONE_CODE || duty.rota === null) {
            return { kind: 'refused', code: 'PHONE_CODE_INVALID', params: {} };
          }
          const phoneVerifiedAt = new Date().toISOString();
          const officers = duty.rota.officers.map((officer) =>
            officer.phone === phone ? { ...officer, phoneVerifiedAt } : officer,
          );
          duties.set(code, { ...duty, rota: { ...duty.rota, officers } });
          return { kind: 'ok', value: dutyOf(code) };
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
    backUp: () => {
      const kept = {
        inboxes: [...inboxes].map(([code, items]) => [code, [...items]] as const),
        bytesById: [...bytesById],
        stored: [...stored],
        epoch,
      };
      return () => {
        for (const map of [inboxes, bytesById, stored]) map.clear();
        for (const [code, items] of kept.inboxes) inboxes.set(code, [...items]);
        for (const [id, value] of kept.bytesById) bytesById.set(id, value);
        for (const [id, bytes] of kept.stored) stored.set(id, bytes);
        epoch = kept.epoch;
        // The server was stopped for it: whoever waited asks again.
        ringAll();
      };
    },
    beginEpoch,
    squat: (messageId, from, bytes) => void accept(from, messageId, bytes),
    loseBytes: (messageId) => {
      const sender = sent.find((one) => one.messageId === messageId)?.from;
      if (sender === undefined) throw new Error(`nobody sent ${messageId}`);
      stored.delete(messageId);
      lost.set(messageId, sender);
      ringAll();
    },
    repeat: (to, item) => void deliver(to, item),
    setAgencies: (next) => {
      agencies = next;
      version += 1;
    },
    sent,
    watch: (...deliveries) => {
      for (const delivery of deliveries) {
        changes += 1;
        watched = [
          ...watched.filter(
            (one) => one.delivery.messageId !== delivery.messageId || one.delivery.recipient !== delivery.recipient,
          ),
          { position: changes, delivery },
        ];
      }
      ringAll();
    },
    duties,
    tested,
    overseen,
    paperArrivals,
    feedback,
    stated,
    get judge() {
      return judge;
    },
    set judge(next) {
      judge = next;
    },
  };
}
