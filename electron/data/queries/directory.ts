import type { DirectoryWrites, NamedAgency } from '#core/directory/directory-store.ts';
import type { DirectoryAgency } from '#shared/contract/directory.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import type { Sqlite } from '../connection/sqlite.ts';

/** Up to and with its last day, as at the exchange; the day is that of Việt Nam. */
const VALID = "(a.valid_to IS NULL OR a.valid_to >= date('now', '+7 hours'))";

const columns = `a.code, a.name, p.name AS parentName,
  (SELECT name FROM agency_group g WHERE g.agency_code = a.code ORDER BY position LIMIT 1) AS "group"
  FROM agency a LEFT JOIN agency p ON p.code = a.parent_code`;

export function directoryQueries(sqlite: Sqlite): DirectoryWrites {
  const find = sqlite.prepare<[string], DirectoryAgency>(`SELECT ${columns} WHERE a.code = ? AND ${VALID}`);
  const all = sqlite.prepare<[], Omit<NamedAgency, 'groups'>>(
    `SELECT code, name FROM agency a WHERE ${VALID} ORDER BY folded`,
  );
  const groups = sqlite.prepare<[], { code: string; name: string }>(
    'SELECT agency_code AS code, name FROM agency_group ORDER BY agency_code, position',
  );
  const put = sqlite.prepare(
    `INSERT INTO agency (code, name, parent_code, folded, valid_to) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (code) DO UPDATE SET name = excluded.name, parent_code = excluded.parent_code,
       folded = excluded.folded, valid_to = excluded.valid_to`,
  );
  const dropGroups = sqlite.prepare('DELETE FROM agency_group WHERE agency_code = ?');
  const addGroup = sqlite.prepare('INSERT INTO agency_group VALUES (?, ?, ?)');
  return {
    find: (code) => find.get(code) ?? null,
    search: (text, limit) => {
      const words = foldVietnamese(text)
        .split(/\s+/)
        .filter((word) => word !== '');
      const where = [VALID, ...words.map(() => "a.folded LIKE ? ESCAPE '\\'")].join(' AND ');
      const patterns = words.map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`);
      const agencies = sqlite
        .prepare<unknown[], DirectoryAgency>(`SELECT ${columns} WHERE ${where} ORDER BY a.folded LIMIT ?`)
        .all(...patterns, limit);
      const total = sqlite
        .prepare(`SELECT count(*) FROM agency a WHERE ${where}`)
        .pluck()
        .get(...patterns) as number;
      return { agencies, total };
    },
    all: () => {
      const byCode = new Map<string, string[]>();
      for (const { code, name } of groups.all()) byCode.set(code, [...(byCode.get(code) ?? []), name]);
      return all.all().map((agency) => ({ ...agency, groups: byCode.get(agency.code) ?? [] }));
    },
    put: (agencies) => {
      for (const { code, name, parentCode, groups: names, validTo } of agencies) {
        put.run(code, name, parentCode, `${foldVietnamese(name)} ${code.toLowerCase()}`, validTo);
        dropGroups.run(code);
        for (const [at, group] of names.entries()) addGroup.run(code, at, group);
      }
    },
  };
}
