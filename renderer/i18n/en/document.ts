import type { Catalogue } from '../catalogue.ts';
import type { document as source } from '../vi/document.ts';

export const document: Catalogue<typeof source> = {
  history: {
    label: 'History',
    empty: 'Nothing has been recorded',
    office: 'Records office',
    exchange: 'Exchange server',
    unknown: 'Action {{action}}',
  },
  onDay: 'of {{date}}',
  actions: {
    outgoing: {
      created: 'Draft made from the file {{file}}',
      edited: 'Draft edited',
      discarded: 'Draft deleted',
      restored: 'Draft restored',
      approved: 'Submitted for signing',
      reopened: 'Returned to draft',
      numbered: 'Numbered {{codeText}}',
      cancelled: 'Number cancelled; reason: {{reason}}',
      signed: 'Signed',
      sealed: 'Sealed by the agency',
      queued: 'Queued for {{recipients}} recipients',
      sent: 'Taken by the exchange for delivery',
      'refused-by-exchange': 'Refused by the exchange: {{error}}',
      'status-reported': '{{name}}',
    },
    incoming: {
      arrived: 'Arrived',
      'received-again': 'The same document came again; not listed twice',
      opened: 'Opened for the first time',
      registered: 'Registered, arrival number {{arrivalNumber}}',
      returned: 'Returned to the sender; reason: {{reason}}',
      completed: 'Work completed',
      'refused-by-exchange': 'The exchange refused the status report: {{error}}',
    },
  },
  statuses: {
    '01': 'Arrived',
    '02': 'Refused',
    '03': 'Accepted',
    '04': 'Assigned',
    '05': 'In progress',
    '06': 'Completed',
    '13': 'Sender asks for it back',
    '15': 'Update or return agreed',
    '16': 'Update or return refused',
  },
  statusReason: '{{name}}: {{reason}}',
};
