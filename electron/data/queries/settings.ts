import type { WriteStores } from '#core/ports/stores.ts';
import type { Sqlite } from '../connection/sqlite.ts';

export function settingQueries(sqlite: Sqlite): WriteStores['settings'] {
  const get = sqlite.prepare<[string], string>('SELECT value FROM setting WHERE name = ?').pluck();
  const set = sqlite.prepare(
    'INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  return {
    get: (name) => get.get(name) ?? null,
    set: (name, value) => void set.run(name, value),
  };
}
