import { useTranslation } from 'react-i18next';
import { checkMeeting, LONGEST_MEETING_DAYS, type MeetingHours } from '#shared/domain/meeting.ts';
import { formatDeadline } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import type { FieldDetails } from '../document/document-fields-form.tsx';

/** What the form says about the hours of a meeting: their weekdays, and what is wrong with them. */
export function useMeetingDetails(
  hours: MeetingHours,
): Readonly<Partial<Record<'meetingAt' | 'meetingEndsAt', FieldDetails>>> {
  const { t } = useTranslation();
  const now = useNow();
  const problem = checkMeeting(hours, now);
  const detailsOf = (field: 'meetingAt' | 'meetingEndsAt', otherwise: FieldDetails): FieldDetails => ({
    ...(hours[field] === null ? otherwise : { help: formatDeadline(t, hours[field]) }),
    ...(problem?.field === field
      ? { error: t(`outgoing.form.meeting.problem.${problem.code}`, { days: LONGEST_MEETING_DAYS }) }
      : {}),
  });
  return {
    meetingAt: detailsOf('meetingAt', { help: t('outgoing.form.meeting.noHour') }),
    meetingEndsAt: detailsOf('meetingEndsAt', {}),
  };
}
