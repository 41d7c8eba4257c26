/** The schema of the exchange's database as queries see it; migrations/ makes it. */
import type { ColumnType, Generated } from 'kysely';
import type { InboxItem } from '#shared/wire/inbox.ts';
import type { EscalationPolicy, NoticeChannel } from '#shared/domain/escalation-policy.ts';
import type { FeedbackKind } from '#shared/domain/feedback.ts';
import type { Rota } from '#shared/domain/rota.ts';
import type { TestNoticeFault, TestNoticeState } from '#shared/domain/test-notice.ts';
import type { CalendarDay, OfficeHours } from '#shared/domain/working-time.ts';
import type { NoticeState } from '../rules/notice-rules.ts';
import type { Urgency } from '#shared/domain/urgency.ts';
import type { DeliveryEvent, DeliveryTime, EventParams } from '#shared/domain/delivery-events.ts';
import type { PrivateJwk, PublicJwk } from '#shared/domain/public-jwk.ts';
import type { Receipt } from '#shared/wire/messages.ts';

/** The driver gives bigint as text, because a number could not hold all of it. */
type BigInteger = ColumnType<string, string | number, string | number>;
/** The driver takes an object and gives what was parsed, which nobody checked. */
type Json<Value> = ColumnType<unknown, Value, Value>;
/** Written as ISO text; read by a cast to text, because the driver would make a moment of it. */
type Day = ColumnType<Date | null, string | null, string | null>;

