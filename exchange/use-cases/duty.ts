import { createHash, randomInt, randomUUID } from 'node:crypto';
import type { Duty } from '#shared/domain/duty.ts';
import type { NoticeChannel } from '#shared/domain/escalation-policy.ts';
import type { Rota } from '#shared/domain/rota.ts';
import { DEFAULT_OFFICE_HOURS, type OfficeHours } from '#shared/domain/working-time.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import type { Database } from '../storage/database.ts';
import type { HandText } from './try-number.ts';

const CODE_LIFE_MS = 10 * 60_000;
/** Between two codes for one number: each costs money, and somebody's patience. */
const CODE_PAUSE_MS = 60_000;
const MOST_TRIES = 5;

export interface DutyServices {
  readonly database: Database;
  /** Ways by which people can be told. */
  readonly channels: readonly NoticeChannel[];
  readonly handText: HandText;
}

/** Who is told of what comes to an agency, as the exchange itself goes by. */
export async function readDuty({ database, channels }: DutyServices, agencyCode: string): Promise<Duty> {
  const { duty, directory } = database;
  const kept = await duty.rota(agencyCode);
  const parentCode = (await directory.find(agencyCode))?.parentCode ?? null;
  const parent = parentCode === null ? null : await directory.find(parentCode);
  // What an agency is sent goes by its senders' policies; mostly they are the province's.
  const policies = (await duty.currentPolicies(parentCode ?? ''))?.policies ?? [];
  return {
    version: kept?.version ?? 0,
    rota: kept?.rota ?? null,
    changedAt: kept?.changedAt.toISOString() ?? null,
    policies: [...policies],
    hasSupervisor: parentCode !== null && (await duty.rota(parentCode)) !== null,
    supervisor: parent === null ? null : { code: parent.code, name: parent.name },
    hours: (await duty.hours(agencyCode)) ?? DEFAULT_OFFICE_HOURS,
    calendar: await duty.calendar(),
    channels: [...channels],
  };
}

/** @throws ExchangeError DUTY_CHANGED when the rota is no longer the one that was changed */
export async function saveDuty(
  services: DutyServices,
  { agencyCode, workstationId }: { readonly agencyCode: string; readonly workstationId: string },
  { from, rota }: { readonly from: number; readonly rota: Rota },
  at: Date,
): Promise<Duty> {
  const version = await services.database.duty.saveRota(agencyCode, rota, { from, workstationId, at });
  if (version === null) throw new ExchangeError('DUTY_CHANGED');
  return readDuty(services, agencyCode);
}

export async function saveOfficeHours(services: DutyServices, agencyCode: string, hours: OfficeHours): Promise<Duty> {
  await services.database.duty.saveHours(agencyCode, hours);
  return readDuty(services, agencyCode);
}

/**
 * Sends a code to the number of an officer of the kept rota.
 * @throws ExchangeError NOT_FOUND when no officer has the number, RATE_LIMITED, NO_CHANNEL when there is no way, or it did not take the code
 */
export async function sendPhoneCode(
  { database, handText }: DutyServices,
  agencyCode: string,
  phone: string,
  at: Date,
): Promise<{ readonly expiresAt: string }> {
  const kept = await database.duty.rota(agencyCode);
  if (!kept?.rota.officers.some((officer) => officer.phone === phone)) throw new ExchangeError('NOT_FOUND');
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const expiresAt = new Date(at.getTime() + CODE_LIFE_MS);
  const notBefore = new Date(at.getTime() - CODE_PAUSE_MS);
  if (!(await database.duty.addPhoneCode(agencyCode, phone, { hash: hashOf(code), at, expiresAt, notBefore }))) {
    throw new ExchangeError('RATE_LIMITED', { retryAfter: CODE_PAUSE_MS / 1000 });
  }
  const text = `Van Thu: ma xac minh so dien thoai truc la ${code}, co hieu luc 10 phut.`;
  const handed = await handText(randomUUID(), phone, text);
  if (handed === null || handed.state === 'failed') throw new ExchangeError('NO_CHANNEL');
  return { expiresAt: expiresAt.toISOString() };
}

/** @throws ExchangeError PHONE_CODE_INVALID */
export async function confirmPhone(
  services: DutyServices,
  agencyCode: string,
  { phone, code }: { readonly phone: string; readonly code: string },
  at: Date,
): Promise<Duty> {
  const right = await services.database.duty.usePhoneCode(agencyCode, phone, {
    hash: hashOf(code),
    at,
    mostTries: MOST_TRIES,
  });
  if (!right) throw new ExchangeError('PHONE_CODE_INVALID');
  return readDuty(services, agencyCode);
}

const hashOf = (code: string): Buffer => createHash('sha256').update(code).digest();
