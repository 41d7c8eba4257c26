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
    'file-replaced': ['from', 'to'],
    'sent-back': ['to', 'reason'],
    numbered: ['codeText'],
    cancelled: ['reason'],
    'drafted-again': [],
    'drafted-from': ['codeText', 'reason'],
    'difference-accepted': ['difference', 'page', 'other', 'reason'],
    'difference-corrected': ['difference', 'from', 'to'],
    'attachment-unsigned': ['file', 'code', 'reason'],
    'line-decided': ['line', 'way', 'agencies', 'reason'],
    signed: ['subject', 'issuer', 'serial'],
    sealed: ['subject', 'issuer', 'serial', 'attachments'],
    queued: ['recipients'],
    sent: ['recipients', 'unknown'],
    issued: ['how', 'recipients'],
    'refused-by-exchange': ['code'],
    'lost-by-exchange': [],
    'recipient-replaced': ['from', 'to'],
    'recipient-dropped': ['from'],
    'sent-again': ['from', 'to', 'correction'],
    recalled: ['reason', 'recipients'],
    'status-reported': ['status', 'reason'],
    opened: ['agency', 'person'],
    called: ['agency', 'outcome', 'spokeTo'],
    reminded: ['agencies'],
    'extension-asked': ['agency', 'until', 'reason'],
    'extension-granted': ['agency', 'from', 'until', 'reason'],
    'extension-refused': ['agency', 'reason'],
    'hour-changed': ['from', 'to'],
    'hour-kept': ['to', 'refused', 'code'],
    'invitation-answered': ['agency', 'answer', 'attendee', 'note'],
    'paper-posted': ['agencies', 'day', 'item', 'way'],
    'paper-delivered': ['agencies', 'day', 'note'],
    'paper-returned': ['agencies', 'day', 'note'],
    'statement-refused': ['event', 'code'],
    related: ['relation', 'codeText'],
    unrelated: ['relation', 'codeText'],
  },
  incoming: {
    arrived: ['verdict'],
    'arrived-on-paper': [],
    /** Taken in from a file or an e-mail of this machine. */
    'taken-in': ['source', 'from', 'file'],
    'scan-attached': ['file'],
    /** What came of it another way is here as well. */
    attached: ['source', 'file'],
    discarded: ['reason'],
    'joined-to-paper': [],
    'received-again': ['messageId'],
    opened: [],
    registered: ['arrivalNumber', 'year'],
    /** A field of the register, by its name; one entry for each that changed. Empty is no value. */
    corrected: ['field', 'from', 'to', 'reason'],
    returned: ['reason'],
    completed: [],
    answered: ['codeText'],
    'no-answer-needed': ['reason'],
    reopened: ['reason'],
    submitted: ['leader'],
    directed: ['leader'],
    assigned: ['lead', 'support', 'inform', 'due'],
    'called-back': ['from', 'reason'],
    started: [],
    'put-aside': ['until'],
    'taken-back': [],
    'extension-asked': ['until', 'reason'],
    'extension-granted': ['from', 'until', 'reason'],
    'extension-refused': ['reason'],
    'hour-changed': ['from', 'to'],
    'invitation-answered': ['answer', 'attendee', 'note'],
    'recall-asked': ['reason'],
    'recall-agreed': ['reason'],
    'recall-refused': ['reason'],
    'recall-answer-undone': [],
    'paper-received': [],
    'handed-over': ['from', 'to'],
    'refused-by-exchange': ['code'],
    'statement-refused': ['event', 'code'],
    related: ['relation', 'codeText'],
    unrelated: ['relation', 'codeText'],
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

type NamesOf<Lists> = Lists[keyof Lists] extends infer Names
  ? Names extends readonly (infer Name)[]
    ? Name
    : never
  : never;
/** Every name of a parameter. */
export type HistoryParam = NamesOf<Actions['incoming']> | NamesOf<Actions['outgoing']>;

export const actorKinds = ['person', 'agency', 'exchange'] as const;
/** Who did it: a person of this office, the agency that a message came from, or the exchange itself. */
export interface Actor {
  readonly kind: (typeof actorKinds)[number];
  /** Person id or agency code; empty for the exchange. */
  readonly id: string;
  readonly name: string;
  /** For whom a person acted by delegation; left out for herself. */
  readonly onBehalfOf?: { readonly id: string; readonly name: string } | undefined;
}

export const EXCHANGE_ACTOR: Actor = { kind: 'exchange', id: '', name: '' };

export interface HistoryEntry {
  /** Instant, UTC. */
  readonly at: string;
  readonly actor: Actor;
  readonly action: HistoryAction;
  readonly params: Readonly<Record<string, string | number>>;
}
