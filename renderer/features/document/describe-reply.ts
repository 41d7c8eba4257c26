import type { TFunction } from 'i18next';

interface Reply {
  /** `InvitationAnswer`; others are shown as they are. */
  readonly answer: string;
  readonly attendee: string;
  readonly note: string;
}

/** What was answered to an invitation: "cử Nguyễn Văn A dự thay". */
export function describeReply(t: TFunction, { answer, attendee, note }: Reply): string {
  switch (answer) {
    case 'yes':
      return t('document.replies.yes');
    case 'no':
      return note === '' ? t('document.replies.no') : t('document.replies.noFor', { note });
    case 'substitute':
      return t('document.replies.substitute', { attendee });
    default:
      return answer;
  }
}
