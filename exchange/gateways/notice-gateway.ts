/**
 * The one interface to every channel that tells a person something: text message, Zalo, e-mail. A gateway sends and says
 * what is known afterwards; it keeps nothing. When to repeat, what to give up and whom to tell instead is the caller's.
 */
import type { NoticeChannel } from '#shared/domain/escalation-policy.ts';

export type { NoticeChannel };

export interface Notice {
  /** A UUID made by the caller and kept before sending: the request id at the provider. A repeat has the same one. */
  readonly id: string;
  /** A number as E.164 (`+84912345678`), or an e-mail address. */
  readonly to: string;
  /** The final text: for a text message within the parts that the caller counted, for e-mail the plain part. */
  readonly text: string;
  /** E-mail only. */
  readonly subject?: string;
  /** E-mail only: the same as `text`, as HTML. */
  readonly html?: string;
  /** Zalo only: the values of the parameters that the approved template has. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Why the same notice may succeed later as it is. */
export type RetryReason =
  /** No connection, or cut before the notice was handed over: certainly not sent. */
  | 'unreachable'
  /** The provider asks for less at a time. */
  | 'throttled'
  /** The provider says that it cannot at the moment. */
  | 'provider-busy'
  /** The caller's signal ended it before the notice was handed over. */
  | 'aborted';

/** Why the same notice will not succeed at this gateway. */
export type RejectReason =
  | 'invalid-number'
  | 'invalid-address'
  /** The recipient, or the network for the recipient, refuses messages from this sender. */
  | 'blocked'
  /** More than one part at a gateway that sends one: the caller's fault. */
  | 'too-long'
  /** Text or parameters do not fit the approved template. */
  | 'template'
  /** Money or messages of the account are used up. */
  | 'quota'
  /** User, password, key, brand name or sending address are not accepted: for IT, no fault of the notice. */
  | 'credentials'
  /** The number has no active Zalo account. */
  | 'not-on-zalo'
  /** Nothing of the above; `detail` says what the provider said. */
  | 'other';

interface Said {
  /** The gateway's name in the configuration. */
  readonly gateway: string;
  /** Code and words of the provider for the log and for IT, at most 200 characters, without secrets; may be empty. */
  readonly detail: string;
}

/** What is known after one attempt. */
export type Outcome =
  /** The provider has it. `final`: no delivery report will ever come. `providerId`: its own id, unique within `gateway`. */
  | (Said & { readonly kind: 'accepted'; readonly providerId: string | null; readonly final: boolean })
  /** Handed over, and then no answer: may have been sent. To be sent again under the same id unless a report comes. */
  | (Said & { readonly kind: 'unsure' })
  /** Certainly not sent. `afterMs`: how long the provider asks to wait, null = it did not say. */
  | (Said & { readonly kind: 'retry'; readonly reason: RetryReason; readonly afterMs: number | null })
  | (Said & { readonly kind: 'rejected'; readonly reason: RejectReason });

export interface NoticeGateway {
  readonly channel: NoticeChannel;
  readonly name: string;
  /**
   * One attempt; never rejects for what provider, network or signal do. An abort after the notice was handed over is
   * `unsure`, before that `retry`.
   */
  send(notice: Notice, signal: AbortSignal): Promise<Outcome>;
  /** Ends connections; sends that run end with an outcome. */
  close(): Promise<void>;
}

/**
 * `buffered`: the network has it and the phone not yet. The other three are final, though networks are known to correct
 * `failed` or `expired` by a later `delivered`.
 */
export type ReportState = 'delivered' | 'failed' | 'buffered' | 'expired';

export interface DeliveryReport {
  readonly gateway: string;
  /** The notice's id; null when the gateway no longer knows it (SMPP, after a restart): then `providerId` tells. */
  readonly id: string | null;
  readonly providerId: string | null;
  readonly state: ReportState;
  /** When the network says that it happened; else when the report came. */
  readonly at: Date;
  readonly detail: string;
}

/** Who is told of delivery reports. */
export interface ReportReceiver {
  /**
   * Also called for repeated reports and for messages that nobody knows: both are the receiver's to see. The provider
   * is told that its report was taken once this resolves; when it rejects, the provider is asked to repeat.
   */
  onReport(report: DeliveryReport): Promise<void>;
}

/** A request of a provider that calls back, as the HTTP server took it. */
export interface ReportRequest {
  /** What follows the gateway's name in the path, without a slash before it. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As it came, for a signature over it. */
  readonly body: string;
}

/** `refused`: not proved to be the provider's, to be answered with 403. `ignored`: the provider's, and no report. */
export type ReadReport = (request: ReportRequest, now: Date) => DeliveryReport | 'refused' | 'ignored';
