import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, utils } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { callNames, specOf, type CallName } from '#shared/contract/contract.ts';
import { ownerOf } from '#shared/contract/owners.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import type { Role } from '#shared/domain/roles.ts';
import { addDays, vietnamDay } from '#shared/domain/vn-date.ts';
import { readRows } from '#tests/support/office-database.ts';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import { approvedDraft } from '#tests/support/office-letters.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

/** Stands in every text of the limited documents, and nowhere else. */
const WORD = 'mimosa';
const PIN = '739182';
const [OWN, OTHER] = ['H15.01', 'H15.02'];
const TODAY = vietnamDay(Date.now());
const YEAR = Number(TODAY.slice(0, 4));

let office: TestOffice;
const people = new Map<string, string>();
let incoming: { id: string; revision: number };
let plain: { id: string; revision: number };
let letter: { id: string; revision: number };
let letterFile: string;

const paper = (codeText: string, word: string) => ({
  senderCode: null,
  acceptDuplicate: true,
  fields: {
    pageAmount: null,
    ...noMeeting,
    agencyName: `Sở ${word}`,
    codeText,
    date: TODAY,
    documentType: 'Công văn',
    abstract: `V/v nhân sự ${word}`,
    signerName: `Nguyễn ${word}`,
    signerTitle: 'Giám đốc',
    urgency: 'express' as const,
    dueAt: new Date(Date.now() - 3_600_000).toISOString(),
    forwardTo: `Phòng ${word}`,
    paper: 'arrived' as const,
  },
});

const person = async (name: string, roles: Role[], unitId: string | null = null): Promise<string> => {
  const input = { personId: null, name, title: '', unitId, roles, position: 0, windowsAccount: '' };
  const { personId } = await office.ok('people.savePerson', input);
  await office.ok('people.setPin', { personId, pin: PIN });
  people.set(name, personId);
  return personId;
};
const idOf = (name: string): string => people.get(name) ?? '';
const as = async (name: string): Promise<void> => {
  await office.ok('session.signIn', { personId: idOf(name), pin: PIN });
};
const limit = async (id: string, ...names: readonly string[]): Promise<void> => {
  await as('Văn thư');
  await office.ok('access.limit', { id, readers: names.map((name) => ({ kind: 'person', id: idOf(name) })) });
};
const told = (value: unknown): boolean => JSON.stringify(value).toLowerCase().includes(WORD);

