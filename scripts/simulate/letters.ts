import { blankDocument, type EdxmlOrgan } from '#shared/edxml/edxml-message.ts';
import { writeEdxmlDocument, writeEdxmlStatus } from '#shared/edxml/write-edxml.ts';
import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { urgencyRank } from '#shared/domain/urgency.ts';
import { localDay, type Sending } from './offices.ts';

const organ = (organId: string): EdxmlOrgan => ({
  organId,
  organizationInCharge: '',
  organName: '',
  organAdd: '',
  email: '',
  telephone: '',
  fax: '',
  website: '',
});
const nobody = { department: '', staff: '', mobile: '', email: '' };

/** What a document is known by at its sender. */
export interface LetterName {
  readonly sender: string;
  readonly number: string;
  readonly documentId: string;
}

export function letterOf({ at, sender, to, urgency, paper, dueDay, expressAt }: Sending, name: LetterName): Uint8Array {
  return writeEdxmlDocument({
    ...blankDocument,
    from: organ(sender),
    to: to.map(({ code }) => organ(code)),
    documentId: name.documentId,
    codeNumber: name.number,
    codeNotation: 'UBND',
    promulgationDate: localDay(at),
    documentType: { type: null, typeDetail: null, typeName: 'Công văn' },
    subject: 'V/v kiểm tra',
    dueDate: dueDay,
    timing: expressAt === null ? null : { dueAt: null, expressAt },
    otherInfo: { ...blankDocument.otherInfo, priority: urgencyRank(urgency) },
    business: {
      docType: 0,
      reason: '',
      documentId: '',
      documentInfoUpdated: null,
      receiversUpdated: null,
      receivers: [],
      staff: null,
      paper,
      replacements: [],
    },
    attachments: [
      {
        contentId: '1',
        name: 'cv.pdf',
        contentType: 'application/pdf',
        description: '',
        bytes: Uint8Array.of(37, 80, 68, 70),
      },
    ],
  });
}

/** @param statusCode 03 registered, 06 finished */
export function statusOf(
  from: string,
  { sender, number, documentId }: LetterName,
  statusCode: string,
  at: number,
): Uint8Array {
  return writeEdxmlStatus({
    from: organ(from),
    responseFor: { organId: sender, code: `${number}/UBND`, promulgationDate: localDay(at), documentId },
    staff: nobody,
    statusCode,
    description: '',
    timestamp: vietnamTimestamp(at),
  });
}
