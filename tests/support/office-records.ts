import { createHash, randomUUID } from 'node:crypto';
import type { IncomingRecord, OutgoingRecord } from '#core/ports/stores.ts';
import { blankPlacement, plainFields } from './office-letters.ts';

const at = '2026-11-24T02:00:00.000Z';
export const fileIdOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A draft as the registers keep it. */
export function outgoingRecord(change: Partial<OutgoingRecord> = {}): OutgoingRecord {
  const fields = change.fields ?? plainFields;
  return {
    id: randomUUID(),
    revision: 1,
    state: 'draft',
    fields,
    placement: blankPlacement,
    fileId: fileIdOf('a'),
    fileName: 'a.pdf',
    fileSize: 1,
    pageCount: 1,
    originalFileId: fileIdOf('a'),
    verification: null,
    bookId: null,
    year: null,
    number: null,
    codeText: fields.notation,
    createdAt: at,
    changedAt: at,
    numberedAt: null,
    sentAt: null,
    cancelReason: null,
    ...change,
  };
}

/** An arrival as the registers keep it. */
export function incomingRecord(change: Partial<IncomingRecord> = {}): IncomingRecord {
  return {
    id: randomUUID(),
    revision: 1,
    state: 'arrived',
    messageId: randomUUID(),
    senderCode: 'H15.02',
    senderName: 'Sở Nội vụ',
    documentId: randomUUID(),
    edxmlFileId: fileIdOf('x'),
    fields: {
      agencyName: 'Sở Nội vụ tỉnh Đắk Lắk',
      codeText: '12/SNV-VP',
      date: '2026-11-20',
      documentType: 'Công văn',
      abstract: 'V/v rà soát biên chế',
      signerName: 'Trần Thị Hoa',
      signerTitle: 'Giám đốc',
      urgency: 'normal',
      dueAt: null,
      forwardTo: '',
      paper: 'none',
    },
    fieldSources: {},
    regions: {},
    warnings: [],
    verification: null,
    verdict: null,
    expressAt: null,
    opened: false,
    arrivedAt: at,
    changedAt: at,
    registeredAt: null,
    returnReason: null,
    year: null,
    arrivalNumber: null,
    ...change,
  };
}