beforeAll(async () => {
  const hub = createOfficeHub([agency(OWN, 'Văn phòng'), agency(OTHER, 'Sở Nội vụ')]);
  office = await openTestOffice({ ports: { gateway: hub.gateway } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: OWN, workstationName: 'Máy 1' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
  const { unitId } = await office.ok('people.saveUnit', {
    unitId: null,
    name: 'Phòng A',
    abbreviation: 'A',
    position: 0,
  });
  await person('Quản trị', ['administrator']);
  await person('Văn thư', ['records-clerk']);
  await person('Lãnh đạo', ['leader']);
  await person('Được nêu tên', ['officer']);
  await person('Cùng phòng', ['officer'], unitId);
  await person('Người ngoài', ['officer', 'leader', 'administrator']);
  await person('Người soạn', ['officer']);
  await office.ok('people.saveSignIn', { required: true, byAccount: false, idleMinutes: null });

  await as('Người soạn');
  const fields = {
    abstract: `V/v ${WORD}`,
    signerName: `Lê ${WORD}`,
    agencyName: `Văn phòng ${WORD}`,
    addressees: [`Bà ${WORD}`],
    recipientLines: [`Lưu: ${WORD}`],
    dueAt: new Date(Date.now() + 3_600_000).toISOString(),
    urgency: 'express' as const,
  };
  const approved = await approvedDraft(office, [OTHER], { fields });
  await as('Văn thư');
  letter = await office.ok('outgoing.assignNumber', { id: approved.id, revision: approved.revision });
  incoming = await office.ok('incoming.registerPaper', paper('7/MAT', WORD));
  plain = await office.ok('incoming.registerPaper', paper('8/SNV', 'hoa'));
  for (const { id, revision } of [incoming, plain]) {
    const submitted = { documents: [{ id, revision }], leaderId: idOf('Lãnh đạo'), note: '' };
    await office.ok('handling.submit', submitted);
  }
  letterFile = (await office.ok('outgoing.get', { id: letter.id })).file.fileId;
  await limit(incoming.id, 'Được nêu tên');
  await limit(letter.id, 'Được nêu tên');
});
afterAll(() => office.close());

const boxes = {
  incoming: ['express', 'opinion', 'in-progress', 'overdue', 'mine'],
  outgoing: ['to-sign', 'to-send'],
} as const;
const sorts = ['at', 'code', 'agency', 'signer', 'deadline'] as const;

/** What each query is asked, so that it has something to tell of the two documents. */
const questions = (): Readonly<Record<string, readonly object[]>> => ({
  'access.of': [{ id: incoming.id }, { id: letter.id }],
  'board.today': [{}],
  'board.week': [{ monday: TODAY }],
  'books.entries': [
    { bookId: 'incoming', year: YEAR },
    { bookId: 'outgoing', year: YEAR, ascending: true },
  ],
  'books.reserved': [{ bookId: 'outgoing', year: YEAR }],
  'directory.search': [{ text: '' }],
  'directory.resolve': [{ lines: ['Sở Nội vụ'] }],
  'duty.numberTried': [{ testId: randomUUID() }],
  'exchange.check': [{ serverUrl: 'http://hub.invalid' }],
  'feedback.sentBundle': [{ id: randomUUID() }],
  'feedback.overseenBundle': [{ id: randomUUID() }],
  'forms.read': [{ form: 'rota' }],
  'handling.choices': [{ agencyName: `Sở ${WORD}` }].map(() => ({ agencyName: 'Sở Nội vụ' })),
  'handling.answerCandidates': [
    { id: plain.id, text: '' },
    { id: plain.id, text: 'mimo' },
    { id: incoming.id, text: '' },
  ],
  'incoming.list': boxes.incoming.flatMap((box) => [
    { box },
    { box, limit: 1 },
    { box, text: 'mimo' },
    { box, filter: { documentType: 'Công văn' } },
    { box, filter: { signer: `Nguyễn ${WORD}` } },
    ...sorts.flatMap((by) => [
      { box, limit: 1, sort: { by, descending: false } },
      { box, limit: 1, sort: { by, descending: true } },
    ]),
  ]),
  'incoming.get': [{ id: incoming.id }, { id: plain.id }],
  'incoming.forwardChoices': [{ agencyName: `Sở hoa` }],
  'incoming.nextNumber': [{}],
  'incoming.calendar': [{ id: incoming.id }],
  'incoming.electronicTwins': [{ codeText: '7/MAT', date: TODAY, agencyName: 'Sở hoa', senderCode: null }],
  'incoming.handlingSheet': [{ id: incoming.id }],
  'office.listValues': [{ direction: 'incoming' }, { direction: 'outgoing' }],
  'office.search': [{ text: 'mimo' }, { text: '7/MAT' }, { text: 'VPUBND' }],
  'outgoing.list': boxes.outgoing.flatMap((box) => [
    { box },
    { box, text: 'mimo' },
    ...sorts.map((by) => ({ box, limit: 1, sort: { by, descending: false } })),
  ]),
  'outgoing.get': [{ id: letter.id }],
  'outgoing.lastDueRule': [{ documentType: 'Công văn' }],
  'outgoing.nextNumber': [{ id: letter.id }],
  'outgoing.nextSuffix': [{ id: letter.id, number: 1 }],
  'outgoing.look': [{ id: letter.id }],
  'relations.of': [{ id: plain.id }, { id: incoming.id }],
  'oversight.deliveries': [{}],
  'oversight.sentDocuments': [{}],
  'oversight.reminder': [{}],
});

const queries = callNames.filter((name) => ownerOf(name) === 'core' && specOf(name)?.kind === 'query');
const ask = (name: CallName, input: object) => office.call(name as 'office.counts', input as never);

/** The queries that tell somebody the words of the limited documents. */
async function tellingTo(name: string): Promise<string[]> {
  await as(name);
  const telling: string[] = [];
  for (const query of queries) {
    for (const question of questions()[query] ?? [{}]) {
      if (told(await ask(query, question))) telling.push(query);
    }
  }
  return [...new Set(telling)].toSorted();
}

describe('a limited document', () => {
  it('is told of by these queries to whoever may see it, so that each of them is tried', async () => {
    expect(await tellingTo('Văn thư')).toEqual([
      'board.today',
      'books.entries',
      'handling.answerCandidates',
      'incoming.get',
      'incoming.handlingSheet',
      'incoming.list',
      'office.listValues',
      'office.search',
      'outgoing.get',
      'outgoing.list',
      'outgoing.look',
    ]);
  });

  it('and by none to anybody else', async () => {
    expect(await tellingTo('Người ngoài')).toEqual([]);
    expect(await tellingTo('Quản trị')).toEqual([]);
  });

  it('is a row with its code to others, and no more; what it counts for stays', async () => {
    await as('Người ngoài');
    const { rows, total } = await office.ok('incoming.list', { box: 'opinion' });
    const row = rows.find(({ id }) => id === incoming.id);
    expect(row).toMatchObject({ codeText: '7/MAT', abstract: '', agencyName: '', hidden: true, limited: true });
    expect([rows.length, total]).toEqual([2, 2]);
    expect(rows.find(({ id }) => id === plain.id)).toMatchObject({ abstract: 'V/v nhân sự hoa', limited: false });
    const { entries } = await office.ok('books.entries', { bookId: 'incoming', year: YEAR });
    expect(entries.find(({ number }) => number === 1)?.fields['abstract']).toBe('(phạm vi hẹp)');
    expect((await office.ok('office.search', { text: '7/MAT' })).hits).toEqual([]);
  });

  it('stands beside a document that is related to it as one that is hidden', async () => {
    await as('Văn thư');
    await office.ok('relations.add', {
      id: plain.id,
      kind: 'refers-to',
      passive: false,
      other: { by: 'document', id: incoming.id },
    });
    await as('Người ngoài');
    const { relations } = await office.ok('relations.of', { id: plain.id });
    expect(relations.map(({ other }) => other)).toMatchObject([{ hidden: true, codeText: '7/MAT', abstract: '' }]);
  });

  it('cannot be touched, printed or saved by others', async () => {
    await as('Người ngoài');
    const { revision } = readRows<{ revision: number }>(
      office.dataDir,
      'SELECT revision FROM document WHERE id = ?',
      incoming.id,
    )[0] ?? { revision: 0 };
    const refused = async (name: CallName, input: object) => office.refused(name as 'office.counts', input as never);
    const target = { id: incoming.id, revision };
    expect(await refused('handling.remark', { id: incoming.id, text: 'x' })).toBe('LIMITED_DOCUMENT');
    expect(await refused('incoming.complete', target)).toBe('LIMITED_DOCUMENT');
    expect(await refused('handling.direct', { ...target, leaderId: null, opinion: 'x' })).toBe('LIMITED_DOCUMENT');
    expect(await refused('access.open', { id: incoming.id })).toBe('LIMITED_DOCUMENT');
    expect(await refused('printing.handlingSheet', { id: incoming.id })).toBe('LIMITED_DOCUMENT');
    const report = { direction: 'incoming', id: incoming.id, format: 'pdf' } as const;
    expect(await refused('printing.verification', report)).toBe('LIMITED_DOCUMENT');
    const answers = { id: plain.id, revision: plain.revision, outcome: { kind: 'letter', answerId: letter.id } };
    expect(await refused('incoming.complete', answers)).toBe('LIMITED_DOCUMENT');
    expect(await refused('letters.signedRevision', { fileId: letterFile, index: 0 })).toBe('LIMITED_DOCUMENT');
    expect(office.withheld()).toContain(letterFile);
    await as('Được nêu tên');
    expect(office.withheld()).toEqual([]);
  });

  it('leaves its words out of what others print and export', async () => {
    const words = async (): Promise<string> => {
      const texts: string[] = [];
      const bytesOf = (fileId: string) => new Uint8Array(readFileSync(join(office.dataDir, fileAddress(fileId))));
      const period = { fromDay: TODAY, toDay: TODAY };
      for (const bookId of ['incoming', 'outgoing']) {
        const sheet = await office.ok('books.workbook', { bookId, year: YEAR });
        texts.push(textOfSheet(bytesOf(sheet.file.fileId)));
        const printed = await office.ok('books.print', { bookId, year: YEAR });
        texts.push(JSON.stringify(await readPdfText(bytesOf(printed.file.fileId))));
      }
      for (const form of ['follow-up', 'incoming-report'] as const) {
        const made = await office.ok('printing.form', { form, ...period, format: 'xlsx' });
        texts.push(textOfSheet(bytesOf(made.file.fileId)));
      }
      return texts.map((text) => (told(text) ? 'told' : 'kept')).join(' ');
    };
    await as('Văn thư');
    expect(await words()).toBe('told told told told told told');
    await as('Người ngoài');
    expect(await words()).toBe('kept kept kept kept kept kept');
  });

  it('is seen by who is named, her unit, who handles it, who acts for the leader that is asked, and who wrote it', async () => {
    const sees = async (name: string, call: 'incoming.get' | 'outgoing.get') => {
      await as(name);
      return told(await ask(call, { id: call === 'incoming.get' ? incoming.id : letter.id }));
    };
    expect(await sees('Được nêu tên', 'incoming.get')).toBe(true);
    expect(await sees('Lãnh đạo', 'incoming.get')).toBe(true);
    expect(await sees('Lãnh đạo', 'outgoing.get')).toBe(false);
    expect(await sees('Người soạn', 'outgoing.get')).toBe(true);
    expect(await sees('Người soạn', 'incoming.get')).toBe(false);
    await as('Lãnh đạo');
    const delegation = { fromPersonId: idOf('Lãnh đạo'), toPersonId: idOf('Người soạn') };
    const { id } = await office.ok('people.delegate', { ...delegation, fromDay: TODAY, toDay: addDays(TODAY, 1) });
    expect(await sees('Người soạn', 'incoming.get')).toBe(true);
    await as('Lãnh đạo');
    await office.ok('people.endDelegation', { delegationId: id });
    expect(await sees('Người soạn', 'incoming.get')).toBe(false);
    expect(await sees('Cùng phòng', 'incoming.get')).toBe(false);
    await as('Văn thư');
    const unit = (await office.ok('people.list', {})).units[0]?.id ?? '';
    await office.ok('access.limit', { id: letter.id, readers: [{ kind: 'unit', id: unit }] });
    expect(await sees('Cùng phòng', 'outgoing.get')).toBe(true);
    expect(await sees('Được nêu tên', 'outgoing.get')).toBe(false);
  });

  it('shows who has seen it and when, once for each look, and the trail has it', async () => {
    await as('Văn thư');
    const fresh = await office.ok('incoming.registerPaper', paper('9/MAT', WORD));
    await limit(fresh.id, 'Được nêu tên');
    await as('Được nêu tên');
    for (let times = 0; times < 3; times += 1) await office.ok('incoming.get', { id: fresh.id });
    await as('Người ngoài');
    expect(await office.refused('incoming.get', { id: fresh.id })).toBe('LIMITED_DOCUMENT');
    await as('Văn thư');
    const { limited } = await office.ok('access.of', { id: fresh.id });
    expect(limited).toMatchObject({ byName: 'Văn thư', readers: [{ kind: 'person', name: 'Được nêu tên' }] });
    expect(limited?.seen.map(({ name }) => name)).toEqual(['Được nêu tên']);
    expect(await office.ok('incoming.get', { id: fresh.id })).toMatchObject({ limited: true });
    // Who is named is told so, and not who else has looked.
    await as('Được nêu tên');
    const shown = (await office.ok('access.of', { id: fresh.id })).limited;
    expect([shown?.readers.length, shown?.seen]).toEqual([1, []]);
    await as('Văn thư');
    const rows = readRows(
      office.dataDir,
      "SELECT actor_name AS name FROM audit WHERE action = 'document.seen' AND subject = ?",
      fresh.id,
    );
    expect(rows).toEqual([{ name: 'Được nêu tên' }, { name: 'Văn thư' }]);
    await office.ok('access.open', { id: fresh.id });
    expect(await office.ok('access.of', { id: fresh.id })).toEqual({ limited: null });
    await as('Người ngoài');
    expect(told(await ask('incoming.get', { id: fresh.id }))).toBe(true);
  });

  it('never shuts out the leader who limits it, and names people who are there', async () => {
    await as('Lãnh đạo');
    const reader = { kind: 'person' as const, id: randomUUID() };
    expect(await office.refused('access.limit', { id: plain.id, readers: [reader] })).toBe('NOBODY_SUCH');
    await office.ok('access.limit', { id: plain.id, readers: [] });
    const { limited } = await office.ok('access.of', { id: plain.id });
    expect(limited?.readers.map(({ name }) => name)).toEqual(['Lãnh đạo']);
    await office.ok('access.open', { id: plain.id });
  });
});

function textOfSheet(bytes: Uint8Array): string {
  const book = read(bytes);
  return Object.values(book.Sheets)
    .map((sheet) => utils.sheet_to_csv(sheet))
    .join('\n');
}
