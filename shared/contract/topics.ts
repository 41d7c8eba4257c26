/**
 * What the registers hold, as far as screens care: a query says which of these its answer shows, a transaction collects
 * which it changed, and screens are told which queries to ask again.
 */
export const topics = [
  'office',
  'incoming',
  'outgoing',
  'books',
  'directory',
  'certificates',
  'set-aside',
  'line',
  'duty',
  'feedback',
  'people',
  'session',
  'audit',
] as const;
export type Topic = (typeof topics)[number];
