import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { read, utils } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallInput } from '#shared/contract/contract.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import type { FormName } from '#shared/domain/printed-forms.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

let office: TestOffice;
let lead: string;
let other: string;
let unit: string;
let today = '2026-11-02';

const hour = (day: string, time: string): string => new Date(`${day}T${time}:00+07:00`).toISOString();

beforeAll(async () => {
  office = await openTestOffice({ ports: { clock: { now: () => new Date(hour(today, '09:00')) } } });
  const person = async (name: string): Promise<string> => {
    const { personId } = await office.ok('people.savePerson', {
      personId: null,
      name,
      title: 'Chuyên viên',
      unitId: null,
      roles: ['officer'],
      position: 1,
      windowsAccount: '',
    });
    return personId;
  };
  lead = await person('Lê Thị Hải Vân');
  other = await person('Đỗ Minh Sang');
  ({ unitId: unit } = await office.ok('people.saveUnit', {
    unitId: null,
    name: 'Phòng Nội chính',
    abbreviation: 'NC',
    position: 1,
  }));
});
afterAll(() => office.close());

type At = { readonly id: string; readonly revision: number };
const target = ({ id, revision }: At): At => ({ id, revision });

let letters = 0;
/** A letter on paper, entered on `day`. */
async function registered(day: string, forwardTo = '', dueAt: string | null = null): Promise<At> {
  today = day;
  letters += 1;
  return office.ok('incoming.registerPaper', {
    senderCode: null,
    acceptDuplicate: false,
    fields: {
      agencyName: 'Sở Tài chính',
      codeText: `${letters}/STC`,
      date: '2026-10-30',
      documentType: 'Công văn',
      abstract: 'V/v dự toán',
      signerName: '',
      signerTitle: '',
      pageAmount: null,
      ...noMeeting,
      urgency: 'normal',
      dueAt,
      forwardTo,
      paper: 'arrived',
    },
  });
}

async function assign(
  at: At,
  day: string,
  kind: 'person' | 'unit',
  id: string,
  dueAt: string | null = null,
): Promise<At> {
  today = day;
  const { answers } = await office.ok('handling.assign', {
    documents: [target(at)],
    assignees: [{ part: 'lead', kind, id }],
    dueAt,
    note: '',
  });
  const [answer] = answers;
  if (answer?.ok !== true) throw new Error(JSON.stringify(answer));
  return answer;
}

async function complete(at: At, day: string, outcome?: CallInput<'incoming.complete'>['outcome']): Promise<At> {
  today = day;
  return office.ok('incoming.complete', { ...target(at), outcome });
}

/** The rows of a form, as the workbook has them. */
async function rowsOf(form: FormName, fromDay: string, toDay: string): Promise<unknown[][]> {
  const { file } = await office.ok('printing.form', { form, fromDay, toDay, format: 'xlsx' });
  const book = read(await readFile(join(office.dataDir, fileAddress(file.fileId))), { cellDates: true });
  const [sheet] = Object.values(book.Sheets);
  return utils.sheet_to_json<unknown[]>(sheet ?? {}, { header: 1, raw: true, UTC: true, defval: '' }).slice(1);
}

/** Who has it, until when, how far it is, what answers it, remarks: of the only document entered on a day. */
async function followed(day: string): Promise<unknown[]> {
  const rows = await rowsOf('follow-up', day, day);
  expect(rows).toHaveLength(1);
  return rows[0]?.slice(2) ?? [];
}

describe('the follow-up book on paper', () => {
  it('says who leads, until when, on which day it was finished and what answers it', async () => {
    let at = await registered('2026-11-02', 'Phòng Tổng hợp', hour('2026-11-20', '17:00'));
    at = await assign(at, '2026-11-03', 'person', lead, hour('2026-11-10', '11:30'));
    at = await complete(at, '2026-11-09', { kind: 'by-hand', codeText: '77/VP-TH', date: '2026-11-09' });
    today = '2026-11-25';
    await office.ok('handling.remark', { id: at.id, text: 'Đã lưu hồ sơ' });
    expect(await followed('2026-11-02')).toEqual([
      'Lê Thị Hải Vân',
      new Date('2026-11-10T11:30:00Z'),
      'Đã giải quyết 09/11/2026',
      '77/VP-TH',
      '',
    ]);
  });

  it('counts as late what is past the hour that the office gave', async () => {
    const at = await assign(await registered('2026-11-04'), '2026-11-04', 'unit', unit, hour('2026-11-05', '10:00'));
    today = '2026-11-06';
    expect((await followed('2026-11-04'))[2]).toBe('Đang giải quyết, quá hạn');
    await complete(at, '2026-11-07');
    expect(await followed('2026-11-04')).toEqual([
      'Phòng Nội chính',
      new Date('2026-11-05T10:00:00Z'),
      'Đã giải quyết 07/11/2026, quá hạn',
      '',
      '',
    ]);
  });

  it('has one that was undone in progress, and the last day where it was finished again', async () => {
    let at = await assign(await registered('2026-11-08'), '2026-11-08', 'person', lead);
    at = await complete(at, '2026-11-09');
    today = '2026-11-10';
    at = await office.ok('handling.reopen', { ...target(at), reason: 'Trả lời chưa đủ' });
    expect(await followed('2026-11-08')).toEqual(['Lê Thị Hải Vân', '', 'Đang giải quyết', '', '']);
    await complete(at, '2026-11-12', { kind: 'no-answer', reason: 'Chỉ để biết' });
    expect(await followed('2026-11-08')).toEqual([
      'Lê Thị Hải Vân',
      '',
      'Đã giải quyết 12/11/2026',
      '',
      'Không cần trả lời: Chỉ để biết',
    ]);
  });

  it('names the last one to whom it was given, and after a call back whom the clerk wrote down', async () => {
    let at = await assign(await registered('2026-11-13', 'Phòng Tổng hợp'), '2026-11-13', 'person', lead);
    at = await assign(at, '2026-11-14', 'person', other);
    expect((await followed('2026-11-13'))[0]).toBe('Đỗ Minh Sang');
    at = await office.ok('handling.callBack', {
      ...target(at),
      assignee: { kind: 'person', id: other },
      reason: 'Giao nhầm',
    });
    expect((await followed('2026-11-13'))[0]).toBe('Phòng Tổng hợp');
    await complete(at, '2026-11-15');
    expect((await followed('2026-11-13')).slice(0, 3)).toEqual(['Phòng Tổng hợp', '', 'Đã giải quyết 15/11/2026']);
  });

  it('keeps one that was put aside, in progress', async () => {
    const at = await registered('2026-11-16', 'Phòng Tổng hợp');
    const { answers } = await office.ok('handling.putAside', { documents: [target(at)], until: '2026-11-30' });
    expect(answers[0]?.ok).toBe(true);
    expect(await followed('2026-11-16')).toEqual(['Phòng Tổng hợp', '', 'Đang giải quyết', '', '']);
  });

  it('is what the report of the handling adds up, by who leads', async () => {
    today = '2026-11-28';
    const rows = await rowsOf('incoming-report', '2026-11-02', '2026-11-16');
    expect(rows.map((row) => row.slice(0, 7))).toEqual([
      ['Lê Thị Hải Vân', 2, 2, 2, 0, 0, 0],
      ['Phòng Tổng hợp', 2, 1, 1, 0, 1, 0],
      ['Phòng Nội chính', 1, 1, 0, 1, 0, 0],
      ['Tổng cộng', 5, 4, 3, 1, 1, 0],
    ]);
  });
});
