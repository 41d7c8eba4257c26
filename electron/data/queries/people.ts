import type { PeopleWrites, PinRecord } from '#core/people/people-store.ts';
import type { WriteStores } from '#core/ports/stores.ts';
import type { Delegation, Person, Unit } from '#shared/contract/people.ts';
import { FIRST_PERSON_ID, roles, type Role } from '#shared/domain/roles.ts';
import type { Sqlite } from '../connection/sqlite.ts';

const PERSON = 'signed-in-person';
const WORKSTATION = 'workstation-name';

type UnitRow = Omit<Unit, 'active'> & { readonly active: number };
type DelegationRow = Omit<Delegation, 'from' | 'to'> & {
  readonly fromId: string;
  readonly fromName: string;
  readonly toId: string;
  readonly toName: string;
};
type PersonRow = Omit<Person, 'active' | 'roles'> & { readonly active: number };

const PERSON_COLUMNS = 'id, name, title, unit_id AS unitId, active, position';

export function peopleQueries(sqlite: Sqlite, settings: WriteStores['settings']): PeopleWrites {
  const find = sqlite.prepare<[string], PersonRow>(`SELECT ${PERSON_COLUMNS} FROM person WHERE id = ? AND active = 1`);
  const allPeople = sqlite.prepare<[], PersonRow>(`SELECT ${PERSON_COLUMNS} FROM person ORDER BY position, name, id`);
  const allUnits = sqlite.prepare<[], UnitRow>(
    'SELECT id, name, abbreviation, active, position FROM unit ORDER BY position, name, id',
  );
  const rolesOf = sqlite.prepare<[string], string>('SELECT role FROM person_role WHERE person_id = ?').pluck();
  const accounts = sqlite.prepare<[], { personId: string; windowsAccount: string }>(
    "SELECT id AS personId, windows_account AS windowsAccount FROM person WHERE active = 1 AND windows_account <> ''",
  );
  const assigned = {
    unit: sqlite.prepare<[string], string>(openDocuments('unit_id')).pluck(),
    person: sqlite.prepare<[string], string>(openDocuments('person_id')).pluck(),
  };
  const handOver = { unit: handOverOf(sqlite, 'unit_id'), person: handOverOf(sqlite, 'person_id') };
  const askInstead = sqlite.prepare(
    "UPDATE handling SET asked_leader = ? WHERE document_id = ? AND asked_leader = ? AND stage = 'submitted'",
  );
  const putUnit = sqlite.prepare(
    `INSERT INTO unit (id, name, abbreviation, position, active) VALUES (:id, :name, :abbreviation, :position, 1)
     ON CONFLICT (id) DO UPDATE SET name = :name, abbreviation = :abbreviation, position = :position, active = 1`,
  );
  const putPerson = sqlite.prepare(
    `INSERT INTO person (id, name, title, unit_id, position, windows_account, active)
     VALUES (:id, :name, :title, :unitId, :position, :windowsAccount, 1)
     ON CONFLICT (id) DO UPDATE SET name = :name, title = :title, unit_id = :unitId, position = :position,
       windows_account = :windowsAccount, active = 1`,
  );
  const dropRoles = sqlite.prepare('DELETE FROM person_role WHERE person_id = ?');
  const addRole = sqlite.prepare('INSERT INTO person_role (person_id, role) VALUES (?, ?)');
  const deactivateUnit = sqlite.prepare('UPDATE unit SET active = 0 WHERE id = ?');
  const deactivatePerson = sqlite.prepare('UPDATE person SET active = 0 WHERE id = ?');

  const pin = sqlite.prepare<[string], PinRecord>('SELECT scheme, salt, derived FROM person_pin WHERE person_id = ?');
  const putPin = sqlite.prepare(
    `INSERT INTO person_pin (person_id, scheme, salt, derived, set_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (person_id) DO UPDATE SET scheme = excluded.scheme, salt = excluded.salt, derived = excluded.derived,
       set_at = excluded.set_at`,
  );
  const failures = sqlite.prepare<[string], { count: number; lastAt: string }>(
    'SELECT failures AS count, last_at AS lastAt FROM sign_in_failure WHERE person_id = ?',
  );
  const noteFailure = sqlite.prepare(
    `INSERT INTO sign_in_failure (person_id, failures, last_at) VALUES (?, 1, ?)
     ON CONFLICT (person_id) DO UPDATE SET failures = failures + 1, last_at = excluded.last_at`,
  );
  const forgetFailures = sqlite.prepare('DELETE FROM sign_in_failure WHERE person_id = ?');
  const isLocked = sqlite.prepare<[string], number>('SELECT 1 FROM screen_lock WHERE person_id = ?').pluck();
  const lock = sqlite.prepare('INSERT OR IGNORE INTO screen_lock (person_id) VALUES (?)');
  const unlock = sqlite.prepare('DELETE FROM screen_lock WHERE person_id = ?');
  const delegatorsOf = sqlite
    .prepare<[string, string, string], string>(
      `SELECT from_person FROM delegation WHERE to_person = ? AND ended_at IS NULL AND from_day <= ? AND to_day >= ?
       ORDER BY made_at DESC, id`,
    )
    .pluck();
  const delegations = sqlite.prepare<[string], DelegationRow>(
    `SELECT d.id, d.from_person AS fromId, f.name AS fromName, d.to_person AS toId, t.name AS toName,
       d.from_day AS fromDay, d.to_day AS toDay, d.made_at AS madeAt, d.ended_at AS endedAt
     FROM delegation d JOIN person f ON f.id = d.from_person JOIN person t ON t.id = d.to_person
     WHERE d.to_day >= ? ORDER BY d.made_at DESC, d.id`,
  );
  const addDelegation = sqlite.prepare(
    `INSERT INTO delegation (id, from_person, to_person, from_day, to_day, made_by, made_at)
     VALUES (:id, :fromPersonId, :toPersonId, :fromDay, :toDay, :madeBy, :madeAt)`,
  );
  const endDelegation = sqlite.prepare('UPDATE delegation SET ended_at = ? WHERE id = ? AND ended_at IS NULL');

  const toPerson = (row: PersonRow): Person => {
    const held = rolesOf.all(row.id);
    // A role that this version does not know allows nothing.
    return { ...row, active: row.active === 1, roles: roles.filter((role) => held.includes(role)) };
  };

  return {
    find: (id) => {
      const row = find.get(id);
      return row === undefined ? null : toPerson(row);
    },
    list: () => ({
      units: allUnits.all().map((row) => ({ ...row, active: row.active === 1 })),
      people: allPeople.all().map(toPerson),
    }),
    accounts: () => accounts.all(),
    pin: (personId) => pin.get(personId) ?? null,
    failures: (personId) => failures.get(personId) ?? null,
    isLocked: (personId) => isLocked.get(personId) !== undefined,
    delegatorsOf: (personId, day) => [...new Set(delegatorsOf.all(personId, day, day))],
    delegations: (from) =>
      delegations.all(from).map(({ fromId, fromName, toId, toName, ...row }) => ({
        ...row,
        from: { personId: fromId, name: fromName },
        to: { personId: toId, name: toName },
      })),
    assignedDocuments: (assignee) =>
      'unitId' in assignee ? assigned.unit.all(assignee.unitId) : assigned.person.all(assignee.personId),
    workstation: () => ({
      personId: settings.get(PERSON) ?? FIRST_PERSON_ID,
      name: settings.get(WORKSTATION) ?? '',
    }),
    setWorkstation: (name) => settings.set(WORKSTATION, name),
    putUnit: (unit) => void putUnit.run(unit),
    putPerson: ({ roles: given, ...person }) => {
      putPerson.run(person);
      dropRoles.run(person.id);
      for (const role of new Set<Role>(given)) addRole.run(person.id, role);
    },
    deactivateUnit: (id) => void deactivateUnit.run(id),
    deactivatePerson: (id) => void deactivatePerson.run(id),
    putPin: (personId, { scheme, salt, derived }, at) => void putPin.run(personId, scheme, salt, derived, at),
    noteFailure: (personId, at) => void noteFailure.run(personId, at),
    forgetFailures: (personId) => void forgetFailures.run(personId),
    setLocked: (personId, locked) => void (locked ? lock : unlock).run(personId),
    addDelegation: (delegation) => void addDelegation.run(delegation),
    endDelegation: (id, at) => void endDelegation.run(at, id),
    handOver: (documentId, from, to, at) => {
      if ('unitId' in from && 'unitId' in to) handOver.unit(documentId, from.unitId, to.unitId, at);
      else if ('personId' in from && 'personId' in to) {
        handOver.person(documentId, from.personId, to.personId, at);
        askInstead.run(to.personId, documentId, from.personId);
      } else throw new Error('a unit hands over to a unit, and a person to a person');
    },
  };
}

