/** What became of something that this office stated: `refused` is the exchange's decision, and never sent again. */
export const statementStates = ['waiting', 'done', 'refused'] as const;
export type StatementState = (typeof statementStates)[number];
