import { createHash, randomUUID } from 'node:crypto';
import type { AttachmentRecord } from '#core/documents/document-record.ts';
import type { IncomingRecord } from '#core/incoming/incoming-store.ts';
import type { OutgoingRecord } from '#core/outgoing/outgoing-store.ts';
import { FIRST_PERSON_ID } from '#shared/domain/roles.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import { blankPlacement, plainFields } from './office-letters.ts';

const at = '2026-11-24T02:00:00.000Z';
export const fileIdOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export function attachmentRecord(change: Partial<AttachmentRecord> = {}): AttachmentRecord {
  return { role: 'main', fileId: fileIdOf('a'), name: 'a.pdf', size: 1, pageCount: 1, ...change };
}

/** A draft as the registers keep it. */
export function outgoingRecord(change: Partial<OutgoingRecord> = {}): OutgoingRecord {
  const fields = change.fields ?? plainFields;
  return {
    id: randomUUID(),
    revision: 1,
    state: 'draft',
    bookId: 'outgoing',
    fields,
    numbered: null,
    reason: null,
    createdAt: at,
    changedAt: at,
    codeText: fields.notation,
    placement: blankPlacement,
    page: null,
    originalFileId: fileIdOf('a'),
    mended: null,
    attachments: [attachmentRecord()],
    verification: null,
    sentAt: null,
    sentBackReason: null,
    sentBackBy: null,
    madeFrom: null,
    replaced: [],
    ...change,
  };
}

/** An arrival as the registers keep it. */
export function incomingRecord(change: Partial<IncomingRecord> = {}): IncomingRecord {
  return {
    id: randomUUID(),
    revision: 1,
    state: 'arrived',
    bookId: 'incoming',
    fields: {
      agencyName: 'Sở Nội vụ tỉnh Đắk Lắk',
      codeText: '12/SNV-VP',
      date: '2026-11-20',
      documentType: 'Công văn',
      abstract: 'V/v rà soát biên chế',
      signerName: 'Trần Thị Hoa',
      signerTitle: 'Giám đốc',
      pageAmount: null,
      ...noMeeting,
      urgency: 'normal',
      dueAt: null,
      forwardTo: '',
      paper: 'none',
    },
    numbered: null,
    reason: null,
    source: change.received === null ? 'paper' : 'exchange',
    received: {
      messageId: randomUUID(),
      senderCode: 'H15.02',
      senderName: 'Sở Nội vụ',
      documentId: randomUUID(),
      edxmlFileId: fileIdOf('x'),
    },
    paperSenderCode: null,
    reading: { sources: {}, regions: {} },
    warnings: [],
    verification: null,
    expressAt: null,
    opened: false,
    arrivedAt: at,
    createdAt: at,
    changedAt: at,
    ...change,
  };
}

/** A number as a book gives it. */
export function givenNumber(
  documentId: string,
  number: number,
  change: { bookId?: string; year?: number; suffix?: string } = {},
) {
  return { bookId: 'outgoing', year: 2026, number, suffix: '', documentId, at, personId: FIRST_PERSON_ID, ...change };
}
