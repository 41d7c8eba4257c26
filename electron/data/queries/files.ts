import type { ReadStores } from '#core/ports/stores.ts';
import type { Sqlite } from '../connection/open-database.ts';

export function fileQueries(sqlite: Sqlite): ReadStores['files'] {
  const isReferenced = sqlite
    .prepare<{ fileId: string }>(
      `SELECT EXISTS (SELECT 1 FROM outgoing WHERE file_id = @fileId OR original_file_id = @fileId)
         OR EXISTS (SELECT 1 FROM incoming WHERE edxml_file_id = @fileId)
         OR EXISTS (SELECT 1 FROM attachment WHERE file_id = @fileId)
         OR EXISTS (SELECT 1 FROM certificate WHERE image_file_id = @fileId)
         OR EXISTS (SELECT 1 FROM outbox WHERE file_id = @fileId)
         OR EXISTS (SELECT 1 FROM inbox_problem WHERE file_id = @fileId)`,
    )
    .pluck();
  return { isReferenced: (fileId) => isReferenced.get({ fileId }) === 1 };
}
