import type { FormRecord, FormWrites } from '#core/forms/form-store.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { FileReferences } from './files.ts';

export function formQueries(sqlite: Sqlite, references: FileReferences): FormWrites {
  const columns = 'person_id AS personId, kind, key, version, kept_at AS keptAt';
  const of = sqlite.prepare<[string], Omit<FormRecord, 'body'>>(
    `SELECT ${columns} FROM form WHERE person_id = ? ORDER BY kept_at DESC, kind, key`,
  );
  const find = sqlite.prepare<[string, string, string], FormRecord>(
    `SELECT ${columns}, body FROM form WHERE person_id = ? AND kind = ? AND key = ?`,
  );
  const keep = sqlite.prepare(
    `INSERT INTO form (person_id, kind, key, version, body, kept_at)
     VALUES (@personId, @kind, @key, @version, @body, @keptAt)
     ON CONFLICT (person_id, kind, key)
     DO UPDATE SET version = excluded.version, body = excluded.body, kept_at = excluded.kept_at`,
  );
  const forget = sqlite.prepare('DELETE FROM form WHERE person_id = ? AND kind = ? AND key = ?');
  const holder = (personId: string, kind: string, key: string) => JSON.stringify([personId, kind, key]);
  return {
    of: (personId) => of.all(personId),
    find: (personId, { kind, key }) => find.get(personId, kind, key) ?? null,
    keep: (record, fileIds) => {
      keep.run(record);
      references.replace('form', holder(record.personId, record.kind, record.key), fileIds);
    },
    forget: (personId, { kind, key }) => {
      forget.run(personId, kind, key);
      references.replace('form', holder(personId, kind, key), []);
    },
  };
}
