import type { DirectoryAgencyGroups, WriteStores } from '#core/ports/stores.ts';
import type { DirectoryAgency } from '#shared/contract/office.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import type { Sqlite } from '../connection/open-database.ts';

interface Row {
  code: string;
  name: string;
  parent_name: string | null;
  groups: string;
}

/** Up to and with its last day, as at the exchange; the day is that of Việt Nam. */
const VALID = "(a.valid_to IS NULL OR a.valid_to >= date('now', '+7 hours'))";

const columns =
  'a.code, a.name, p.name AS parent_name, a.groups FROM agency a LEFT JOIN agency p ON p.code = a.parent_code';

export function agencyQueries(sqlite: Sqlite): WriteStores['agencies'] {
  const find = sqlite.prepare<[string], Row>(`SELECT ${columns} WHERE a.code = ? AND ${VALID}`);
  const all = sqlite.prepare<[], Omit<DirectoryAgencyGroups, 'groups'> & { groups: string }>(
    `SELECT code, name, folded, parent_code AS parentCode, groups FROM agency a WHERE ${VALID} ORDER BY folded`,
  );
  const put = sqlite.prepare(
    `INSERT INTO agency VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (code) DO UPDATE SET
     name = excluded.name, parent_code = excluded.parent_code, groups = excluded.groups, folded = excluded.folded,
     valid_to = excluded.valid_to`,
  );
  return {
    find: (code) => {
      const row = find.get(code);
      return row === undefined ? null : toAgency(row);
    },
    search: (text, limit) => {
      const words = foldVietnamese(text)
        .split(/\s+/)
        .filter((word) => word !== '');
      const where = [VALID, ...words.map(() => "a.folded LIKE ? ESCAPE '\\'")].join(' AND ');
      const patterns = words.map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`);
      const rows = sqlite
        .prepare<unknown[], Row>(`SELECT ${columns} WHERE ${where} ORDER BY a.folded LIMIT ?`)
        .all(...patterns, limit);
      const total = sqlite
        .prepare(`SELECT count(*) FROM agency a WHERE ${where}`)
        .pluck()
        .get(...patterns) as number;
      return { agencies: rows.map(toAgency), total };
    },
    all: () => all.all().map((row) => ({ ...row, groups: JSON.parse(row.groups) as string[] })),
    put: (agencies) => {
      for (const agency of agencies) {
        const folded = `${foldVietnamese(agency.name)} ${agency.code.toLowerCase()}`;
        put.run(agency.code, agency.name, agency.parentCode, JSON.stringify(agency.groups), folded, agency.validTo);
      }
    },
  };
}

function toAgency(row: Row): DirectoryAgency {
  const groups = JSON.parse(row.groups) as string[];
  return { code: row.code, name: row.name, parentName: row.parent_name, group: groups[0] ?? null };
}
