import { CodedError } from '#shared/errors/coded-error.ts';
import type { WriteStores } from '#core/ports/stores.ts';
import type { Sqlite } from '../connection/sqlite.ts';

export function commandQueries(sqlite: Sqlite): WriteStores['commands'] {
  const result = sqlite.prepare<[string], { name: string; result: string }>(
    'SELECT name, result FROM command WHERE command_id = ?',
  );
  const remember = sqlite.prepare('INSERT INTO command VALUES (?, ?, ?, ?)');
  const forget = sqlite.prepare('DELETE FROM command WHERE at < ?');
  return {
    result: (commandId, name) => {
      const row = result.get(commandId);
      if (row === undefined) return null;
      // An id belongs to one request; under another name it is a mistake of the caller.
      if (row.name !== name) throw new CodedError('INVALID_INPUT', { where: 'commandId' });
      return { value: JSON.parse(row.result) };
    },
    remember: (commandId, name, value, at) => void remember.run(commandId, name, JSON.stringify(value), at),
    forgetBefore: (at) => void forget.run(at),
  };
}
