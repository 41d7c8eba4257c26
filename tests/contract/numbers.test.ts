import { decideAll } from '#scripts/demo/decide-all.ts';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import {
  approvedDraft,
  blankPlacement,
  createDraft,
  importLetter,
  plainFields,
} from '#tests/support/office-letters.ts';
import {
  fieldsFrom,
  openTestOffice,
  repositoryRoot,
  sampleLetter,
  type TestOffice,
} from '#tests/support/test-office.ts';
import { createVirtualTime, type VirtualTime } from '#tests/support/virtual-time.ts';

const hub = createOfficeHub([agency('H15.01', 'Văn phòng'), agency('H15.02', 'Sở Nội vụ')]);
let office: TestOffice;
let world: VirtualTime;

async function openAt(instant: string): Promise<void> {
  world = createVirtualTime(Date.parse(instant));
  office = await openTestOffice({ ports: { gateway: hub.gateway, clock: world.clock, timers: world.timers } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: 'H15.01', workstationName: 'Máy 1' });
  await world.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
}
beforeEach(() => openAt('2026-11-24T03:00:00Z'));
afterEach(() => office.close());

const to = ['H15.02'];
const target = ({ id, revision }: { id: string; revision: number }) => ({ id, revision });
const numbersIn = async (year: number) => {
  const { entries } = await office.ok('books.entries', { bookId: 'outgoing', year, limit: 200 });
  return entries.map(({ number }) => number).toReversed();
};

