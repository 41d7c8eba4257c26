import type { TFunction } from 'i18next';
import { formatDecimal } from '../../i18n/format.ts';

/** `61,4`: a share in percent with one digit; "–" of nothing. */
export function percentOf(part: number, whole: number, locale: string): string {
  return whole === 0 ? '–' : formatDecimal((part / whole) * 100, locale);
}

/** "14 phút", "1 giờ 36": minutes, whole; "–" for none. */
export function inHours(t: TFunction, minutes: number | null): string {
  if (minutes === null) return '–';
  const whole = Math.round(minutes);
  if (whole < 60) return t('oversight.minutes', { count: whole });
  return t('oversight.hours', { hours: Math.floor(whole / 60), minutes: String(whole % 60).padStart(2, '0') });
}

/** "+4,1 %": how much more than before; empty when there was nothing before. */
export function change(now: number, before: number, locale: string): string {
  if (before === 0) return '';
  return `${signed((now / before - 1) * 100, locale)} %`;
}

export function signed(value: number, locale: string): string {
  return `${value >= 0 ? '+' : '−'}${formatDecimal(Math.abs(value), locale)}`;
}
