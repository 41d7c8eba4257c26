/** Longest meeting, in days: a longer one has a wrong month or year. */
export const LONGEST_MEETING_DAYS = 31;

/** Whether a document of this type asks people to a meeting (giấy mời, NĐ 30/2020 Điều 7); others write "Giấy mời họp". */
export function isInvitation(documentType: string): boolean {
  return /^giấy mời(?!\p{L})/iu.test(documentType.normalize('NFC').trim());
}

/** What a document that asks to no meeting says of one. */
export const noMeeting = {
  meetingAt: null,
  meetingEndsAt: null,
  meetingPlace: '',
  meetingChair: '',
  meetingLink: '',
  meetingPapers: '',
} as const;

/** When a meeting is, as a document keeps it: UTC instants. */
export interface MeetingHours {
  readonly documentType: string;
  readonly meetingAt: string | null;
  readonly meetingEndsAt: string | null;
}

/** What is wrong with the hours of a meeting, and at which field. */
export type MeetingProblem =
  | { readonly code: 'start-missing' | 'gone'; readonly field: 'meetingAt' }
  | { readonly code: 'ends-before-start' | 'too-long'; readonly field: 'meetingEndsAt' };

/**
 * What no recipient could put into a calendar, of a document that is to be issued at `now` (milliseconds since 1970); null
 * when nothing is. An invitation need not say its hour: some name it in an appendix.
 */
export function checkMeeting(
  { documentType, meetingAt, meetingEndsAt }: MeetingHours,
  now: number,
): MeetingProblem | null {
  if (!isInvitation(documentType)) return null;
  if (meetingAt === null) return meetingEndsAt === null ? null : { code: 'start-missing', field: 'meetingAt' };
  const start = Date.parse(meetingAt);
  if (start <= now) return { code: 'gone', field: 'meetingAt' };
  if (meetingEndsAt === null) return null;
  const length = Date.parse(meetingEndsAt) - start;
  if (length <= 0) return { code: 'ends-before-start', field: 'meetingEndsAt' };
  return length > LONGEST_MEETING_DAYS * 86_400_000 ? { code: 'too-long', field: 'meetingEndsAt' } : null;
}

/** What an agency answers to an invitation. */
export const invitationAnswers = ['yes', 'no', 'substitute'] as const;
export type InvitationAnswer = (typeof invitationAnswers)[number];

export interface AnswerCounts extends Readonly<Record<InvitationAnswer, number>> {
  readonly none: number;
}

/** How many come, send somebody else, do not come, and have not answered. */
export function countAnswers(answers: readonly (InvitationAnswer | null)[]): AnswerCounts {
  const count = (answer: InvitationAnswer | null): number => answers.filter((each) => each === answer).length;
  return { yes: count('yes'), substitute: count('substitute'), no: count('no'), none: count(null) };
}
