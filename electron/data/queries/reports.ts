import type { z } from 'zod';
import type { Sqlite } from '../connection/sqlite.ts';

/** Geometry and reports of a document: kept as JSON with the version of its form, which is checked when it is read. */
export interface ReportKind<Value> {
  readonly kind: string;
  readonly version: number;
  readonly schema: z.ZodType<Value>;
}

export interface Reports {
  /** Null when the document has none. @throws Error when it is of another version or does not have its form */
  get<Value>(report: ReportKind<Value>, documentId: string): Value | null;
  set<Value>(report: ReportKind<Value>, documentId: string, value: Value): void;
}

export function reportQueries(sqlite: Sqlite): Reports {
  const get = sqlite.prepare<[string, string], { version: number; body: string }>(
    'SELECT version, body FROM document_report WHERE document_id = ? AND kind = ?',
  );
  const set = sqlite.prepare(
    `INSERT INTO document_report VALUES (?, ?, ?, ?)
     ON CONFLICT (document_id, kind) DO UPDATE SET version = excluded.version, body = excluded.body`,
  );
  return {
    get: ({ kind, version, schema }, documentId) => {
      const row = get.get(documentId, kind);
      if (row === undefined) return null;
      if (row.version !== version) {
        throw new Error(`${kind} of document ${documentId} has form ${row.version}, and this program reads ${version}`);
      }
      return schema.parse(JSON.parse(row.body));
    },
    set: ({ kind, version }, documentId, value) => void set.run(documentId, kind, version, JSON.stringify(value)),
  };
}
