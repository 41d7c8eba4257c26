import type { Catalogue } from '../catalogue.ts';
import type { books as source } from '../vi/books.ts';

export const books: Catalogue<typeof source> = {
  choose: 'Choose a book',
  none: 'No book yet',
  noneText: 'The book of the year opens with its first number.',
  book: '{{name}} {{year}}',
  empty: 'This book holds no number yet',
  emptyText: 'The first number is written when a document is registered or numbered.',
  total_one: '{{count}} number',
  total_other: '{{count}} numbers',
  cancelled: 'Cancelled',
  open: 'Open document no. {{number}}',
  incoming: {
    registeredAt: 'Arrival date',
    number: 'Arrival no.',
    agencyName: 'Issued by',
    codeText: 'Number, notation',
    date: 'Date of document',
    abstract: 'Type and abstract',
    goesTo: 'Unit or recipient',
    received: 'Passed on',
    signed: 'Received by',
    note: 'Note',
  },
  outgoing: {
    codeText: 'Number, notation',
    date: 'Date of document',
    abstract: 'Type and abstract',
    signerName: 'Signer',
    goesTo: 'Recipients',
    keeper: 'Keeper of the file copy',
    copies: 'Copies',
    sentOn: 'Sent on',
    signed: 'Received by',
    note: 'Note',
  },
};
