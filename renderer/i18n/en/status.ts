import type { Catalogue } from '../catalogue.ts';
import type { status as source } from '../vi/status.ts';

export const status: Catalogue<typeof source> = {
  label: 'Status',
  connected: 'Connected',
  connectedAt: 'Connected · received {{time}}',
  notEnrolled: 'Not connected to an exchange · working locally',
  offline: 'No network · everything else works',
  offlineSince: 'No network since {{time}} · everything else works',
  receiving: 'Receiving documents…',
  sending: 'Sending documents…',
  waiting: 'No answer from the server · next try {{time}}',
  documentsWaiting_one: '{{count}} document waiting to leave',
  documentsWaiting_other: '{{count}} documents waiting to leave',
  statusesWaiting_one: '{{count}} status waiting to be reported',
  statusesWaiting_other: '{{count}} statuses waiting to be reported',
  willSend: '{{what}}, will leave when the network is back',
  setAside_other: '{{count}} messages could not be read',
  setAside_one: '{{count}} message could not be read',
  backupOverdue: 'No backup for long',
  syncNow: 'Receive and send now',
  incomingBook: 'Incoming {{year}}: no. {{number}}',
  outgoingBook: 'Outgoing {{year}}: no. {{number}}',
  restarting:
    'Restarting the inner part… Everything saved is untouched; the application goes on by itself in a few seconds.',
};
