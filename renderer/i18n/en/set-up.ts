import type { Catalogue } from '../catalogue.ts';
import type { setUp as source } from '../vi/set-up.ts';

export const setUp: Catalogue<typeof source> = {
  title: 'Prepare this computer',
  steps: 'Steps',
  step: { office: 'Agency', certificates: 'Certificates', books: 'First number of a book' },
  how: 'How will this computer work?',
  online: 'Connect to the exchange',
  onlineText: 'You have a server address and an enrolment code. Exchange documents with other agencies.',
  local: 'Work locally',
  localText: 'No enrolment code yet. Register, draft and sign now; connect later in Settings.',
  done: 'Done',
  next: 'Go on',
  later: 'You can change this later in Settings.',
  finish: 'Open the list of documents',
};
