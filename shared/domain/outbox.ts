/** What this office sends through the exchange: a document it issued, or a status about one it received. */
export const outboxKinds = ['document', 'status'] as const;
export type OutboxKind = (typeof outboxKinds)[number];

/** `blocked` waits for a person: the exchange refuses the message, or its file is gone. */
export const outboxStates = ['waiting', 'blocked', 'done'] as const;
export type OutboxState = (typeof outboxStates)[number];

/** Statuses are small and people wait for them: they go before documents that are not express. */
export const STATUS_PRIORITY = 2;
