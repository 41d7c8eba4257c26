import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noMeeting } from '#shared/domain/meeting.ts';
import { FIRST_PERSON_ID, type Role } from '#shared/domain/roles.ts';
import { readRows } from '#tests/support/office-database.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

let office: TestOffice;
beforeEach(async () => {
  office = await openTestOffice();
});
afterEach(() => office.close());

const unitOf = (name: string, abbreviation = '') => ({ unitId: null, name, abbreviation, position: 1 });
const personOf = (name: string, roles: Role[] = ['officer'], windowsAccount = '') => ({
  personId: null,
  name,
  title: 'Chuyên viên',
  unitId: null as string | null,
  roles,
  position: 1,
  windowsAccount,
});
const list = () => office.ok('people.list', {});

/** A document that came on paper, in the book. */
const registered = (codeText: string) =>
  office.ok('incoming.registerPaper', {
    senderCode: null,
    acceptDuplicate: false,
    fields: {
      agencyName: 'Sở Tài chính',
      codeText,
      date: '2026-11-02',
      documentType: 'Công văn',
      abstract: 'V/v dự toán',
      signerName: '',
      signerTitle: '',
      pageAmount: null,
      ...noMeeting,
      urgency: 'normal',
      dueAt: null,
      forwardTo: '',
      paper: 'arrived',
    },
  });

/** Assigns a registered document, as the assigning of documents will. */
function assign(documentId: string, to: { readonly unitId: string } | { readonly personId: string }): void {
  const sqlite = new Database(join(office.dataDir, 'vanthu.db'));
  const [column, id] = 'unitId' in to ? ['unit_id', to.unitId] : ['person_id', to.personId];
  sqlite
    .prepare(
      `INSERT INTO assignment (document_id, part, ${column}, assigned_by, assigned_at) VALUES (?, 'lead', ?, ?, ?)`,
    )
    .run(documentId, id, FIRST_PERSON_ID, new Date().toISOString());
  sqlite.close();
}

describe('units', () => {
  it('are kept in the office’s order, changed, and taken out of every choice without being deleted', async () => {
    const later = await office.ok('people.saveUnit', { ...unitOf('Phòng Hành chính, Tổ chức', 'HCTC'), position: 2 });
    const { unitId } = await office.ok('people.saveUnit', unitOf('Ban Tiếp công dân'));
    expect((await list()).units.map(({ name }) => name)).toEqual(['Ban Tiếp công dân', 'Phòng Hành chính, Tổ chức']);
    await office.ok('people.saveUnit', { ...unitOf('Ban Tiếp công dân tỉnh'), unitId, position: 3 });
    expect((await list()).units.map(({ name }) => name)).toEqual([
      'Phòng Hành chính, Tổ chức',
      'Ban Tiếp công dân tỉnh',
    ]);
    await office.ok('people.removeUnit', { unitId: later.unitId });
    expect((await list()).units).toMatchObject([{ active: false, abbreviation: 'HCTC' }, { active: true }]);
    // Back again by being saved.
    await office.ok('people.saveUnit', { ...unitOf('Phòng Hành chính'), unitId: later.unitId });
    expect((await list()).units.every(({ active }) => active)).toBe(true);
  });

  it('of one name are refused however it is written, and an abbreviation must fit a notation', async () => {
    await office.ok('people.saveUnit', unitOf('Phòng Nội chính'));
    expect(await office.refused('people.saveUnit', unitOf('PHONG NOI CHINH'))).toBe('UNIT_NAME_TAKEN');
    expect(await office.refused('people.saveUnit', unitOf('Phòng Kinh tế', 'K T'))).toBe('UNIT_ABBREVIATION_WRONG');
    expect(await office.refused('people.saveUnit', { ...unitOf('Phòng A'), unitId: randomUUID() })).toBe('NOT_FOUND');
    expect((await list()).units).toHaveLength(1);
  });

  it('with people in them stay', async () => {
    const { unitId } = await office.ok('people.saveUnit', unitOf('Phòng Nội chính'));
    const { personId } = await office.ok('people.savePerson', { ...personOf('Lê Thị Bình'), unitId });
    const answer = await office.call('people.removeUnit', { unitId, commandId: randomUUID() });
    expect(answer).toMatchObject({ ok: false, code: 'UNIT_HAS_PEOPLE', params: { count: 1 } });
    await office.ok('people.removePerson', { personId });
    await office.ok('people.removeUnit', { unitId });
    expect(await office.refused('people.savePerson', { ...personOf('Trần Văn An'), unitId })).toBe('UNIT_NOT_ACTIVE');
  });
});

