import { type Kysely, sql } from 'kysely';
import { type PrivateJwk, privateJwkSchema, type PublicJwk, publicJwkSchema } from '#shared/domain/public-jwk.ts';
import type { RegisterClaim } from '#shared/wire/enrolment.ts';
import type { KnownCode } from '../rules/enrolment-code.ts';
import type { KnownRegister } from '../rules/register-claim.ts';
import type { KnownWorkstation } from '../rules/workstation-token.ts';
import { prepared } from './prepared-statements.ts';
import type { Tables } from './tables.ts';

/** What is known of a code, and whose it is. */
export type StoredCode = KnownCode & { readonly agencyCode: string };

/** Whose workstations may speak for which agency. */
export class EnrolmentStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** The identity of this exchange for life: the audience of workstation tokens. */
  async exchangeId(): Promise<string> {
    return (await this.#db.selectFrom('exchange_identity').select('id').executeTakeFirstOrThrow()).id;
  }

  /** The key that this exchange signs with for life: the one kept before, or else the one offered. */
  async exchangeKey(offered: PrivateJwk): Promise<PrivateJwk> {
    // The update holds the row: of several servers that start together, the first one's key stays.
    const row = await this.#db
      .updateTable('exchange_identity')
      .set({ private_jwk: sql<PrivateJwk>`coalesce(private_jwk, ${JSON.stringify(offered)}::jsonb)` })
      .returning('private_jwk')
      .executeTakeFirstOrThrow();
    return privateJwkSchema.parse(row.private_jwk);
  }

  /** Keeps the hash of a one-time code and returns when it expires. */
  async addCode(codeHash: Buffer, agencyCode: string, lifeSeconds: number): Promise<Date> {
    const row = await this.#db
      .insertInto('enrolment_codes')
      .values({
        code_hash: codeHash,
        agency_code: agencyCode,
        expires_at: sql<Date>`now() + make_interval(secs => ${lifeSeconds})`,
      })
      .returning('expires_at')
      .executeTakeFirstOrThrow();
    return row.expires_at;
  }

  /** What is known of a code. Holds its row, so that two workstations with one code take turns. */
  async lockCode(codeHash: Buffer): Promise<StoredCode | null> {
    const row = await this.#db
      .selectFrom('enrolment_codes as code')
      .leftJoin('workstations as station', 'station.id', 'code.workstation_id')
      .select(['code.agency_code', 'station.id', 'station.key_thumbprint'])
      .select(sql<boolean>`code.expires_at <= now()`.as('expired'))
      .where('code.code_hash', '=', codeHash)
      .forUpdate('code')
      .executeTakeFirst();
    if (!row) return null;
    const { agency_code: agencyCode, expired, id, key_thumbprint: keyThumbprint } = row;
    return { agencyCode, expired, workstation: id === null || keyThumbprint === null ? null : { id, keyThumbprint } };
  }

  /** Enrols a workstation and uses the code up. */
  async addWorkstation(
    codeHash: Buffer,
    workstation: {
      readonly id: string;
      readonly agencyCode: string;
      readonly name: string;
      readonly publicKey: PublicJwk;
      readonly keyThumbprint: string;
    },
  ): Promise<void> {
    await this.#db
      .insertInto('workstations')
      .values({
        id: workstation.id,
        agency_code: workstation.agencyCode,
        name: workstation.name,
        public_jwk: workstation.publicKey,
        key_thumbprint: workstation.keyThumbprint,
      })
      .execute();
    await this.#db
      .updateTable('enrolment_codes')
      .set({ used_at: sql<Date>`now()`, workstation_id: workstation.id })
      .where('code_hash', '=', codeHash)
      .execute();
  }

  /** The register of an agency. Holds the agency's row, so that two workstations of it take turns. */
  async lockRegister(agencyCode: string): Promise<KnownRegister | null> {
    await this.#db.selectFrom('agencies').select('code').where('code', '=', agencyCode).forNoKeyUpdate().execute();
    const row = await this.#db
      .selectFrom('registers as register')
      .innerJoin('workstations as station', 'station.id', 'register.workstation_id')
      .select(['register.id', 'register.epoch', 'register.since', 'station.name', 'station.key_thumbprint'])
      .where('register.agency_code', '=', agencyCode)
      .executeTakeFirst();
    if (!row) return null;
    const { id, epoch, since, name: workstationName, key_thumbprint: keyThumbprint } = row;
    return { id, epoch: Number(epoch), workstationName, keyThumbprint, since };
  }

  /** From now on this register speaks for the agency; workstations of another one no longer do. */
  async setRegister(agencyCode: string, register: RegisterClaim, workstationId: string): Promise<void> {
    const { id, epoch } = register;
    await this.#db
      .insertInto('registers')
      .values({ agency_code: agencyCode, id, epoch, workstation_id: workstationId })
      .onConflict((conflict) =>
        conflict.column('agency_code').doUpdateSet(({ ref }) => ({
          id: ref('excluded.id'),
          epoch: ref('excluded.epoch'),
          workstation_id: ref('excluded.workstation_id'),
          since: ref('excluded.since'),
        })),
      )
      .execute();
    await this.#db
      .updateTable('workstations')
      .set({ replaced_at: sql<Date>`now()` })
      .where('agency_code', '=', agencyCode)
      .where('id', '<>', workstationId)
      .where('replaced_at', 'is', null)
      .execute();
  }

  async findWorkstation(id: string): Promise<KnownWorkstation | null> {
    const row = await this.#db
      .selectFrom('workstations')
      .modifyFront(prepared)
      .select(['agency_code', 'public_jwk'])
      .select(({ eb }) => [
        eb('revoked_at', 'is not', null).as('revoked'),
        eb('replaced_at', 'is not', null).as('replaced'),
      ])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) return null;
    return {
      agencyCode: row.agency_code,
      publicKey: publicJwkSchema.parse(row.public_jwk),
      revoked: Boolean(row.revoked),
      replaced: Boolean(row.replaced),
    };
  }

  /** Takes a workstation's right to speak away; false when there is none of this id. */
  async revokeWorkstation(id: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('workstations')
      .set({ revoked_at: sql<Date>`coalesce(revoked_at, now())` })
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }
}
