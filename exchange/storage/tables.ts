/** The schema of the exchange's database as queries see it; migrations/ makes it. */
import type { ColumnType, Generated } from 'kysely';
import type { InboxItem } from '#shared/wire/inbox.ts';
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
