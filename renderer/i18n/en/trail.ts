import type { Catalogue } from '../catalogue.ts';
import type { trail as source } from '../vi/trail.ts';

export const trail: Catalogue<typeof source> = {
  check: 'Verify now',
  checking: 'Verifying: {{done}} of {{total}}',
  unchecked: 'Never verified on this computer.',
  whole: 'Verified up to row {{row}} at {{time}}, whole.',
  broken: 'Broken at row {{row}}: {{what}}. Verified at {{time}}.',
  brokenNext: 'Keep the data folder as it is, note the row and tell IT: vanthu audit verify has the details.',
  faults: {
    'row-missing': 'a row is missing, or out of its order',
    'row-changed': 'the row was changed, or put there by somebody else',
    'history-changed': 'the history of the document says something else',
    'history-without-row': 'a history has an entry that is not here',
    'cut-off': 'rows are missing at the end, the trail was longer once',
  },
  excel: 'Export to Excel',
  json: 'Export JSON',
  exported: 'Rows of the trail exported: {{count}}.',
  filter: 'Filter the trail',
  person: 'Who',
  nobody: 'The program, the exchange',
  kind: 'Kind of act',
  document: 'Number of the document',
  oneDocument: 'Only the document you came from',
  ofDocument: 'Show in the audit trail',
  fresh: 'Show new rows: {{count}}',
  loading: 'Reading the trail…',
  none: 'Nothing matches',
  noneText: 'Take away a part of the filter, or choose more days.',
  noCode: '(no number yet)',
  columns: { at: 'Time', who: 'Who', act: 'Act', document: 'Document' },
};
