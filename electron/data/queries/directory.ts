import type { DirectoryWrites, NamedAgency } from '#core/directory/directory-store.ts';
import type { DirectoryAgency, RecipientList } from '#shared/contract/directory.ts';
import { isAgencyLookedFor } from '#shared/domain/agency-search.ts';
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
  const lists = sqlite.prepare<[], { id: string; name: string }>('SELECT id, name FROM recipient_list');
  const members = sqlite.prepare<[], { listId: string; code: string; name: string; known: string | null }>(
    `SELECT m.list_id AS listId, m.agency_code AS code, m.agency_name AS name, a.name AS known
     FROM recipient_list_member m LEFT JOIN agency a ON a.code = m.agency_code AND ${VALID}
     ORDER BY m.list_id, m.position`,
  );
  const putList = sqlite.prepare(
    `INSERT INTO recipient_list (id, name, changed_at, changed_by) VALUES (:id, :name, :at, :personId)
     ON CONFLICT (id) DO UPDATE SET name = :name, changed_at = :at, changed_by = :personId`,
  );
  const dropList = sqlite.prepare('DELETE FROM recipient_list WHERE id = ?');
  const dropMembers = sqlite.prepare('DELETE FROM recipient_list_member WHERE list_id = ?');
  const addMember = sqlite.prepare('INSERT INTO recipient_list_member VALUES (?, ?, ?, ?)');
  // The ways of writing a name are many; a directory has a few thousand.
  sqlite.function('is_looked_for', { deterministic: true }, (folded, text) =>
    isAgencyLookedFor(String(folded), String(text)) ? 1 : 0,
  );
  const where = `${VALID} AND is_looked_for(a.folded, ?)`;
  const search = sqlite.prepare<[string, number], DirectoryAgency>(
    `SELECT ${columns} WHERE ${where} ORDER BY a.folded LIMIT ?`,
  );
  const countFound = sqlite.prepare<[string], number>(`SELECT count(*) FROM agency a WHERE ${where}`).pluck();
  const allLists = (): RecipientList[] => {
    const listed = members.all();
    return lists
      .all()
      .map(({ id, name }) => ({
        id,
        name,
        members: listed
          .filter(({ listId }) => listId === id)
          .map(({ code, name: kept, known }) => ({ code, name: known ?? kept, gone: known === null })),
      }))
      .toSorted((one, other) => one.name.localeCompare(other.name, 'vi'));
  };
  const allAgencies = (): NamedAgency[] => {
    const byCode = new Map<string, string[]>();
    for (const { code, name } of groups.all()) byCode.set(code, [...(byCode.get(code) ?? []), name]);
    return all.all().map((agency) => ({ ...agency, groups: byCode.get(agency.code) ?? [] }));
  };
  return {
    find: (code) => find.get(code) ?? null,
    search: (text, limit) => ({ agencies: search.all(text, limit), total: countFound.get(text) ?? 0 }),
    all: allAgencies,
    withLists: () => {
      const own = new Map<string, string[]>();
      for (const { name, members: listed } of allLists())
        for (const { code } of listed) own.set(code, [...(own.get(code) ?? []), name]);
      return allAgencies().map((agency) => ({
        ...agency,
        groups: [...agency.groups, ...(own.get(agency.code) ?? [])],
      }));
    },
    lists: allLists,
    put: (agencies) => {
      for (const { code, name, parentCode, groups: names, validTo } of agencies) {
        put.run(code, name, parentCode, `${foldVietnamese(name)} ${code.toLowerCase()}`, validTo);
        dropGroups.run(code);
        for (const [at, group] of names.entries()) addGroup.run(code, at, group);
      }
    },
    putList: ({ id, name, members: listed, at, personId }) => {
      putList.run({ id, name, at, personId });
      dropMembers.run(id);
      for (const [position, member] of listed.entries()) addMember.run(id, position, member.code, member.name);
    },
    dropList: (id) => {
      dropMembers.run(id);
      dropList.run(id);
    },
  };
}
