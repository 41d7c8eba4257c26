/**
 * The exchange server as the core sees it. Every call ends in a typed outcome: nothing that a network or a server does
 * makes it throw. Keys and tokens stay behind this port.
 */
import type { FeedbackKind, FeedbackSelection } from '#shared/domain/feedback.ts';
import type { Duty } from '#shared/domain/duty.ts';
import type { TestNotice } from '#shared/domain/test-notice.ts';
import type { PublicJwk } from '#shared/domain/public-jwk.ts';
import type { Rota } from '#shared/domain/rota.ts';
import type { OfficeHours } from '#shared/domain/working-time.ts';
import type { Agency, Directory } from '#shared/wire/directory.ts';
import type { EnrolResponse, RegisterClaim } from '#shared/wire/enrolment.ts';
import type { FeedbackReport, OverseenFeedback } from '#shared/wire/feedback.ts';
import type { Health } from '#shared/wire/health.ts';
import type { InboxItem, InboxPage } from '#shared/wire/inbox.ts';
import type { Receipt } from '#shared/wire/messages.ts';
import type { Statement } from '#shared/wire/statements.ts';
import type {
  OverseenDelivery,
  OverseenPlace,
  Oversight,
  OversightSelection,
  SentDocument,
  SentSelection,
} from '#shared/domain/oversight.ts';
import type { WatchedDelivery } from '#shared/domain/watched-delivery.ts';

export type { FeedbackReport, OverseenFeedback };
export type { Agency, Directory, EnrolResponse, Health, InboxItem, InboxPage, Receipt, RegisterClaim, Statement };

export type ExchangeOutcome<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  /** No connection, or it broke: try again when the network changes or after a back-off. */
  | { readonly kind: 'offline'; readonly detail: string }
  /** The server (or a proxy before it) is there but cannot serve now. `retryAfterMs` is its own wish, when it gave one. */
  | { readonly kind: 'retry-later'; readonly retryAfterMs: number | null; readonly detail: string }
  /** A decision of the exchange: repeating the same request gives the same answer. */
  | { readonly kind: 'refused'; readonly code: string; readonly params: Readonly<Record<string, ExchangeParam>> }
  /** The answer is not one of the exchange (captive portal, wrong hash, wrong shape): believe nothing of it. */
  | { readonly kind: 'garbage'; readonly detail: string }
  /** The clocks differ and correcting by `offsetMs` (server minus this machine) did not help. */
  | { readonly kind: 'clock'; readonly offsetMs: number }
  /** The caller's own signal ended the call. */
  | { readonly kind: 'aborted' };

export type ExchangeParam = string | number | boolean | null;

/** What a workstation keeps after enrolment. `deviceSecret` is opaque and belongs in the secret store. */
export interface ExchangeConnection {
  readonly url: string;
  readonly exchangeId: string;
  /** What the exchange proved itself with at enrolment: answers and receipts by any other key are not believed. */
  readonly exchangeKey: PublicJwk;
  readonly workstationId: string;
  readonly deviceSecret: string;
}

export interface EnrolmentRequest {
  readonly url: string;
  /** One-time code given by the province's administrator. */
  readonly code: string;
  readonly workstationName: string;
  /** From `createDeviceSecret`; store it first, so that a lost answer can be asked for again with the same key. */
  readonly deviceSecret: string;
  readonly register: RegisterClaim;
  /** What a person decided after a refusal: AGENCY_DIFFERS, REGISTER_EXISTS or REGISTER_OUTDATED. */
  readonly mergeAgency: boolean;
  readonly replaceRegister: boolean;
}

/** A position in an inbox; nulls and 0 at the start. */
export interface InboxRequest {
  readonly after: number;
  readonly epoch: string | null;
  /** The message with the number `after`. */
  readonly anchor: string | null;
  readonly limit: number;
  readonly waitSeconds: number;
  /** The `watch` of the last page: another one now ends the waiting. Null before there was one. */
  readonly watch: string | null;
}

/** Where a reader of the watched deliveries stands. */
export interface WatchPosition {
  readonly epoch: string;
  readonly position: string;
}

export interface WatchPage extends WatchPosition {
  readonly more: boolean;
  readonly deliveries: readonly WatchedDelivery[];
}

/** Days in Việt Nam; `to` is not in the period any more. */
export interface OverseenPeriod {
  readonly from: string;
  readonly to: string;
}

/** Deliveries of one agency (null: of all), the newest first, after one that is known. */
export interface OverseenRequest extends OverseenPeriod {
  readonly agency: string | null;
  readonly which: OversightSelection;
  readonly after: OverseenPlace | null;
  readonly limit?: number;
}

/** Documents that one agency sent, the newest first, after one that is known. */
export interface SentDocumentsRequest extends OverseenPeriod {
  readonly agency: string;
  readonly which: SentSelection;
  readonly after: Pick<SentDocument, 'at' | 'key'> | null;
}

