import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { incomingRecord, outgoingRecord } from '#tests/support/office-records.ts';
import { plainFields } from '#tests/support/office-letters.ts';
import { openTestRegisters, type OpenTestRegisters } from '#tests/support/office-registers.ts';

let open: OpenTestRegisters;
const now = new Date('2026-11-24T02:00:00Z');
beforeEach(() => {
  open = openTestRegisters();
});
afterEach(() => open.close());

describe('search', () => {
  beforeEach(() => {
    open.insert(
      outgoingRecord({
        codeText: '241/VPUBND-HCTC',
        fields: {
          ...plainFields,
          abstract: 'V/v tăng cường gửi, nhận văn bản điện tử',
          agencyName: 'Văn phòng UBND tỉnh Đắk Lắk',
        },
      }),
      outgoingRecord({
        codeText: '12/SYT',
        fields: { ...plainFields, abstract: 'Thông báo lịch họp', agencyName: 'Sở Y tế' },
      }),
      outgoingRecord({ codeText: '241/XX', state: 'discarded' }),
    );
    open.tx((stores) => stores.incoming.insert(incomingRecord(), []));
  });
  const hits = (text: string) =>
    open.registers.search
      .find(text, 20, new Set())
      .map(({ codeText }) => codeText)
      .toSorted();

  it.each([
    ['dak lak', ['12/SNV-VP', '241/VPUBND-HCTC']],
    ['Đắk Lắk', ['12/SNV-VP', '241/VPUBND-HCTC']],
    ['ĐẮK', ['12/SNV-VP', '241/VPUBND-HCTC']],
    ['Đắk Lắk'.normalize('NFD'), ['12/SNV-VP', '241/VPUBND-HCTC']],
    ['\u00d0ắk Lắk', ['12/SNV-VP', '241/VPUBND-HCTC']],
    ['\u0189ắk', ['12/SNV-VP', '241/VPUBND-HCTC']],
    ['241/VP', ['241/VPUBND-HCTC']],
    ['41/VPU', ['241/VPUBND-HCTC']],
    ['vpubnd-hctc', ['241/VPUBND-HCTC']],
    ['van ban dien t', ['241/VPUBND-HCTC']],
    ['bien che hoa', ['12/SNV-VP']],
    ['hop khong co', []],
    ['   ', []],
    ['"', []],
  ])('%j finds %j', (text, expected) => {
    expect(hits(text)).toEqual(expected);
  });

  it('a changed text is found by its new words only', () => {
    const record = outgoingRecord({ codeText: '77/ABC', fields: { ...plainFields, abstract: 'cũ kỹ' } });
    open.insert(record);
    open.tx((stores) =>
      stores.outgoing.update({
        ...record,
        revision: 2,
        codeText: '78/ABC',
        fields: { ...plainFields, abstract: 'mới tinh' },
      }),
    );
    expect(hits('cu ky')).toEqual([]);
    expect(hits('77/A')).toEqual([]);
    expect(hits('moi tinh')).toEqual(['78/ABC']);
  });

  it('no text that anyone can type breaks it', () => {
    const nasty = fc.oneof(
      fc.string({ maxLength: 200, unit: 'binary' }),
      fc.string({
        maxLength: 40,
        unit: fc.constantFrom(
          '"',
          '*',
          '(',
          ')',
          '-',
          '/',
          ':',
          '^',
          '+',
          '\0',
          '1',
          'a',
          ' ',
          'đ',
          '%',
          '_',
          '\\',
          "'",
        ),
      }),
      fc.constantFrom('NEAR(a b)', 'a AND', 'NOT', 'code:1', 'a*b*', '1/"2', '241\0/VP', '\ud800/1'),
    );
    fc.assert(
      fc.property(nasty, (text) => {
        open.registers.search.find(text, 5, new Set());
        open.registers.outgoing.list({ box: 'drafts', text, limit: 5, now });
        open.registers.incoming.list({ box: 'due', text, limit: 5, now });
        open.registers.agencies.search(text, 5);
      }),
      { numRuns: 300 },
    );
  });
});
