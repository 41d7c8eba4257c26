import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditHead, AuditRow } from '#core/audit/trail-store.ts';
import { FIRST_HASH, hashOf } from '#data/audit/audit-chain.ts';
import { verifyAudit } from '#data/audit/verify-audit.ts';
import { beginEpoch } from '#data/backup/begin-epoch.ts';
import { openDatabase } from '#data/connection/open-database.ts';
import { registersOn } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import type { Actor } from '#shared/domain/history.ts';
import { incomingRecord } from '#tests/support/office-records.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vanthu-audit-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const path = () => join(folder, 'vanthu.db');

const at = '2026-11-28T03:00:00.000Z';
const binh: Actor = { kind: 'person', id: 'p1', name: 'Lê Thị Bình' };
const dung = { id: 'p2', name: 'Nguyễn Văn Dũng “Cường”' };

/** A trail of a dozen rows, the third to the last of one document's history. */
function filled(): { readonly documentId: string; readonly anchor: AuditHead } {
  const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
  const record = incomingRecord();
  registers.tx('test', (stores) => {
    stores.audit.add({ at, actor: null, action: 'backup.made', params: { reason: 'schedule' } });
    stores.incoming.insert(record, []);
    for (let count = 0; count < 10; count += 1) {
      stores.history.add(record.id, {
        at,
        actor: count % 2 === 0 ? binh : { ...binh, onBehalfOf: dung },
        action: 'extension-asked',
        params: { until: at, reason: `lần ${count} \u0001 “…”` },
      });
    }
  });
  const head = registers.audit.head();
  close();
  if (head === null) throw new Error('no trail');
  return { documentId: record.id, anchor: head };
}

function verify(anchors: readonly AuditHead[] = []) {
  const sqlite = new Database(path(), { readonly: true });
  try {
    return verifyAudit(sqlite, anchors);
  } finally {
    sqlite.close();
  }
}

/** What somebody does to the file who has SQL, and takes the triggers away first. */
function tamper(...statements: readonly string[]): void {
  const sqlite = new Database(path());
  sqlite.pragma('foreign_keys = OFF');
  for (const name of ['audit_not_changed', 'audit_not_deleted', 'audit_in_order']) sqlite.exec(`DROP TRIGGER ${name}`);
  for (const statement of statements) sqlite.exec(statement);
  sqlite.close();
}

describe('the hash of a row', () => {
  const row: AuditRow = {
    seq: 7,
    at,
    epoch: 2,
    actorKind: 'person',
    actorId: 'p1',
    actorName: 'Lê "Bình"',
    behalfId: '',
    behalfName: '',
    subject: 'd1',
    action: 'opened',
    params: '{}',
    historyId: null,
  };

  it('is SHA-256 over the hash before it and JSON in canonical form (RFC 8785)', () => {
    // Found with: printf '00…00' in bytes, then the text below, through sha256sum.
    const text =
      '{"action":"opened","actorId":"p1","actorKind":"person","actorName":"Lê \\"Bình\\"","at":"2026-11-28T03:00:00.000Z",' +
      '"behalfId":"","behalfName":"","epoch":2,"historyId":null,"params":"{}","seq":7,"subject":"d1"}';
    expect(hashOf(FIRST_HASH, row)).toBe(KNOWN);
    expect(JSON.stringify(Object.fromEntries(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))))).toBe(text);
  });

  it('is another one for every other row', () => {
    const texts = ['at', 'actorKind', 'actorId', 'actorName', 'behalfId', 'behalfName', 'subject', 'action', 'params'];
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.string(), (name, value) => {
        const changed = { ...row, [name]: value };
        expect(hashOf(FIRST_HASH, changed) === hashOf(FIRST_HASH, row)).toBe(value === row[name as 'at']);
      }),
    );
  });
});
const KNOWN = 'aa73741b863e59669672f8adee9bfe06141c49c1f7da68c74c8bb4052ed75de3';

describe('a trail that nobody touched', () => {
  it('is whole, with what was noted of it, and says where it ends', () => {
    const { anchor } = filled();
    // The first row is the program's: with it the trail began.
    expect(verify([anchor])).toEqual({ rows: 12, head: anchor, restores: [], fault: null });
  });

  it('takes neither a change nor a deletion, nor a row out of order', () => {
    filled();
    const sqlite = new Database(path());
    const refused = (sql: string) => expect(() => sqlite.exec(sql)).toThrow(/append-only/u);
    refused("UPDATE audit SET actor_name = 'x' WHERE seq = 4");
    refused('DELETE FROM audit WHERE seq = 12');
    const copy =
      'at, epoch, actor_kind, actor_id, actor_name, behalf_id, behalf_name, subject, action, params, NULL, hash';
    refused(`INSERT INTO audit SELECT 20, ${copy} FROM audit WHERE seq = 4`);
    refused(`INSERT OR REPLACE INTO audit SELECT 4, ${copy} FROM audit WHERE seq = 5`);
    sqlite.close();
    expect(verify().fault).toBeNull();
  });
});

