import type { TrailQuery, TrailRecord, AuditRow, TrailWrites } from '#core/audit/trail-store.ts';
import type { ActApart } from '#shared/contract/audit-acts.ts';
import { comparableCode } from '#shared/domain/notation.ts';
import { entryApart, type auditAppender } from '../audit/append-audit.ts';
import { AUDIT_COLUMNS, FIRST_HASH } from '../audit/audit-chain.ts';
import { verifyingAudit } from '../audit/verify-audit.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { preparedOnce } from './prepared.ts';

/** Documents of one number that a filter looks for at most. */
const MOST_DOCUMENTS = 200;

export function auditQueries(sqlite: Sqlite, { append, head }: ReturnType<typeof auditAppender>): TrailWrites {
  const keysOf = keyReader(sqlite);
  const records = sqlite.prepare<[string], StoredRecord>(recordsSql);
  const signedIn = signInReader(sqlite);
  const called = sqlite
    .prepare<[string], string>(`SELECT id FROM document WHERE code_key = ? LIMIT ${MOST_DOCUMENTS}`)
    .pluck();
  return {
    head,
    add: ({ at, actor, action, params, subject = '' }) => append({ ...entryApart(actor, at, action, params), subject }),
    documentsCalled: (codeText) => called.all(comparableCode(codeText)),
    verifying: (anchors) => verifyingAudit(sqlite, anchors),
    page: (query) => {
      const keys = keysOf(query);
      const found = new Map(records.all(JSON.stringify(keys)).map((record) => [record.seq, record]));
      return keys.flatMap((seq) => {
        const record = found.get(seq);
        return record === undefined ? [] : toRecord(record);
      });
    },
  };

  function toRecord({ previous, hash, documentId, codeText, direction, ...row }: StoredRecord): TrailRecord {
    return {
      row,
      previous: previous ?? FIRST_HASH,
      hash,
      document: documentId === null ? null : { id: documentId, codeText, direction },
      signedIn: row.actorKind === 'person' ? signedIn(row) : null,
    };
  }
}

type StoredRecord = AuditRow & {
  readonly previous: string | null;
  readonly hash: string;
  readonly documentId: string | null;
  readonly codeText: string;
  readonly direction: 'incoming' | 'outgoing';
};

const limiting: readonly ActApart[] = ['access.limit', 'access.open'];
const limitingSql = limiting.map((action) => `'${action}'`).join(', ');
/** Commands that limit a document name it in their parameters alone. */
const documentOf = `CASE WHEN a.action IN (${limitingSql}) THEN a.params ->> '$.id' ELSE a.subject END`;

const recordsSql = `
SELECT ${AUDIT_COLUMNS.split(',')
  .map((column) => `a.${column.trim()}`)
  .join(', ')}, a.hash, (SELECT hash FROM audit WHERE seq = a.seq - 1) AS previous,
  d.id AS documentId, coalesce(d.code_text, '') AS codeText, d.direction
FROM audit a LEFT JOIN document d ON d.id = ${documentOf}
WHERE a.seq IN (SELECT value FROM json_each(?))`;

/**
 * Numbers of the rows of a page. Rows of one actor or one action stand in the order of time in an index of theirs; of several
 * actions each gives its first rows, of which the first are taken.
 */
