import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import type { EnrolRequest, EnrolResponse } from '#shared/wire/exchange-api.ts';
import { ExchangeError } from '../exchange-error.ts';
import { type Database, inTransaction, onlyRow, type Queryable } from '../storage/database.ts';
import { normaliseAgencyCode, requireAgency } from './agencies.ts';

const CODE_LIFE_HOURS = 72;
/** Crockford's alphabet: no I, L, O, U, so that a code can be read out and typed. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export interface EnrolmentCode {
  /** Five groups of five letters and digits (125 bits). Shown once; only its hash is stored. */
  readonly code: string;
  readonly agencyCode: string;
  readonly expiresAt: Date;
}

/** A code that lets one workstation speak for an agency, once, within 72 hours (or `lifeHours`). */
export async function issueEnrolmentCode(
  database: Queryable,
  agencyCode: string,
  lifeHours: number = CODE_LIFE_HOURS,
): Promise<EnrolmentCode> {
  const agency = await requireAgency(database, agencyCode);
  const letters = Array.from(randomBytes(25), (byte) => ALPHABET[byte & 31]).join('');
  const stored = await database.query<{ expires_at: Date }>(
    `INSERT INTO enrolment_codes (code_hash, agency_code, expires_at)
     VALUES ($1, $2, now() + make_interval(secs => $3)) RETURNING expires_at`,
    [hashCode(letters), agency.code, lifeHours * 3600],
  );
  return { code: letters.replace(/.{5}(?=.)/g, '$&-'), agencyCode: agency.code, expiresAt: onlyRow(stored).expires_at };
}

/**
 * Enrols a workstation's key. A repeat with the same code and key (a lost answer) gives the same workstation again.
 * Throws ExchangeError ENROL_CODE_INVALID, ENROL_CODE_EXPIRED or ENROL_CODE_USED.
 */
export async function enrolWorkstation(database: Database, request: EnrolRequest, now: Date): Promise<EnrolResponse> {
  const thumbprint = await calculateJwkThumbprint(request.publicKey);
  const codeHash = hashCode(request.code);
  return inTransaction(database, async (transaction) => {
    const { rows } = await transaction.query<{
      agency_code: string;
      expired: boolean;
      workstation_id: string | null;
      key_thumbprint: string | null;
    }>(
      `SELECT code.agency_code, code.expires_at <= now() AS expired, code.workstation_id, station.key_thumbprint
       FROM enrolment_codes code LEFT JOIN workstations station ON station.id = code.workstation_id
       WHERE code.code_hash = $1 FOR UPDATE OF code`,
      [codeHash],
    );
    const found = rows[0];
    if (!found) throw new ExchangeError('ENROL_CODE_INVALID', 403);
    let workstationId = found.workstation_id;
    if (workstationId !== null) {
      if (found.key_thumbprint !== thumbprint) throw new ExchangeError('ENROL_CODE_USED', 403);
    } else {
      if (found.expired) throw new ExchangeError('ENROL_CODE_EXPIRED', 403);
      workstationId = randomUUID();
      await transaction.query(
        `INSERT INTO workstations (id, agency_code, name, public_jwk, key_thumbprint) VALUES ($1, $2, $3, $4, $5)`,
        [workstationId, found.agency_code, request.workstationName, request.publicKey, thumbprint],
      );
      await transaction.query('UPDATE enrolment_codes SET used_at = now(), workstation_id = $2 WHERE code_hash = $1', [
        codeHash,
        workstationId,
      ]);
    }
    const agency = await requireAgency(transaction, normaliseAgencyCode(found.agency_code));
    return {
      workstationId,
      exchangeId: await readExchangeId(transaction),
      agency: { code: agency.code, name: agency.name },
      serverTime: now.toISOString(),
    };
  });
}

/** The identity of this exchange for life: the audience of workstation tokens. */
export async function readExchangeId(database: Queryable): Promise<string> {
  return onlyRow(await database.query<{ id: string }>('SELECT id FROM exchange_identity')).id;
}

/** As typed: case, spaces and dashes do not matter; O is 0, I and L are 1. */
function hashCode(code: string): Buffer {
  const letters = code.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return createHash('sha256').update(letters).digest();
}

/** Takes a workstation's right to speak away, at once and for good. Throws when there is none of this id. */
export async function revokeWorkstation(database: Queryable, id: string): Promise<{ readonly revoked: string }> {
  const { rowCount } = await database.query(
    'UPDATE workstations SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1',
    [id],
  );
  if (rowCount === 0) throw new Error(`no workstation ${id}`);
  return { revoked: id };
}
