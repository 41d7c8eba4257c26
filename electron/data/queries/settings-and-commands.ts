import type { WriteStores } from '#core/ports/stores.ts';
import type { Sqlite } from '../connection/open-database.ts';

export function settingQueries(sqlite: Sqlite): WriteStores['settings'] {
  const get = sqlite.prepare('SELECT value FROM setting WHERE name = ?').pluck();
  const set = sqlite.prepare(
    'INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  return {
    get: (name) => (get.get(name) as string | undefined) ?? null,
    set: (name, value) => void set.run(name, value),
  };
}

export function commandQueries(sqlite: Sqlite): WriteStores['commands'] {
  const result = sqlite.prepare('SELECT result FROM command WHERE command_id = ? AND name = ?').pluck();
  const remember = sqlite.prepare('INSERT INTO command VALUES (?, ?, ?, ?)');
  return {
    result: (commandId, name) => {
      const json = result.get(commandId, name) as string | undefined;
      return json === undefined ? null : { value: JSON.parse(json) };
    },
    remember: (commandId, name, value, at) => void remember.run(commandId, name, JSON.stringify(value), at),
  };
}
