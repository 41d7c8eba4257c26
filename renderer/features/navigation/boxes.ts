import type { IncomingBox } from '#shared/contract/incoming.ts';
import type { OutgoingBox } from '#shared/contract/outgoing.ts';

// The contract's own lists would bring its schemas, and zod, into the page: a slower start for a few words.
// A box missing or left over does not compile.
const incoming: { readonly [Box in IncomingBox]: true } = {
  'to-register': true,
  express: true,
  'in-progress': true,
  due: true,
  overdue: true,
  done: true,
};
const outgoing: { readonly [Box in OutgoingBox]: true } = {
  drafts: true,
  'to-sign': true,
  'to-send': true,
  sent: true,
  returned: true,
};

/** In the order of the navigation. */
export const incomingBoxes = Object.keys(incoming) as readonly IncomingBox[];
export const outgoingBoxes = Object.keys(outgoing) as readonly OutgoingBox[];