/** A document that came on paper alone; `withdrawn` when it came through the exchange after all. */
export interface PaperArrival {
  readonly senderCode: string;
  /** Số, ký hiệu. */
  readonly code: string;
  /** Day of the dấu ĐẾN. */
  readonly day: string;
  readonly withdrawn: boolean;
}

/** A report (vướng mắc) as it is sent. */
export interface FeedbackToSend {
  readonly id: string;
  readonly kind: FeedbackKind;
  readonly text: string;
  readonly person: string;
  readonly writtenAt: string;
  readonly appVersion: string;
  /** What the clerk agreed to, exactly as she saw it; null when she did not. */
  readonly bundle: string | null;
}

/** Where the next page of reports begins; opaque. */
export interface FeedbackPlace {
  readonly before: string;
  readonly beforeId: string;
}

/** What the exchange made of one statement. */
export interface StatementResult {
  readonly id: string;
  /** Null when it counts. */
  readonly refused: string | null;
}

/** Which of the messages that were asked for the exchange no longer has. */
export interface ReceiptCheck {
  readonly epoch: string;
  readonly missing: readonly string[];
}

/** Where a download goes. It survives a broken link and a restart: `size` says how much is already kept. */
export interface MessageSink {
  size(): Promise<number>;
  append(bytes: Uint8Array): Promise<void>;
  /** Forget everything kept so far. */
  reset(): Promise<void>;
  /** Lower-case hex SHA-256 of what is kept, after it is durable. */
  sha256(): Promise<string>;
}

/** Most messages that one `checkReceipts` asks for. */
export const MOST_CHECKED_MESSAGES = 500;

/** Most statements that one `putStatements` carries. */
export const MOST_STATEMENTS = 50;

