import { isoDate, vietnamTimestamp } from '../domain/vn-date.ts';
import { EdxmlError } from './edxml-error.ts';

export const EDXML_NAMESPACE = 'http://www.mic.gov.vn/TBT/QCVN_102_2016';

/**
 * Of our own elements beside those of the standard, which readers that do not know them pass over. The axis writes messages
 * anew and drops them: the standard's elements must say all that others need.
 */
export const EDXML_EXTENSION_NAMESPACE = 'urn:van-thu:edxml:1';

/**
 * A text as it can stand in XML 1.0: without control characters, lone surrogates and U+FFFE/U+FFFF, and without outer
 * white space, which readers cut anyway. Pasted text brings such characters; losing them loses nothing a person reads.
 */
export function cleanXmlText(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu, '').trim();
}

/** ISO `2017-05-24` → `2017/05/24`. @throws EdxmlError EDXML_BAD_FIELD for anything else */
export function toEdxmlDate(iso: string, field: string): string {
  if (readEdxmlDate(iso) !== iso) throw new EdxmlError('EDXML_BAD_FIELD', { field });
  return iso.replaceAll('-', '/');
}

/** ISO with `+07:00` → `yyyy/MM/dd HH:mm:ss`, the zone-less Vietnamese local time of the standard. */
export function toEdxmlTimestamp(iso: string, field: string): string {
  if (readEdxmlTimestamp(iso) !== iso) throw new EdxmlError('EDXML_BAD_FIELD', { field });
  return `${iso.slice(0, 10).replaceAll('-', '/')} ${iso.slice(11, 19)}`;
}

/** A time with its zone, as programs write an instant where the standard wants a day: `2026-05-23T17:00:00.000Z`. */
const zonedTime = /[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|UTC|GMT|([+-])(\d{2}):?(\d{2})?)$/i;

/** Minutes that the text's own zone is ahead of UTC; null without one. */
function zoneMinutes(text: string): number | null {
  const match = zonedTime.exec(text);
  if (!match) return null;
  const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}

/**
 * Any of `yyyy/MM/dd`, `yyyy-MM-dd`, `dd/MM/yyyy` → ISO date; null when it is no date. A time after it is dropped, but one with
 * a zone is an instant, whose day is that of Việt Nam.
 */
export function readEdxmlDate(text: string): string | null {
  if (zoneMinutes(text) !== null) return readEdxmlTimestamp(text)?.slice(0, 10) ?? null;
  return readDay(text);
}

function readDay(text: string): string | null {
  const yearFirst = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[T ].*)?$/s.exec(text);
  if (yearFirst) return isoDate(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
  const dayFirst = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:[T ].*)?$/s.exec(text);
  return dayFirst ? isoDate(Number(dayFirst[3]), Number(dayFirst[2]), Number(dayFirst[1])) : null;
}

/** `yyyy/MM/dd HH:mm:ss` (or with dashes, T, a zone, or no time) → ISO with +07:00; null when it is no time. */
export function readEdxmlTimestamp(text: string): string | null {
  const date = readDay(text);
  if (date === null) return null;
  const time = /^\S+?[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(text);
  const hour = Number(time?.[1] ?? 0);
  const minute = Number(time?.[2] ?? 0);
  const second = Number(time?.[3] ?? 0);
  if (hour > 23 || minute > 59 || second > 59) return null;
  const local = `${date}T${two(hour)}:${two(minute)}:${two(second)}`;
  const zone = zoneMinutes(text);
  return zone === null ? `${local}+07:00` : vietnamTimestamp(Date.parse(`${local}Z`) - zone * 60_000);
}

/** `<OrganId>,<yyyy/MM/dd>,<number>/<notation>`: the form of DocumentId in the standard's own samples. */
export function formatDocumentId(parts: {
  readonly organId: string;
  /** ISO date of promulgation. */
  readonly date: string;
  readonly number: string;
  readonly notation: string;
}): string {
  return `${parts.organId},${toEdxmlDate(parts.date, 'DocumentId')},${parts.number}/${parts.notation}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