describe('numbers of the outgoing book', () => {
  it('20 drafts numbered at once get 1 to 20, each once', async () => {
    const fileId = await importLetter(office);
    const drafts = await Promise.all(Array.from({ length: 20 }, () => approvedDraft(office, to, { fileId })));
    const answers = await Promise.all(drafts.map((draft) => office.ok('outgoing.assignNumber', target(draft))));
    const expected = Array.from({ length: 20 }, (_, at) => at + 1);
    expect(answers.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(expected);
    expect(await numbersIn(2026)).toEqual(expected);
    expect(new Set(answers.map(({ codeText }) => codeText)).size).toBe(20);
    expect(answers.find(({ number }) => number === 7)?.codeText).toBe('07/VPUBND-HCTC');
  });

  it('a cancelled number stays in the book and is never given again', async () => {
    const first = await office.ok('outgoing.assignNumber', target(await approvedDraft(office, to)));
    await office.ok('outgoing.cancel', { ...target(first), reason: 'Sai thể thức' });
    const second = await office.ok('outgoing.assignNumber', target(await approvedDraft(office, to)));
    expect(second.number).toBe(2);
    const { entries, total } = await office.ok('books.entries', { bookId: 'outgoing', year: 2026 });
    expect(total).toBe(2);
    expect(entries.map(({ number, cancelled }) => ({ number, cancelled }))).toEqual([
      { number: 2, cancelled: false },
      { number: 1, cancelled: true },
    ]);
  });

  it('a book continued from paper goes on after its last number, and cannot be restarted once used', async () => {
    await office.ok('books.startFrom', { bookId: 'outgoing', last: 240 });
    const draft = await approvedDraft(office, to);
    expect(await office.ok('outgoing.nextNumber', { id: draft.id })).toMatchObject({ number: 241, year: 2026 });
    expect(await office.ok('outgoing.assignNumber', target(draft))).toMatchObject({
      number: 241,
      codeText: '241/VPUBND-HCTC',
    });
    expect(await office.refused('books.startFrom', { bookId: 'outgoing', last: 500 })).toBe('BOOK_IN_USE');
    expect(await office.refused('books.startFrom', { bookId: 'no-such-book', last: 1 })).toBe('NOT_FOUND');
  });

  it('a start set while a number is being taken disturbs neither', async () => {
    const draft = await approvedDraft(office, to);
    const [numbered, started] = await Promise.all([
      office.call('outgoing.assignNumber', { ...target(draft), commandId: crypto.randomUUID() }),
      office.call('books.startFrom', { bookId: 'outgoing', last: 240, commandId: crypto.randomUUID() }),
    ]);
    expect(numbered).toMatchObject({ ok: true, value: { number: 1 } });
    expect(started).toMatchObject({ ok: false, code: 'BOOK_IN_USE' });
  });

  it('numbers begin again with 1 in the new year of Việt Nam, not of UTC', async () => {
    await office.close();
    // 23:59:30 of 31 December in Hà Nội.
    await openAt('2026-12-31T16:59:30Z');
    expect(await office.ok('outgoing.assignNumber', target(await approvedDraft(office, to)))).toMatchObject({
      number: 1,
      year: 2026,
    });
    world.jump(60_000);
    expect(await office.ok('outgoing.assignNumber', target(await approvedDraft(office, to)))).toMatchObject({
      number: 1,
      year: 2027,
    });
    const { books } = await office.ok('books.list', {});
    expect(books).toContainEqual(expect.objectContaining({ id: 'outgoing', year: 2027, last: 1 }));
    expect(await numbersIn(2026)).toEqual([1]);
  });

  it('a letter dated in December and numbered in January belongs to the old year', async () => {
    await office.close();
    await openAt('2027-01-02T03:00:00Z');
    await office.ok('books.startFrom', { bookId: 'outgoing', year: 2026, last: 1199 });
    const late = await approvedDraft(office, to, { fields: { date: '2026-12-31' } });
    expect(await office.ok('outgoing.assignNumber', target(late))).toMatchObject({ number: 1200, year: 2026 });
    const fresh = await approvedDraft(office, to);
    expect(await office.ok('outgoing.assignNumber', target(fresh))).toMatchObject({ number: 1, year: 2027 });
  });

  it('a date to come is refused and takes no number', async () => {
    const draft = await approvedDraft(office, to, { fields: { date: '2026-11-25' } });
    expect(await office.refused('outgoing.assignNumber', target(draft))).toBe('DATE_IN_FUTURE');
    expect(await numbersIn(2026)).toEqual([]);
  });

  it.each(['240', '242', '241a', '241/VP', 'không', '0x1', '1e0'])(
    'a page printed %s is not number 1',
    async (printedNumber) => {
      const draft = await approvedDraft(office, to, { fields: { printedNumber } });
      const answer = await office.call('outgoing.assignNumber', { ...target(draft), commandId: crypto.randomUUID() });
      expect(answer).toMatchObject({
        ok: false,
        code: 'PRINTED_NUMBER_DIFFERS',
        params: { printed: printedNumber, next: '01' },
      });
      expect(await numbersIn(2026)).toEqual([]);
    },
  );

  it.each(['1', '01', '001'])('a page printed %s is number 1, and its bytes are not touched', async (printedNumber) => {
    const draft = await approvedDraft(office, to, { fields: { printedNumber } });
    const before = await office.ok('outgoing.get', { id: draft.id });
    await office.ok('outgoing.assignNumber', target(draft));
    expect((await office.ok('outgoing.get', { id: draft.id })).file.fileId).toBe(before.file.fileId);
  });

  it('a page without number and without a place for it is refused', async () => {
    const draft = await approvedDraft(office, to, { placement: { ...blankPlacement, number: null } });
    expect(await office.refused('outgoing.assignNumber', target(draft))).toBe('NUMBER_PLACE_UNKNOWN');
  });

  it('approval needs a recipient of the directory who is not this office', async () => {
    const alone = await createDraft(office, []);
    expect(await office.refused('outgoing.approve', target(alone))).toBe('NO_RECIPIENTS');
    const update = (recipients: string[]) =>
      office.refused('outgoing.update', { ...target(alone), fields: plainFields, recipients });
    expect(await update(['H99.99'])).toBe('RECIPIENT_NOT_IN_DIRECTORY');
    expect(await update(['H15.01'])).toBe('RECIPIENT_IS_SELF');
  });
});

describe('numbers that are kept for a document to come', () => {
  const reserve = (count = 1) =>
    office.ok('books.reserve', { bookId: 'outgoing', count, reservedFor: 'Phòng Nội chính' });
  const entriesOf = async (year = 2026) => {
    const { entries } = await office.ok('books.entries', { bookId: 'outgoing', year });
    return entries.map(({ number, suffix, state, reason }) => [`${number}${suffix}`, state, reason]).toReversed();
  };

  it('are passed over by the next letter, offered to it, and given when somebody takes one', async () => {
    expect(await reserve(2)).toEqual({ year: 2026, first: 1, last: 2 });
    const draft = await approvedDraft(office, to);
    expect(await office.ok('outgoing.nextNumber', { id: draft.id })).toMatchObject({
      number: 3,
      reserved: [
        { number: 1, suffix: '', reservedFor: 'Phòng Nội chính', reservedAt: '2026-11-24T03:00:00.000Z' },
        { number: 2 },
      ],
    });
    const take = { kind: 'reserved', number: 2, suffix: '' } as const;
    const numbered = await office.ok('outgoing.assignNumber', { ...target(draft), take });
    expect(numbered).toMatchObject({ number: 2, codeText: '02/VPUBND-HCTC' });
    const other = await approvedDraft(office, to);
    expect(await office.refused('outgoing.assignNumber', { ...target(other), take })).toBe('NUMBER_NOT_RESERVED');
    expect(await office.ok('outgoing.assignNumber', target(other))).toMatchObject({ number: 3 });
  });

  it('or are dropped with a reason, and stay in the book', async () => {
    const { year, first } = await reserve();
    const kept = { bookId: 'outgoing', year, number: first, suffix: '' };
    expect(await office.refused('books.dropReserved', { ...kept, reason: ' ' })).toBe('INVALID_INPUT');
    await office.ok('books.dropReserved', { ...kept, reason: 'không ban hành' });
    expect(await office.refused('books.dropReserved', { ...kept, reason: 'x' })).toBe('NUMBER_NOT_RESERVED');
    expect(await entriesOf()).toEqual([['1', 'void', 'không ban hành']]);
  });

  it('may be given to a letter of an earlier day than the number after it', async () => {
    await reserve();
    await office.ok('outgoing.assignNumber', target(await approvedDraft(office, to)));
    const earlier = await approvedDraft(office, to, { fields: { date: '2026-11-20' } });
    const take = { kind: 'reserved', number: 1, suffix: '' } as const;
    expect(await office.ok('outgoing.assignNumber', { ...target(earlier), take })).toMatchObject({ number: 1 });
  });

  it('are refused in a book that is not in use, and in one of incoming documents', async () => {
    await office.ok('books.setActive', { bookId: 'copies', active: false });
    const wish = { count: 1, reservedFor: 'x' };
    expect(await office.refused('books.reserve', { bookId: 'copies', ...wish })).toBe('BOOK_CLOSED');
    expect(await office.refused('books.reserve', { bookId: 'incoming', ...wish })).toBe('NOT_FOUND');
  });

  it('the same wish sent twice keeps one number', async () => {
    const wish = { bookId: 'outgoing', count: 1, reservedFor: 'x', commandId: crypto.randomUUID() };
    const answers = [await office.call('books.reserve', wish), await office.call('books.reserve', wish)];
    expect(answers[1]).toEqual(answers[0]);
    expect(await entriesOf()).toHaveLength(1);
  });
});

describe('a số phụ', () => {
  const beside = (number: number) => ({ take: { kind: 'beside', number } as const });

  it('stands beside a given number with the next letter, in the book and on the edXML number', async () => {
    await office.ok('books.startFrom', { bookId: 'outgoing', last: 240 });
    await office.ok('outgoing.assignNumber', target(await approvedDraft(office, to)));
    const draft = await approvedDraft(office, to);
    expect(await office.ok('outgoing.nextSuffix', { id: draft.id, number: 241 })).toEqual({ suffix: 'a' });
    expect(await office.ok('outgoing.nextSuffix', { id: draft.id, number: 242 })).toEqual({ suffix: null });
    const numbered = await office.ok('outgoing.assignNumber', { ...target(draft), ...beside(241) });
    expect(numbered).toMatchObject({ number: 241, suffix: 'a', codeText: '241a/VPUBND-HCTC' });
    const next = await office.ok('outgoing.assignNumber', {
      ...target(await approvedDraft(office, to)),
      ...beside(241),
    });
    expect(next).toMatchObject({ codeText: '241b/VPUBND-HCTC' });
    expect(await office.ok('outgoing.get', { id: draft.id })).toMatchObject({ number: 241, suffix: 'a' });
    expect(await office.ok('outgoing.assignNumber', target(await approvedDraft(office, to)))).toMatchObject({
      number: 242,
    });
  });

  it('is refused beside a number that no document has, and on a page with another one', async () => {
    await office.ok('books.reserve', { bookId: 'outgoing', count: 1, reservedFor: 'x' });
    const draft = await approvedDraft(office, to);
    for (const number of [1, 9]) {
      expect(await office.refused('outgoing.assignNumber', { ...target(draft), ...beside(number) })).toBe(
        'NUMBER_NOT_GIVEN',
      );
    }
    await office.ok('outgoing.assignNumber', target(draft));
    const printed = await approvedDraft(office, to, { fields: { printedNumber: '02b' } });
    expect(await office.refused('outgoing.assignNumber', { ...target(printed), ...beside(2) })).toBe(
      'PRINTED_NUMBER_DIFFERS',
    );
    const right = await approvedDraft(office, to, { fields: { printedNumber: '02A' } });
    expect(await office.ok('outgoing.assignNumber', { ...target(right), ...beside(2) })).toMatchObject({ suffix: 'a' });
  });
});

describe('the order of days', () => {
  it('a day before that of the number before is refused until somebody says that it is meant', async () => {
    await office.ok('outgoing.assignNumber', target(await approvedDraft(office, to)));
    const earlier = await approvedDraft(office, to, { fields: { date: '2026-11-23' } });
    const answer = await office.call('outgoing.assignNumber', { ...target(earlier), commandId: crypto.randomUUID() });
    expect(answer).toMatchObject({
      ok: false,
      code: 'DATE_BEFORE_LAST',
      params: { date: '2026-11-23', last: '2026-11-24', codeText: '01/VPUBND-HCTC' },
    });
    expect(await office.ok('outgoing.nextNumber', { id: earlier.id })).toMatchObject({
      date: '2026-11-23',
      before: [{ codeText: '01/VPUBND-HCTC', date: '2026-11-24' }],
    });
    const { differences } = await office.ok('outgoing.look', { id: earlier.id });
    const day = differences.find(({ kind }) => kind === 'date-order');
    expect(day).toMatchObject({ page: '2026-11-23', other: '01/VPUBND-HCTC|2026-11-24' });
    await decideAll(office.ok, earlier, { person: null, seal: null });
    expect(await office.ok('outgoing.assignNumber', target(earlier))).toMatchObject({ number: 2 });
    const { history } = await office.ok('outgoing.get', { id: earlier.id });
    expect(history.map(({ action }) => action)).toContain('difference-accepted');
  });

  it('a clock that was set back a day gives no number by itself', async () => {
    await office.ok('outgoing.assignNumber', target(await approvedDraft(office, to)));
    world.jump(-24 * 3_600_000);
    expect(await office.refused('outgoing.assignNumber', target(await approvedDraft(office, to)))).toBe(
      'DATE_BEFORE_LAST',
    );
  });
});

describe('the books of an office', () => {
  const decisions = { direction: 'outgoing' as const, name: 'Sổ quyết định', documentTypes: ['Quyết định'] };
  const asDecision = { fields: { documentType: 'Quyết định', notation: 'QĐ-VP' } };

  it('a draft that was begun before its book is numbered in it; what has a number stays where it is', async () => {
    const before = await office.ok('outgoing.assignNumber', target(await approvedDraft(office, to, asDecision)));
    const draft = await approvedDraft(office, to, asDecision);
    const { bookId } = await office.ok('books.create', decisions);
    expect(await office.ok('outgoing.nextNumber', { id: draft.id })).toMatchObject({
      bookId,
      bookName: decisions.name,
    });
    expect(await office.ok('outgoing.assignNumber', target(draft))).toMatchObject({ number: 1 });
    expect((await office.ok('books.entries', { bookId: 'outgoing', year: 2026 })).entries[0]?.documentId).toBe(
      before.id,
    );
    await office.ok('books.change', { bookId, name: 'Sổ QĐ, TB', documentTypes: ['Thông báo', 'Quyết định'] });
    const { books } = await office.ok('books.list', {});
    expect(books.find(({ id }) => id === bookId)).toMatchObject({
      name: 'Sổ QĐ, TB',
      documentTypes: ['Quyết định', 'Thông báo'],
      last: 1,
    });
    await office.ok('books.setActive', { bookId, active: false });
    expect(await office.ok('outgoing.assignNumber', target(await approvedDraft(office, to, asDecision)))).toMatchObject(
      {
        number: 2,
      },
    );
  });

  it('are refused when two would claim a name or a type, or the common one would go', async () => {
    await office.ok('books.create', decisions);
    expect(await office.refused('books.create', { ...decisions, name: 'Khác' })).toBe('TYPE_IN_OTHER_BOOK');
    expect(await office.refused('books.create', { ...decisions, documentTypes: ['Tờ trình'] })).toBe('BOOK_NAME_TAKEN');
    expect(await office.refused('books.setActive', { bookId: 'outgoing', active: false })).toBe('COMMON_BOOK_NEEDED');
    expect(await office.refused('books.setActive', { bookId: 'none', active: false })).toBe('NOT_FOUND');
    expect(await office.refused('books.create', { ...decisions, name: 'Thơ', documentTypes: ['Bài thơ'] })).toBe(
      'INVALID_INPUT',
    );
    // The same types in the other direction are another matter.
    await office.ok('books.create', { ...decisions, direction: 'incoming' });
  });

  it('a closed book whose type got another meanwhile cannot come back with it', async () => {
    const { bookId } = await office.ok('books.create', decisions);
    await office.ok('books.setActive', { bookId, active: false });
    await office.ok('books.create', { ...decisions, name: 'Sổ quyết định mới' });
    expect(await office.refused('books.setActive', { bookId, active: true })).toBe('TYPE_IN_OTHER_BOOK');
  });

  it('copies have one series of their own', async () => {
    const copy = { fields: { documentType: 'Sao y', notation: 'SY-VP' } };
    await office.ok('outgoing.assignNumber', target(await approvedDraft(office, to)));
    expect(await office.ok('outgoing.assignNumber', target(await approvedDraft(office, to, copy)))).toMatchObject({
      codeText: '01/SY-VP',
    });
    const extract = { fields: { documentType: 'Trích sao', notation: 'TrS-VP' } };
    expect(await office.ok('outgoing.assignNumber', target(await approvedDraft(office, to, extract)))).toMatchObject({
      codeText: '02/TrS-VP',
    });
  });
});

describe('a year that is over', () => {
  const last = { bookId: 'outgoing', year: 2025 };

  it('is closed when nothing is kept any more, gives no number then, and can be opened again', async () => {
    await office.close();
    await openAt('2025-12-30T03:00:00Z');
    await office.ok('books.reserve', { bookId: 'outgoing', count: 1, reservedFor: 'x' });
    expect(await office.refused('books.closeYear', last)).toBe('BOOK_YEAR_RUNNING');
    world.jump(10 * 24 * 3_600_000);
    expect(await office.refused('books.closeYear', last)).toBe('RESERVED_NUMBERS_LEFT');
    await office.ok('books.dropReserved', { ...last, number: 1, suffix: '', reason: 'không dùng' });
    expect(await office.ok('books.closeYear', last)).toEqual({ last: 1 });
    const late = await approvedDraft(office, to, { fields: { date: '2025-12-31' } });
    expect(await office.refused('outgoing.assignNumber', target(late))).toBe('BOOK_YEAR_CLOSED');
    expect(await office.refused('books.startFrom', { ...last, last: 9 })).toBe('BOOK_YEAR_CLOSED');
    await office.ok('books.reopenYear', last);
    expect(await office.ok('outgoing.assignNumber', target(late))).toMatchObject({ number: 2, year: 2025 });
  });
});

describe('letters with an empty place for number and date', () => {
  it.each(['cong-van-cho-so.pdf', 'cong-van-cho-so-cham.pdf'])('%s gets both on its page', async (name) => {
    await office.ok('books.startFrom', { bookId: 'outgoing', last: 1233 });
    const { file, proposal } = await office.ok('letters.propose', {
      token: office.token(join(repositoryRoot, 'tests/fixtures/letters', name)),
    });
    expect(proposal.number).toBeNull();
    const { fields, placement } = fieldsFrom(proposal);
    const draft = await approvedDraft(office, to, { fields, placement, fileId: file.fileId });
    const { codeText } = await office.ok('outgoing.assignNumber', target(draft));
    expect(codeText).toBe(`1234/${proposal.notation ?? ''}`);
    const detail = await office.ok('outgoing.get', { id: draft.id });
    expect(detail.originalFileId).toBe(file.fileId);
    expect(detail.file.fileId).not.toBe(file.fileId);
    expect(detail.fields.date).toBe('2026-11-24');
    const stamped = new Uint8Array(readFileSync(join(office.dataDir, fileAddress(detail.file.fileId))));
    const words = (await readPdfText(stamped)).pages[0]?.items.map(({ text }) => text) ?? [];
    // On a page whose places are dotted, the figures stand on the dots.
    const figures = words.join('').replaceAll(/[….]/g, '');
    expect(figures).toContain(`Số:1234/${proposal.notation ?? ''}`);
    expect(figures).toContain('ngày24tháng');
    if (name.endsWith('-cham.pdf')) return;
    // Read again by the same eyes that read any letter.
    const copy = join(office.dataDir, `stamped-${name}`);
    copyFileSync(join(office.dataDir, fileAddress(detail.file.fileId)), copy);
    const again = (await office.ok('letters.propose', { token: office.token(copy) })).proposal;
    expect({ number: again.number, notation: again.notation, date: again.date }).toEqual({
      number: '1234',
      notation: proposal.notation,
      date: '2026-11-24',
    });
  });

  it('the sample letter, printed 241, takes number 241 as it is', async () => {
    await office.ok('books.startFrom', { bookId: 'outgoing', year: 2017, last: 240 });
    const { file, proposal } = await office.ok('letters.propose', { token: office.token(sampleLetter) });
    const draft = await approvedDraft(office, to, { ...fieldsFrom(proposal), fileId: file.fileId });
    expect(await office.ok('outgoing.assignNumber', target(draft))).toMatchObject({
      number: 241,
      year: 2017,
      codeText: '241/VPUBND-HCTC',
    });
  });
});

describe('the stamp of urgency', () => {
  const number = async (urgency: 'normal' | 'express', urgencyStamp?: boolean) => {
    const path = join(repositoryRoot, 'tests/fixtures/letters/cong-van-cho-so.pdf');
    const { file, proposal } = await office.ok('letters.propose', { token: office.token(path) });
    const { fields, placement } = fieldsFrom(proposal);
    const draft = await approvedDraft(office, to, {
      fields: { ...fields, urgency },
      placement,
      fileId: file.fileId,
    });
    const { urgencyStamp: outlook } = await office.ok('outgoing.nextNumber', { id: draft.id });
    const choice = urgencyStamp === undefined ? {} : { urgencyStamp };
    const { id } = await office.ok('outgoing.assignNumber', { ...target(draft), ...choice });
    const { fileId } = (await office.ok('outgoing.get', { id })).file;
    const bytes = new Uint8Array(readFileSync(join(office.dataDir, fileAddress(fileId))));
    const words = (await readPdfText(bytes)).pages[0]?.items.map(({ text }) => text) ?? [];
    return { outlook, stamped: words.includes('HỎA') };
  };

  it('is put on the page with the number, unless the clerk or the urgency wants none', async () => {
    expect(await number('express')).toEqual({ outlook: 'will-be-put', stamped: true });
    expect(await number('express', false)).toEqual({ outlook: 'will-be-put', stamped: false });
    expect(await number('normal')).toEqual({ outlook: 'none', stamped: false });
  });
});