describe('people', () => {
  it('are known by their Windows account, each by her own, whatever its letters and domain', async () => {
    const { personId } = await office.ok('people.savePerson', personOf('Lê Thị Bình', ['officer'], 'UBND\\BinhLT'));
    expect((await office.ok('people.accounts', {})).accounts).toContainEqual({
      personId,
      windowsAccount: 'binhlt',
      hasPin: false,
    });
    const other = personOf('Trần Văn An', ['officer'], 'binhlt');
    expect(await office.call('people.savePerson', { ...other, commandId: randomUUID() })).toMatchObject({
      code: 'ACCOUNT_TAKEN',
      params: { name: 'Lê Thị Bình' },
    });
    await office.ok('people.removePerson', { personId });
    await office.ok('people.savePerson', other);
    // Who comes back finds the account taken meanwhile.
    const back = { ...personOf('Lê Thị Bình', ['officer'], 'binhlt'), personId };
    expect(await office.refused('people.savePerson', back)).toBe('ACCOUNT_TAKEN');
    await office.ok('people.savePerson', { ...back, windowsAccount: '' });
  });

  it('always include an administrator who can act: without sign-in, the person of the workstation', async () => {
    const first = { ...personOf('Nguyễn Thị Phương Anh', ['records-clerk']), personId: FIRST_PERSON_ID };
    await office.ok('people.savePerson', personOf('Phạm Quốc Huy', ['administrator']));
    expect(await office.refused('people.savePerson', first)).toBe('LAST_ADMINISTRATOR');
    expect(await office.refused('people.removePerson', { personId: FIRST_PERSON_ID })).toBe('LAST_ADMINISTRATOR');
    await office.ok('people.savePerson', { ...first, roles: ['records-clerk', 'administrator'] });
    expect((await list()).people.map(({ name, roles }) => [name, roles])).toEqual([
      ['Nguyễn Thị Phương Anh', ['records-clerk', 'administrator']],
      ['Phạm Quốc Huy', ['administrator']],
    ]);
  });
});

describe('who leaves while documents are assigned', () => {
  it('hands them over in the same command, or stays; the document says from whom to whom', async () => {
    const leaving = await office.ok('people.savePerson', personOf('Lê Thị Bình'));
    const staying = await office.ok('people.savePerson', personOf('Trần Văn An'));
    const [open, alsoOpen, done] = await Promise.all([1, 2, 3].map((at) => registered(`${at}/STC-NS`)));
    for (const document of [open, alsoOpen, done]) assign(document?.id ?? '', leaving);
    await office.ok('incoming.complete', { id: done?.id ?? '', revision: done?.revision ?? 0 });

    const remove = { personId: leaving.personId, commandId: randomUUID() };
    expect(await office.call('people.removePerson', remove)).toMatchObject({
      code: 'ASSIGNED_DOCUMENTS_LEFT',
      params: { count: 2 },
    });
    const toHerself = { ...leaving, handOverTo: leaving.personId };
    expect(await office.refused('people.removePerson', toHerself)).toBe('ASSIGNED_DOCUMENTS_LEFT');
    expect(await office.refused('people.removePerson', { ...leaving, handOverTo: randomUUID() })).toBe('NOT_FOUND');
    expect((await list()).people.filter(({ active }) => active)).toHaveLength(3);

    const handed = await office.ok('people.removePerson', { ...leaving, handOverTo: staying.personId });
    expect(handed).toEqual({ handedOver: 2 });
    const rows = readRows(
      office.dataDir,
      `SELECT person_id AS id, count(*) AS n FROM assignment WHERE closed_why IS NOT 'handed-over' GROUP BY 1 ORDER BY n`,
    );
    // What is finished keeps the name of who did it; what was hers stays known beside.
    expect(rows).toEqual([
      { id: leaving.personId, n: 1 },
      { id: staying.personId, n: 2 },
    ]);
    const { history } = await office.ok('incoming.get', { id: open?.id ?? '' });
    expect(history[0]).toMatchObject({
      action: 'handed-over',
      params: { from: 'Lê Thị Bình', to: 'Trần Văn An' },
    });
    expect(await office.refused('people.removePerson', leaving)).toBe('PERSON_NOT_ACTIVE');
  });

  it('likewise a unit', async () => {
    const old = await office.ok('people.saveUnit', unitOf('Phòng cũ'));
    const fresh = await office.ok('people.saveUnit', unitOf('Phòng mới'));
    assign((await registered('1/STC-NS')).id, old);
    expect(await office.refused('people.removeUnit', old)).toBe('ASSIGNED_DOCUMENTS_LEFT');
    expect(await office.ok('people.removeUnit', { ...old, handOverTo: fresh.unitId })).toEqual({ handedOver: 1 });
  });
});