/** Documents that a unit or person has now; of a person also those that wait for her opinion. */
const openDocuments = (column: 'unit_id' | 'person_id'): string => {
  const assigned = `SELECT document_id FROM assignment a JOIN who ON a.${column} = who.id WHERE a.closed_at IS NULL`;
  const asked = `SELECT document_id FROM handling h JOIN who ON h.asked_leader = who.id WHERE h.stage = 'submitted'`;
  return `WITH who (id) AS (SELECT ?)
    SELECT id FROM document WHERE id IN (${column === 'unit_id' ? assigned : `${assigned} UNION ${asked}`})
    AND state NOT IN ('done', 'returned') ORDER BY id`;
};

/** Only what is open: who had a document keeps having had it. Whoever gets it has one part in it, the greater one. */
function handOverOf(sqlite: Sqlite, column: 'unit_id' | 'person_id') {
  const ofBoth = sqlite.prepare<[string, string, string], { id: number; holder: string }>(
    `SELECT id, ${column} AS holder FROM assignment WHERE document_id = ? AND ${column} IN (?, ?) AND closed_at IS NULL
     ORDER BY CASE part WHEN 'lead' THEN 0 WHEN 'support' THEN 1 ELSE 2 END, id`,
  );
  const close = sqlite.prepare("UPDATE assignment SET closed_at = ?, closed_why = 'handed-over' WHERE id = ?");
  const give = sqlite.prepare(
    `INSERT INTO assignment (document_id, part, ${column}, due_at, note, assigned_by, assigned_at)
     SELECT document_id, part, ?, due_at, note, assigned_by, ? FROM assignment WHERE id = ?`,
  );
  return (documentId: string, from: string, to: string, at: string): void => {
    const held = ofBoth.all(documentId, from, to);
    const [first] = held;
    const kept = first?.holder === to ? first : null;
    for (const one of held) if (one !== kept) close.run(at, one.id);
    if (first !== undefined && kept === null) give.run(to, at, first.id);
  };
}
