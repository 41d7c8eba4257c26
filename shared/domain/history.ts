import type { Direction } from './direction.ts';

/** What can happen to a document, and what an entry of its history says besides who and when. */
export const historyActions = {
  outgoing: {
    created: ['file'],
    edited: [],
    discarded: [],
    restored: [],
    approved: [],
    reopened: [],
    numbered: ['codeText'],
    cancelled: ['reason'],
    signed: ['subject'],
    sealed: ['subject'],
    queued: ['recipients'],
    sent: ['recipients', 'unknown'],
    'refused-by-exchange': ['code'],
    'lost-by-exchange': [],
    'recipient-replaced': ['from', 'to'],
    'recipient-dropped': ['from'],
    'status-reported': ['status', 'reason'],
    opened: ['agency', 'person'],
    called: ['agency', 'outcome', 'spokeTo'],
    reminded: ['agencies'],
    'extension-asked': ['agency', 'until', 'reason'],
    'extension-granted': ['agency', 'from', 'until', 'reason'],
    'extension-refused': ['agency', 'reason'],
    'hour-changed': ['from', 'to'],
    'invitation-answered': ['agency', 'answer', 'attendee', 'note'],
    'paper-posted': ['agencies', 'day', 'item'],
    'statement-refused': ['event', 'code'],
  },
  incoming: {
    arrived: ['verdict'],
    'arrived-on-paper': [],
    'joined-to-paper': [],
    'received-again': ['messageId'],
    opened: [],
    registered: ['arrivalNumber', 'year'],
    returned: ['reason'],
    completed: [],
    'extension-asked': ['until', 'reason'],
    'extension-granted': ['from', 'until', 'reason'],
    'extension-refused': ['reason'],
    'hour-changed': ['from', 'to'],
    'invitation-answered': ['answer', 'attendee', 'note'],
    'paper-received': [],
    'refused-by-exchange': ['code'],
    'statement-refused': ['event', 'code'],
  },
} as const satisfies Readonly<Record<Direction, Readonly<Record<string, readonly string[]>>>>;

type Actions = typeof historyActions;
export type HistoryAction<D extends Direction = Direction> = D extends Direction ? keyof Actions[D] & string : never;
/** The parameters that an entry of this action must bring, no more and no less. */
export type HistoryParams<D extends Direction, A extends HistoryAction<D>> = A extends keyof Actions[D]
  ? Actions[D][A] extends readonly (infer Name extends string)[]
    ? Readonly<Record<Name, string | number>>
    : never
  : never;

export const actorKinds = ['person', 'agency', 'exchange'] as const;
/** Who did it: a person of this office, the agency that a message came from, or the exchange itself. */
export interface Actor {
  readonly kind: (typeof actorKinds)[number];
  /** Person id or agency code; empty for the exchange. */
  readonly id: string;
  readonly name: string;
}

export const EXCHANGE_ACTOR: Actor = { kind: 'exchange', id: '', name: '' };

export interface HistoryEntry {
  /** Instant, UTC. */
  readonly at: string;
  readonly actor: Actor;
  readonly action: HistoryAction;
  readonly params: Readonly<Record<string, string | number>>;
}
