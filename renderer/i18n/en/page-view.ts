import type { Catalogue } from '../catalogue.ts';
import type { pageView as source } from '../vi/page-view.ts';

export const pageView: Catalogue<typeof source> = {
  tools: 'Page tools',
  pages: 'Pages of the document',
  page: 'Page {{page}} / {{total}}',
  fitWidth: 'Fit width',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  download: 'Download',
  print: 'Print',
  tooManyPages:
    'The file has {{pages}} pages, more than the {{most}} that are printed at once. Download it and print it from a PDF reader.',
  notPrintable: 'The pages could not be made ready. Download the file and print it with another program.',
  stamp: 'Arrival stamp, number {{number}}',
  stampMove: 'Drag it, or use the arrow keys, to move the stamp. The stored file stays as it is.',
  loading: 'Opening the pages…',
  pageFailed: 'This page cannot be drawn. Download the file to view it in another program.',
  faults: {
    missing: {
      what: 'The file is not in the store',
      next: 'What was registered is still there. Ask your IT officer to restore the file from a backup.',
    },
    encrypted: {
      what: 'The PDF has a password',
      next: 'Its pages cannot be opened. Ask the sender to remove the password and send it again, or download it and open it with the password.',
    },
    broken: {
      what: 'The PDF is damaged',
      next: 'The file is kept as it came. Download it to try another program, or ask the sender to send it again.',
    },
  },
};