/** A message that is sent from where it lies, so that it is never whole in memory. */
export interface MessageSource {
  /** In bytes. */
  readonly size: number;
  /** Lower-case hex; checked against the bytes before they are handed out for sending. */
  readonly sha256: string;
  /**
   * The bytes from `start` up to, not including, `end`. They are valid until the next reading, which may use the same memory.
   * @throws CodedError FILE_MISSING, FILE_DAMAGED (too short)
   */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Makes keys and connections; one per process. */
export interface ExchangeGateway {
  /** Whether an exchange answers at the address. */
  check(url: string, signal?: AbortSignal): Promise<ExchangeOutcome<Health>>;
  /** A new device key (P-256). Not yet known to any exchange. */
  createDeviceSecret(): Promise<string>;
  /** Repeating it with the same code and secret gives the same answer. */
  enrol(request: EnrolmentRequest, signal?: AbortSignal): Promise<ExchangeOutcome<EnrolResponse>>;
  connect(connection: ExchangeConnection): ExchangeClient;
}

export interface ExchangeClient {
  /** Agencies changed after `sinceVersion` (0 = all). */
  agencies(sinceVersion: number, signal?: AbortSignal): Promise<ExchangeOutcome<Directory>>;
  /**
   * Hands over an edXML file. The same id and bytes may be sent any number of times and give the same receipt; what an
   * earlier attempt brought over is not sent again. A line that is silent ends as 'offline'.
   * @param messageId UUID made by the sender before the first attempt
   * @throws CodedError what reading the source throws
   */
  putMessage(messageId: string, source: MessageSource, signal?: AbortSignal): Promise<ExchangeOutcome<Receipt>>;
  /** Items after the position; holds the request open up to `waitSeconds` (at most 25) while there is none. */
  inbox(request: InboxRequest, signal?: AbortSignal): Promise<ExchangeOutcome<InboxPage>>;
  /**
   * Asks for messages that the exchange took from this agency, at most `MOST_CHECKED_MESSAGES` of them.
   * @param proof of the receipt of one of them, which proves to a restored exchange that it is one
   */
  checkReceipts(
    messageIds: readonly string[],
    proof: string | null,
    signal?: AbortSignal,
  ): Promise<ExchangeOutcome<ReceiptCheck>>;
  /**
   * States what this office knows of documents that it sent or received, at most `MOST_STATEMENTS` at a time. A statement
   * counts once under its id, however often it is sent. 'ok' answers for each of them.
   */
  putStatements(
    statements: readonly Statement[],
    signal?: AbortSignal,
  ): Promise<ExchangeOutcome<readonly StatementResult[]>>;
  /**
   * Reports documents that came on paper alone, or withdraws such reports; the same again changes nothing. Answers the places
   * of those that count for nobody.
   */
  reportPaperArrivals(
    arrivals: readonly PaperArrival[],
    signal?: AbortSignal,
  ): Promise<ExchangeOutcome<{ readonly unknown: readonly number[] }>>;
  /** The watched deliveries that changed after a position; null, or one of another epoch, reads from the start. */
  watch(after: WatchPosition | null, signal?: AbortSignal): Promise<ExchangeOutcome<WatchPage>>;
  /** Whether this agency sees the figures of others. */
  supervision(signal?: AbortSignal): Promise<ExchangeOutcome<{ readonly supervises: boolean }>>;
  /** Figures of the agencies that this one supervises; refused with NOT_SUPERVISING or PERIOD_INVALID. */
  oversight(period: OverseenPeriod, signal?: AbortSignal): Promise<ExchangeOutcome<Oversight>>;
  /** A page of the deliveries behind one of the figures. */
  overseen(
    request: OverseenRequest,
    signal?: AbortSignal,
  ): Promise<ExchangeOutcome<{ readonly deliveries: readonly OverseenDelivery[]; readonly more: boolean }>>;
  /** A page of the documents behind what an agency sent. */
  sentDocuments(
    request: SentDocumentsRequest,
    signal?: AbortSignal,
  ): Promise<ExchangeOutcome<{ readonly documents: readonly SentDocument[]; readonly more: boolean }>>;
  /**
   * Hands over a report; the same again under its id changes nothing. Refused with FEEDBACK_CONFLICT, FEEDBACK_LIMIT or
   * FEEDBACK_TOO_LARGE.
   */
  sendFeedback(report: FeedbackToSend, signal?: AbortSignal): Promise<ExchangeOutcome<{ readonly receivedAt: string }>>;
  /** A page of this agency's reports with their answers, first what was sent or answered last. */
  feedback(
    after: FeedbackPlace | null,
    signal?: AbortSignal,
  ): Promise<ExchangeOutcome<{ readonly reports: readonly FeedbackReport[]; readonly next: FeedbackPlace | null }>>;
  /** Says of answers to this agency that somebody has read them, at most 200 at a time. */
  markAnswersRead(answerIds: readonly string[], signal?: AbortSignal): Promise<ExchangeOutcome<unknown>>;
  /** A page of the reports of agencies that this one supervises; refused with NOT_SUPERVISING. */
  overseenFeedback(
    asked: { readonly which: FeedbackSelection; readonly after: FeedbackPlace | null },
    signal?: AbortSignal,
  ): Promise<
    ExchangeOutcome<{
      readonly reports: readonly OverseenFeedback[];
      readonly next: FeedbackPlace | null;
      readonly open: number;
    }>
  >;
  /** The diagnostic bundle of one of them. */
  overseenBundle(id: string, signal?: AbortSignal): Promise<ExchangeOutcome<{ readonly bundle: string }>>;
  /** Answers one of them; the same again under the answer's id changes nothing. */
  answerFeedback(
    answer: { readonly id: string; readonly reportId: string; readonly text: string; readonly person: string },
    signal?: AbortSignal,
  ): Promise<ExchangeOutcome<{ readonly at: string }>>;
  /** Brings one message into the sink, resuming what the sink has; 'ok' only when size and SHA-256 are right. */
  getMessage(
    item: Pick<InboxItem, 'messageId' | 'size' | 'sha256'>,
    sink: MessageSink,
    signal?: AbortSignal,
  ): Promise<ExchangeOutcome<{ readonly size: number; readonly sha256: string }>>;
  /** The rota of this agency, with what is needed to see who is told when. */
  readDuty(signal?: AbortSignal): Promise<ExchangeOutcome<Duty>>;
  /** Replaces the rota that had the version `from`; refused with DUTY_CHANGED when it no longer is the one. */
  saveDuty(from: number, rota: Rota, signal?: AbortSignal): Promise<ExchangeOutcome<Duty>>;
  saveOfficeHours(hours: OfficeHours, signal?: AbortSignal): Promise<ExchangeOutcome<Duty>>;
  /**
   * Sends a code to the number (E.164) of an officer of the saved rota. 'retry-later' when one was sent just now; refused
   * with NOT_FOUND or NO_CHANNEL. Never repeated: each one is a message.
   */
  sendPhoneCode(phone: string, signal?: AbortSignal): Promise<ExchangeOutcome<{ readonly expiresAt: string }>>;
  /**
   * Has a text that says it is a test sent to the verified number (E.164) of an officer of the saved rota; 'retry-later' when
   * there were too many. The same id sends once.
   */
  tryNumber(id: string, phone: string, signal?: AbortSignal): Promise<ExchangeOutcome<TestNotice>>;
  numberTried(id: string, signal?: AbortSignal): Promise<ExchangeOutcome<TestNotice>>;
  /** Gives back the 6 digits that came to the number; refused with PHONE_CODE_INVALID. */
  confirmPhone(phone: string, code: string, signal?: AbortSignal): Promise<ExchangeOutcome<Duty>>;
  /** Server clock minus this machine's, in milliseconds, as last seen; null before the first answer. */
  clockOffsetMs(): number | null;
}
