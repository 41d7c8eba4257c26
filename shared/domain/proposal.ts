import type { PageRectangle } from './page-rectangle.ts';
import type { DocumentReference } from './relation.ts';
import type { Urgency } from './urgency.ts';
import { vietnamInstant } from './vn-date.ts';

/** Where to print a missing value: `x`,`y` is the start of the baseline, `width` the room up to the next text. */
export interface TextBlank {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly fontSize: number;
}

/** Room for the day (`x`, `width`) and, unless it is printed already, for the month. */
export interface DateBlank extends TextBlank {
  readonly month: { readonly x: number; readonly width: number } | null;
}

/** Secrecy marks (dấu độ mật). Such documents must not be stored or sent: the caller refuses them. */
export type SecrecyMark = 'Mật' | 'Tối mật' | 'Tuyệt mật';

/** A field read from the page counts as sure from this confidence on; below, the clerk is asked to check. */
export const SURE_CONFIDENCE = 0.8;

/** Fields that a letter's text can fill. Names are those of `confidence` and `regions`. */
export type ProposalField =
  | 'number'
  | 'notation'
  | 'date'
  | 'place'
  | 'agency'
  | 'parentAgency'
  | 'documentType'
  | 'abstract'
  | 'authority'
  | 'signerTitle'
  | 'signerName'
  | 'addressees'
  | 'recipients'
  | 'urgency'
  | 'meetingAt'
  | 'meetingEndsAt'
  | 'meetingPlace'
  | 'meetingChair'
  | 'meetingLink'
  | 'meetingPapers'
  | 'dueDate';

/** The meeting of a giấy mời, as far as it was found. Instants are ISO 8601 with Vietnam's offset. */
export interface ProposedMeeting {
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly place: string | null;
  /** Chủ trì. */
  readonly chair: string | null;
  /** Address of an online meeting. */
  readonly link: string | null;
  /** Tài liệu mang theo. */
  readonly papers: string | null;
}

/**
 * What the form can be filled with, read from the text of a letter. A field that was not found is null (lists: empty);
 * nothing is invented. `confidence` is 0 for it, 1 when its form leaves no doubt.
 */
export interface Proposal {
  /** False for a scan without a text layer: every field is empty and the form says so. */
  readonly textFound: boolean;
  readonly pageCount: number;
  /** Số, as printed: `07`, `241`. */
  readonly number: string | null;
  /** Ký hiệu, all that follows the number's slash: `VPUBND-HCTC`, `2016/QĐ-UBND`. */
  readonly notation: string | null;
  /** Ngày ban hành, ISO date. */
  readonly date: string | null;
  /** Địa danh. */
  readonly place: string | null;
  /** Cơ quan ban hành. */
  readonly agency: string | null;
  /** Cơ quan chủ quản. */
  readonly parentAgency: string | null;
  /** Tên loại, e.g. `Công văn`, `Quyết định`. */
  readonly documentType: string | null;
  /** Trích yếu nội dung, as printed. */
  readonly abstract: string | null;
  /** Quyền hạn ký, as printed, lines joined by a comma: `TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH`; null when signed directly. */
  readonly authority: string | null;
  /** Chức vụ người ký. */
  readonly signerTitle: string | null;
  /** Họ tên người ký. */
  readonly signerName: string | null;
  /** Kính gửi. */
  readonly addressees: readonly string[];
  /** Nơi nhận, without dashes and closing punctuation. */
  readonly recipients: readonly string[];
  readonly urgency: Urgency;
  /** `HH:mm` of "hỏa tốc hẹn giờ". */
  readonly expressHour: string | null;
  readonly secrecyMark: SecrecyMark | null;
  readonly meeting: ProposedMeeting | null;
  /** Hạn trả lời found in the text ("trước ngày 30/11/2026"), ISO date. */
  readonly dueDate: string | null;
  /** Documents that the text names. */
  readonly references: readonly DocumentReference[];
  /** 0 (not found) to 1 per field. */
  readonly confidence: Readonly<Record<ProposalField, number>>;
  /** Where each found field stands on the page. */
  readonly regions: Readonly<Partial<Record<ProposalField, PageRectangle>>>;
  /** Set when "Số:      /VPUBND" waits for its number. */
  readonly numberBlank: TextBlank | null;
  /** Set when "ngày     tháng     năm 2026" waits for its day (and month). */
  readonly dateBlank: DateBlank | null;
  /** Room free of text under số, ký hiệu for stamps of urgency (ô 10b), of each size where there is any. */
  readonly urgencyRooms: readonly PageRectangle[];
  /** The empty room between the signer's title and name, where the signature image goes. */
  readonly signatureAnchor: PageRectangle | null;
  /** Name of the legacy font encoding that the text seems to be in (unreadable as Unicode), else null. */
  readonly legacyEncoding: 'TCVN3' | 'VNI' | null;
}

const partsOfMeeting = {
  meetingAt: 'startsAt',
  meetingEndsAt: 'endsAt',
  meetingPlace: 'place',
  meetingChair: 'chair',
  meetingLink: 'link',
  meetingPapers: 'papers',
} as const satisfies Partial<Record<ProposalField, keyof ProposedMeeting>>;
type MeetingField = keyof typeof partsOfMeeting;

const isMeetingField = (field: ProposalField): field is MeetingField => field in partsOfMeeting;

/** What was read for a field as text, lists as one line per entry; null when nothing was. */
export function proposedText(proposal: Proposal, field: ProposalField): string | null {
  if (isMeetingField(field)) return proposal.meeting?.[partsOfMeeting[field]] ?? null;
  const read = proposal[field];
  return read === null || typeof read === 'string' ? read : read.join('\n');
}

/** The hour of "hỏa tốc hẹn giờ" as an instant (UTC): it is of the letter's own day; without a day nobody can tell. */
export function expressInstant(hour: string | null, day: string | null): string | null {
  return hour === null || day === null ? null : new Date(vietnamInstant(day, hour)).toISOString();
}
