import type { OutgoingFields } from '#shared/domain/document-fields.ts';
import { dueAtIssue, hourGone } from '#shared/domain/issue-hours.ts';
import { checkMeeting, LONGEST_MEETING_DAYS, type MeetingProblem } from '#shared/domain/meeting.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import { workTime } from '../office/work-time.ts';

type Counting = Pick<CoreContext, 'registers' | 'clock'>;

/** The fields with the deadline that their rule comes to for a document issued now. */
export function withDeadline({ registers, clock }: Counting, fields: OutgoingFields): OutgoingFields {
  return { ...fields, dueAt: dueAtIssue(fields, workTime(registers.duty), clock.now().getTime()) };
}

/**
 * The same, for a step on the way to issue: no recipient can keep an hour that is gone.
 * @throws CodedError EXPRESS_HOUR_GONE, DUE_DATE_GONE, MEETING_GONE, MEETING_START_MISSING, MEETING_ENDS_BEFORE_START,
 * MEETING_TOO_LONG
 */
export function fieldsToIssue(ctx: Counting, fields: OutgoingFields): OutgoingFields {
  const gone = hourGone(fields, ctx.clock.now().getTime());
  if (gone !== null) {
    throw new CodedError(gone.field === 'expressAt' ? 'EXPRESS_HOUR_GONE' : 'DUE_DATE_GONE', { at: gone.at });
  }
  const problem = checkMeeting(fields, ctx.clock.now().getTime());
  if (problem !== null) throw meetingError(problem, fields);
  return withDeadline(ctx, fields);
}

function meetingError({ code }: MeetingProblem, { meetingAt }: OutgoingFields): CodedError {
  switch (code) {
    case 'gone':
      return new CodedError('MEETING_GONE', { at: meetingAt ?? '' });
    case 'start-missing':
      return new CodedError('MEETING_START_MISSING');
    case 'ends-before-start':
      return new CodedError('MEETING_ENDS_BEFORE_START');
    case 'too-long':
      return new CodedError('MEETING_TOO_LONG', { days: LONGEST_MEETING_DAYS });
  }
}
