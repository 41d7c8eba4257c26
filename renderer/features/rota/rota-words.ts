import type { TFunction } from 'i18next';
import { phoneKind } from '#shared/domain/phone-number.ts';
import type { Officer, Rota } from '#shared/domain/rota.ts';
import { formatVnDate, vietnamTimestamp, weekdayOf } from '#shared/domain/vn-date.ts';

/** In the order of ISO 8601: Monday is 1. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** `2026-12-05` → `05/12`. */
export const shortDay = (day: string): string => formatVnDate(day).slice(0, 5);

/** Instant in ms since 1970 → `07:00` in Việt Nam. */
export const clockOf = (at: number): string => vietnamTimestamp(at).slice(11, 16);

/** The weekday of a calendar day, for the catalogues. */
export const weekdayOfDay = (day: string): Weekday => weekdays[weekdayOf(day) - 1] ?? 'mon';

/** Instant in ms since 1970 → `T7 05/12 17:00`. */
export function momentText(t: TFunction, at: number): string {
  const day = vietnamTimestamp(at).slice(0, 10);
  return t('rota.moment', { weekday: t(`rota.weekdays.${weekdayOfDay(day)}`), day: shortDay(day), time: clockOf(at) });
}

export function officerOf(rota: Rota, id: string | null): Officer | null {
  return rota.officers.find((officer) => officer.id === id) ?? null;
}

/** The name of an officer; null in a gap; in words when the list no longer has him. */
export function nameOf(t: TFunction, rota: Rota, id: string | null): string | null {
  return id === null ? null : (officerOf(rota, id)?.name ?? t('rota.unknown'));
}

export type NumberState = 'verified' | 'unverified' | 'landline' | 'missing';

export function numberState(officer: Pick<Officer, 'phone' | 'phoneVerifiedAt'> | null): NumberState {
  if (officer === null || officer.phone === null) return 'missing';
  if (phoneKind(officer.phone) === 'landline') return 'landline';
  return officer.phoneVerifiedAt === null ? 'unverified' : 'verified';
}
