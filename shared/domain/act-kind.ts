/** What the acts of the audit trail are about. */
export const actKinds = [
  'register',
  'handling',
  'issue',
  'between',
  'limited',
  'signing-in',
  'people',
  'books',
  'settings',
  'taken-out',
  'keeping',
] as const;
export type ActKind = (typeof actKinds)[number];
