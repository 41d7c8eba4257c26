import type { Catalogue } from '../catalogue.ts';
import type { fields as source } from '../vi/fields.ts';

export const fields: Catalogue<typeof source> = {
  incoming: {
    agencyName: 'Issuing agency',
    codeText: 'Number and notation',
    date: 'Date of document',
    documentType: 'Type',
    urgency: 'Urgency',
    abstract: 'Abstract',
    signerName: 'Signer',
    signerTitle: 'Title',
    dueAt: 'Deadline',
    paper: 'Paper copy',
    forwardTo: 'Goes to',
  },
  outgoing: {
    documentType: 'Type',
    urgency: 'Urgency',
    printedNumber: 'Number printed on it',
    notation: 'Notation',
    date: 'Date',
    place: 'Place',
    agencyName: 'Issuing agency',
    abstract: 'Abstract',
    authority: 'Signing authority',
    signerTitle: 'Title',
    signerName: 'Signer',
    expressAt: 'Due there at',
    dueRule: 'How it is counted',
    dueAt: 'Reply by',
    addressees: 'Addressed to',
    recipientLines: 'Recipients',
    paperFollows: 'A paper copy follows',
  },
  paper: { none: 'None', expected: 'Still to come', arrived: 'Arrived' },
  dueRule: {
    kind: { fixed: 'by day and hour', 'working-days': 'working days', 'working-hours': 'working hours' },
    count: 'Within how many',
  },
  onePerLine: 'one per line',
};