describe('a trail that somebody had in hand', () => {
  const columns = ['at', 'epoch', 'actor_kind', 'actor_id', 'actor_name', 'behalf_name', 'subject', 'action', 'params'];

  it.each(columns)('shows that %s was changed', (column) => {
    filled();
    const value = column === 'epoch' ? '9' : column === 'actor_kind' ? "'exchange'" : "'other'";
    tamper(`UPDATE audit SET ${column} = ${value} WHERE seq = 6`);
    expect(verify().fault).toEqual({ seq: 6, what: 'row-changed' });
  });

  it.each<[string, string[], object]>([
    ['a hash', [`UPDATE audit SET hash = '${'a'.repeat(64)}' WHERE seq = 5`], { seq: 5, what: 'row-changed' }],
    ['a row taken out', ['DELETE FROM audit WHERE seq = 5'], { seq: 5, what: 'row-missing' }],
    [
      'a row taken out and the rest moved up',
      ['DELETE FROM audit WHERE seq = 5', 'UPDATE audit SET seq = seq - 1 WHERE seq > 5'],
      { seq: 5, what: 'row-changed' },
    ],
    [
      'two rows that changed places',
      [
        'UPDATE audit SET seq = 99 WHERE seq = 5',
        'UPDATE audit SET seq = 5 WHERE seq = 6',
        'UPDATE audit SET seq = 6 WHERE seq = 99',
      ],
      { seq: 5, what: 'row-changed' },
    ],
    [
      'a row put in',
      [
        `INSERT INTO audit SELECT 13, at, epoch, actor_kind, actor_id, 'Kẻ khác', behalf_id, behalf_name, subject, action, params,
         NULL, hash FROM audit WHERE seq = 12`,
      ],
      { seq: 13, what: 'row-changed' },
    ],
    [
      'an entry of the history that was changed',
      ['UPDATE history SET params = \'{"reason":"khác"}\' WHERE id = 3'],
      { seq: 5, what: 'history-changed' },
    ],
    ['one that was deleted', ['DELETE FROM history WHERE id = 3'], { seq: 5, what: 'history-changed' }],
    [
      'one that nobody did',
      [
        `INSERT INTO history (document_id, at, actor_kind, actor_id, actor_name, action, version, params)
         SELECT document_id, at, actor_kind, actor_id, 'Kẻ khác', action, version, params FROM history WHERE id = 3`,
      ],
      { seq: 13, what: 'history-without-row' },
    ],
  ])('shows %s', (_, statements, fault) => {
    filled();
    tamper(...statements);
    expect(verify().fault).toEqual(fault);
  });

  it('shows that its end was cut off by what was noted elsewhere, also when it went on afterwards', () => {
    const { anchor } = filled();
    tamper('DELETE FROM history WHERE id > 7', 'DELETE FROM audit WHERE seq > 9');
    expect(verify().fault).toBeNull();
    expect(verify([anchor]).fault).toEqual({ seq: 10, what: 'cut-off' });
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    registers.tx('test', (stores) => {
      for (let count = 0; count < 6; count += 1)
        stores.audit.add({ at, actor: binh, action: 'people.saveUnit', params: { count } });
    });
    close();
    expect(verify().fault).toBeNull();
    expect(verify([anchor]).fault).toEqual({ seq: 12, what: 'row-changed' });
  });
});

describe('a restored copy', () => {
  it('goes on with its trail and says so; what was noted in the epoch before counts up to there', () => {
    const { anchor } = filled();
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    registers.tx('test', (stores) => stores.audit.add({ at, actor: binh, action: 'people.saveUnit', params: {} }));
    const lost = registers.audit.head();
    close();
    // The copy is from before that unit.
    tamper('DELETE FROM audit WHERE seq > 12');
    beginEpoch(path(), { epoch: 2, at, copiedAt: at, replaced: null, reason: 'x' });
    const verdict = verify([anchor, ...(lost === null ? [] : [lost])]);
    expect(verdict).toMatchObject({ rows: 13, restores: [{ seq: 13, at, epoch: 2 }], fault: null });
    // Cut off afterwards, the copy is found out by what it noted itself.
    tamperOnce('DELETE FROM audit WHERE seq > 12');
    expect(verify([anchor, ...(verdict.head === null ? [] : [verdict.head])]).fault).toEqual({
      seq: 13,
      what: 'cut-off',
    });
  });

  function tamperOnce(statement: string): void {
    const sqlite = new Database(path());
    sqlite.exec(statement);
    sqlite.close();
  }
});
