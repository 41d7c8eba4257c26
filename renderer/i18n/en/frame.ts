import type { Catalogue } from '../catalogue.ts';
import type { frame as source } from '../vi/frame.ts';

export const frame: Catalogue<typeof source> = {
  navigation: 'Main navigation',
  incoming: 'Incoming',
  outgoing: 'Outgoing',
  books: 'Books',
  rota: 'Duty rota',
  rotaProblems_one: '{{count}} thing to look at in the rota',
  rotaProblems_other: '{{count}} things to look at in the rota',
  oversight: 'Oversight',
  directory: 'Directory',
  settings: 'Settings',
  alarm: '{{name}}: {{count}}',
  newDocument: 'New document',
  unsavedDocument: 'Unfinished document',
  document: 'Open document',
  nothingOpen: 'No document is open',
  nothingOpenHint: 'Choose a line of the list, or use the arrow keys and press Enter.',
  backToList: 'Back to the list',
  dropHere: 'Drop a PDF here to begin a new outgoing document',
  oneAtATime: 'One document at a time: {{name}} was taken, the other files stay where they are.',
  dropFailed: 'The dropped file could not be taken. {{what}}',
  starting: 'Opening the books…',
  office: 'Records office',
  broken: {
    title: 'This screen has failed',
    text: 'Books and saved files are untouched. Open the screen again to go on; if it fails again, export diagnostics and send them to technical support.',
    reload: 'Open the screen again',
    diagnostics: 'Export diagnostics…',
    saved: 'Diagnostics saved.',
  },
};