export interface Tables {
  readonly exchange_identity: {
    readonly id: Generated<string>;
    readonly directory_version: Generated<string>;
    readonly private_jwk: ColumnType<unknown, never, PrivateJwk>;
    readonly epoch: Generated<string>;
    readonly epoch_since: Generated<Date>;
  };
  readonly agencies: {
    readonly code: string;
    readonly name: string;
    readonly parent_code: string | null;
    readonly groups: string[];
    readonly valid_from: Day;
    readonly valid_to: Day;
    readonly version: BigInteger;
    readonly last_seq: Generated<string>;
  };
  readonly workstations: {
    readonly id: string;
    readonly agency_code: string;
    readonly name: string;
    readonly public_jwk: Json<PublicJwk>;
    readonly key_thumbprint: string;
    readonly enrolled_at: Generated<Date>;
    readonly revoked_at: Date | null;
    readonly replaced_at: Date | null;
  };
  readonly enrolment_codes: {
    readonly code_hash: Buffer;
    readonly agency_code: string;
    readonly expires_at: Date;
    readonly used_at: Date | null;
    readonly workstation_id: string | null;
  };
  readonly messages: {
    readonly id: string;
    readonly sender_code: string;
    readonly kind: InboxItem['kind'];
    readonly document_id: string;
    readonly urgency: InboxItem['urgency'];
    readonly sha256: string;
    readonly size: BigInteger;
    readonly accepted_at: Date;
    readonly lost_at: Date | null;
  };
  readonly deliveries: {
    readonly agency_code: string;
    readonly seq: BigInteger;
    readonly message_id: string;
  };
  readonly documents: {
    readonly message_id: string;
    readonly sender_code: string;
    readonly document_id: string;
    readonly code: string;
    readonly type_name: string;
    readonly urgency: Urgency;
    readonly paper: boolean | null;
    readonly policy_id: string | null;
    readonly accepted_at: Date;
  };
  readonly document_deliveries: {
    readonly message_id: string;
    readonly recipient_code: string;
    readonly sender_code: string;
    readonly urgency: Urgency;
    readonly express_at: Date | null;
    readonly due_at: Date | null;
    readonly express_limit_minutes: number | null;
    readonly available_at: Date;
    readonly next_alarm_at: Date | null;
    readonly changed_by: Generated<string>;
    readonly opened_after_ms: ColumnType<string | null, never, never>;
    readonly opened_late: ColumnType<boolean | null, never, never>;
  } & { readonly [Time in DeliveryTime]: Date | null };
  readonly delivery_events: {
    readonly id: Generated<string>;
    readonly at: Date;
    readonly event: DeliveryEvent;
    readonly message_id: string;
    readonly recipient_code: string;
    readonly stated_by: string | null;
    readonly key: Generated<string>;
    readonly params: Json<EventParams>;
  };
  readonly agency_contacts: {
    readonly agency_code: string;
    readonly last_at: Date;
  };
  readonly supervising_agencies: {
    readonly agency_code: string;
    readonly under_code: string | null;
  };
  readonly paper_arrivals: {
    readonly recipient_code: string;
    readonly sender_code: string;
    readonly code: string;
    readonly day: ColumnType<Date, string, string>;
    readonly reported_at: Date;
    readonly withdrawn_at: Date | null;
  };
  readonly escalation_policies: {
    readonly id: Generated<string>;
    readonly agency_code: string | null;
    readonly body: Json<readonly EscalationPolicy[]>;
    readonly since: Generated<Date>;
  };
  readonly duty_rotas: {
    readonly agency_code: string;
    readonly version: BigInteger;
    readonly body: Json<Rota>;
    readonly changed_at: Date;
    readonly changed_by: string;
  };
  readonly phone_verifications: {
    readonly agency_code: string;
    readonly phone: string;
    readonly code_hash: Buffer | null;
    readonly sent_at: Date;
    readonly expires_at: Date;
    readonly tries: Generated<number>;
    readonly verified_at: Date | null;
  };
  readonly test_notices: {
    readonly id: string;
    readonly agency_code: string;
    readonly phone: string;
    readonly sent_at: Date;
    readonly state: TestNoticeState;
    readonly fault: TestNoticeFault | null;
    readonly gateway: string | null;
    readonly provider_id: string | null;
    readonly settled_at: Date | null;
    readonly detail: Generated<string>;
  };
  readonly feedback_reports: {
    readonly id: string;
    readonly agency_code: string;
    readonly workstation_id: string;
    readonly kind: FeedbackKind;
    readonly text: string;
    readonly person: string;
    readonly app_version: string;
    readonly bundle: string | null;
    readonly written_at: Date;
    readonly received_at: Date;
  };
  readonly feedback_answers: {
    readonly id: string;
    readonly report_id: string;
    readonly agency_code: string | null;
    readonly person: string;
    readonly text: string;
    readonly answered_at: Date;
  };
  readonly feedback_reads: {
    readonly answer_id: string;
    readonly read_at: Date;
  };
  readonly office_hours: {
    readonly agency_code: string;
    readonly body: Json<OfficeHours>;
  };
  readonly calendar_days: {
    readonly day: ColumnType<Date, string, string>;
    readonly kind: CalendarDay['kind'];
    readonly name: string;
  };
  readonly notices: {
    readonly id: string;
    readonly channel: NoticeChannel;
    readonly address: string;
    readonly person: string;
    readonly agency_code: string;
    readonly express: boolean;
    readonly state: NoticeState;
    readonly created_at: Date;
    readonly due_at: Date | null;
    readonly attempts: Generated<number>;
    readonly parts: Generated<number>;
    readonly text: string | null;
    readonly gateway: string | null;
    readonly provider_id: string | null;
    readonly handed_at: Date | null;
    readonly ended_at: Date | null;
    readonly detail: Generated<string>;
  };
  readonly notice_items: {
    readonly notice_id: string;
    readonly message_id: string;
    readonly recipient_code: string;
    readonly step_key: string;
    readonly channel: NoticeChannel;
  };
  readonly notice_rounds: {
    readonly only_row: Generated<boolean>;
    readonly last_at: Date;
  };
  readonly receipts: {
    readonly message_id: string;
    readonly body: Json<Receipt>;
  };
  readonly registers: {
    readonly agency_code: string;
    readonly id: string;
    readonly epoch: BigInteger;
    readonly workstation_id: string;
    readonly since: Generated<Date>;
  };
  readonly schema_migrations: {
    readonly number: number;
    readonly name: string;
    readonly applied_at: Generated<Date>;
  };
}
