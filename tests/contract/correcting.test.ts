import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileAddress } from '#shared/domain/file-address.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import type { IncomingFields } from '#shared/domain/document-fields.ts';
import { readRows } from '#tests/support/office-database.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openTestOffice();
});
afterAll(() => office.close());

const typed: IncomingFields = {
  agencyName: 'Sở Tài chính',
  codeText: '12/STC-QLNS',
  date: '2026-11-02',
  documentType: 'Công văn',
  abstract: 'V/v quyết toán ngân sách',
  signerName: 'Nguyễn Thị Hoà',
  signerTitle: 'Giám đốc',
  pageAmount: null,
  ...noMeeting,
  urgency: 'normal',
  dueAt: null,
  forwardTo: '',
  paper: 'arrived',
};

let letters = 0;
async function inBook(change: Partial<IncomingFields> = {}) {
  letters += 1;
  const fields = { ...typed, codeText: `${letters}/STC-QLNS`, ...change };
  const registered = await office.ok('incoming.registerPaper', { fields, senderCode: null, acceptDuplicate: false });
  return { ...registered, fields };
}
const get = (id: string) => office.ok('incoming.get', { id });

describe('correcting what stands in the book', () => {
  it('changes every field, keeps number and day, and keeps what stood there with the reason', async () => {
    const { id, revision, arrivalNumber, fields } = await inBook();
    const before = await get(id);
    const corrected: IncomingFields = {
      agencyName: 'Sở Nội vụ',
      codeText: '99/TTr-SNV',
      date: '2026-11-01',
      documentType: 'Giấy mời',
      abstract: 'Mời họp thẩm định biên chế',
      signerName: 'Trần Văn Đoàn',
      signerTitle: 'Phó Giám đốc',
      pageAmount: 4,
      meetingAt: '2026-12-01T01:00:00.000Z',
      meetingEndsAt: '2026-12-01T04:00:00.000Z',
      meetingPlace: 'Phòng họp số 2',
      meetingChair: 'Chủ tịch UBND',
      meetingLink: 'https://hop.vn/1',
      meetingPapers: 'Báo cáo biên chế',
      urgency: 'express',
      dueAt: '2026-11-30T10:00:00.000Z',
      forwardTo: 'Phòng Nội chính',
      paper: 'none',
    };
    const answer = await office.ok('incoming.correct', {
      id,
      revision,
      fields: corrected,
      reason: 'Vào nhầm văn bản',
      acceptDuplicate: false,
    });
    expect(answer).toEqual({ id, revision: revision + 1, state: 'registered' });

    const after = await get(id);
    expect(after.fields).toEqual(corrected);
    expect(after).toMatchObject({ arrivalNumber, arrivedAt: before.arrivedAt, registeredAt: before.registeredAt });
    const entries = after.history.filter(({ action }) => action === 'corrected').map(({ params }) => params);
    for (const name of Object.keys(fields) as (keyof IncomingFields)[]) {
      expect(entries).toContainEqual({
        field: name,
        from: fields[name] ?? '',
        to: corrected[name] ?? '',
        reason: 'Vào nhầm văn bản',
      });
    }
    expect(entries).toHaveLength(Object.keys(corrected).length);
    const trail = readRows<{ params: string }>(
      office.dataDir,
      `SELECT params FROM audit WHERE action = 'corrected' AND subject = '${id}'`,
    );
    expect(trail.map(({ params }) => JSON.parse(params) as unknown)).toEqual(expect.arrayContaining(entries));
  });

  it('shows the present value in the printed register, in lists and in the search, and the old one nowhere', async () => {
    const { id, revision, arrivalNumber, year, fields } = await inBook({ abstract: 'V/v trồng rừng phòng hộ' });
    await office.ok('incoming.correct', {
      id,
      revision,
      fields: { ...fields, abstract: 'V/v chăn nuôi bò sữa', agencyName: 'Chi cục Thú y' },
      reason: 'Gõ nhầm',
      acceptDuplicate: false,
    });
    const { entries } = await office.ok('books.entries', { bookId: 'incoming', year });
    expect(entries.find(({ number }) => number === arrivalNumber)?.fields).toMatchObject({
      abstract: 'V/v chăn nuôi bò sữa',
      agencyName: 'Chi cục Thú y',
    });
    const { file } = await office.ok('books.print', { bookId: 'incoming', year });
    const text = execFileSync('pdftotext', [join(office.dataDir, fileAddress(file.fileId)), '-'], { encoding: 'utf8' })
      .normalize('NFC')
      .replaceAll(/\s+/g, ' ');
    expect(text).toContain('chăn nuôi bò sữa');
    expect(text).not.toContain('trồng rừng');
    const found = async (words: string) => (await office.ok('incoming.list', { box: 'in-progress', text: words })).rows;
    expect((await found('chăn nuôi bò sữa')).map((row) => row.id)).toEqual([id]);
    expect(await found('trồng rừng phòng hộ')).toEqual([]);
  });

  it('refuses the second of two who correct the same document, and keeps the first', async () => {
    const { id, revision, fields } = await inBook();
    const input = { id, revision, reason: 'Gõ nhầm', acceptDuplicate: false };
    const answers = await Promise.allSettled([
      office.ok('incoming.correct', { ...input, fields: { ...fields, abstract: 'Một' } }),
      office.ok('incoming.correct', { ...input, fields: { ...fields, abstract: 'Hai' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await office.refused('incoming.correct', { ...input, fields: { ...fields, abstract: 'Ba' } })).toBe(
      'STALE_REVISION',
    );
    expect((await get(id)).abstract).toBe('Một');
  });

  it('refuses what changes nothing, gives no reason, or is not in the book yet', async () => {
    const { id, revision, fields } = await inBook();
    const input = { id, revision, fields, reason: 'x', acceptDuplicate: false };
    expect(await office.refused('incoming.correct', input)).toBe('NOTHING_CHANGED');
    const other = { ...fields, abstract: 'Khác' };
    expect(await office.refused('incoming.correct', { ...input, fields: other, reason: '  ' })).toBe('INVALID_INPUT');
    expect((await get(id)).revision).toBe(revision);
  });

  it('asks before one document becomes like another by its correction', async () => {
    const first = await inBook();
    const { id, revision, fields } = await inBook();
    const input = { id, revision, reason: 'Nhầm số', fields: { ...fields, codeText: first.fields.codeText } };
    expect(await office.refused('incoming.correct', { ...input, acceptDuplicate: false })).toBe('DUPLICATE_DOCUMENT');
    await office.ok('incoming.correct', { ...input, acceptDuplicate: true });
    // What does not touch number, date and sender does not ask again.
    const abstract = { ...input.fields, abstract: 'Khác' };
    await office.ok('incoming.correct', { ...input, revision: revision + 1, fields: abstract, acceptDuplicate: false });
  });

  it('is found by its corrected number when the same letter comes again', async () => {
    const { id, revision, fields } = await inBook();
    const corrected = { ...fields, codeText: '777/STC' };
    await office.ok('incoming.correct', { id, revision, fields: corrected, reason: 'Nhầm số', acceptDuplicate: false });
    const again = { fields: corrected, senderCode: null, acceptDuplicate: false };
    expect(await office.refused('incoming.registerPaper', again)).toBe('DUPLICATE_DOCUMENT');
  });
});