function keyReader(sqlite: Sqlite): (query: TrailQuery) => number[] {
  const prepared = preparedOnce(sqlite);
  // Walks from one action to the next, whatever the number of rows.
  const actionsBy = sqlite
    .prepare<object, string>(
      `WITH RECURSIVE done (action) AS (
         SELECT min(action) FROM audit WHERE actor_id = @actor
         UNION ALL SELECT (SELECT min(action) FROM audit WHERE actor_id = @actor AND action > done.action) FROM done
           WHERE done.action IS NOT NULL)
       SELECT action FROM done WHERE action IS NOT NULL`,
    )
    .pluck();

  return (query) => {
    const { actorId, documents, upTo, limit } = query;
    const actions =
      documents !== null ? null : (query.actions ?? (actorId === null ? null : actionsBy.all({ actor: actorId })));
    const parameters: Record<string, string | number> = { limit };
    const stretch = stretchOf(query, parameters);
    const order = query.newestFirst ? 'DESC' : 'ASC';
    if (actorId !== null) parameters['actor'] = actorId;
    const part = (index: string, ...where: readonly string[]): string =>
      `SELECT * FROM (SELECT at, seq FROM audit INDEXED BY ${index} WHERE ${[...where, ...stretch].join(' AND ') || '1'}
       ORDER BY at ${order}, seq ${order} LIMIT @limit)`;
    if (upTo !== null) parameters['upTo'] = upTo;
    const parts: string[] = [];
    if (documents !== null) {
      const also = [
        ...(actorId === null ? [] : ['actor_id = @actor']),
        ...(query.actions === null ? [] : ['action IN (SELECT value FROM json_each(@actions))']),
      ];
      if (query.actions !== null) parameters['actions'] = JSON.stringify(query.actions);
      parameters['documents'] = JSON.stringify(documents);
      const among = 'IN (SELECT value FROM json_each(@documents))';
      parts.push(part('audit_subject', `subject ${among}`, `subject <> ''`, ...also));
      parts.push(part('audit_action', `action IN (${limitingSql})`, `params ->> '$.id' ${among}`, ...also));
    } else if (actions === null) {
      parts.push(part('audit_at'));
    } else {
      for (const [at, action] of actions.entries()) {
        parameters[`action${at}`] = action;
        if (actorId === null) parts.push(part('audit_action', `action = @action${at}`));
        else parts.push(part('audit_actor', 'actor_id = @actor', `action = @action${at}`));
      }
    }
    if (parts.length === 0) return [];
    const sql = `SELECT seq FROM (${parts.join(' UNION ALL ')}) ORDER BY at ${order}, seq ${order} LIMIT @limit`;
    return prepared(sql).pluck().all(parameters) as number[];
  };
}

/** The part of the time that is asked for. */
function stretchOf(
  { from, before, after, upTo, newestFirst }: TrailQuery,
  parameters: Record<string, string | number>,
): string[] {
  const where: string[] = [];
  if (from !== null) {
    parameters['from'] = from;
    where.push('at >= @from');
  }
  if (before !== null) {
    parameters['before'] = before;
    where.push('at < @before');
  }
  if (after !== null) {
    Object.assign(parameters, { afterAt: after.at, afterSeq: after.seq });
    const [until, beyond] = newestFirst ? ['<=', '<'] : ['>=', '>'];
    where.push(`at ${until} @afterAt AND (at ${beyond} @afterAt OR seq ${beyond} @afterSeq)`);
  }
  if (upTo !== null) where.push('seq <= @upTo');
  return where;
}

/** How a person had signed in when she did something: her last sign-in before it, while the office wanted one. */
function signInReader(sqlite: Sqlite): (row: AuditRow) => TrailRecord['signedIn'] {
  const rule = sqlite
    .prepare<object, string>(
      `SELECT params ->> '$.required' FROM audit INDEXED BY audit_action
       WHERE action = 'people.saveSignIn' AND at <= @at AND seq < @seq ORDER BY at DESC, seq DESC LIMIT 1`,
    )
    .pluck();
  const last = (action: ActApart) =>
    sqlite.prepare<object, { readonly seq: number; readonly account: string | null }>(
      `SELECT seq, params ->> '$.account' AS account FROM audit INDEXED BY audit_actor
       WHERE actor_id = @actorId AND action = '${action}' AND at <= @at AND seq <= @seq
       ORDER BY at DESC, seq DESC LIMIT 1`,
    );
  const byPin = last('session.signIn');
  const byAccount = last('session.signInByAccount');
  return ({ at, seq, actorId }) => {
    // Whoever signs in has done so by this row.
    if (rule.get({ at, seq }) !== 'true') return null;
    const [pin, account] = [byPin.get({ at, seq, actorId }), byAccount.get({ at, seq, actorId })];
    if (account !== undefined && account.seq > (pin?.seq ?? 0))
      return { by: 'account', account: account.account ?? '' };
    return pin === undefined ? null : { by: 'pin', account: '' };
  };
}
