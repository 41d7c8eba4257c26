import type { Migration } from './migrations.ts';

/** The audit trail is read a page at a time by what it is filtered by, always in the order of time. */
export const auditOrder: Migration = (sqlite) => {
  sqlite.exec(`
-- The row's number stands at the end of each.
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_action ON audit (action, at);
CREATE INDEX audit_actor ON audit (actor_id, action, at);
`);
};
