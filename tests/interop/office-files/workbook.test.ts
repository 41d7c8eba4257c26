import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read, utils } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sheet } from '#core/ports/office-files.ts';
import { writeWorkbook } from '#office-files/write-workbook.ts';

const sheets: readonly Sheet[] = [
  {
    name: 'Cơ quan',
    columns: [
      { title: 'Cơ quan', kind: 'text', width: 44 },
      { title: 'Nhận điện tử', kind: 'whole', width: 11 },
      { title: 'Tỷ lệ mở đúng hạn', kind: 'share', width: 12 },
      { title: 'Mở: trung vị, phút', kind: 'decimal', width: 13 },
      { title: 'Đến lúc', kind: 'instant', width: 17 },
      { title: 'Ngày văn bản', kind: 'day', width: 12 },
    ],
    rows: [
      ['Sở Nông nghiệp và Môi trường', 12_345, 0.614, 4.25, Date.parse('2026-11-27T18:30:00Z'), '2026-11-27'],
      ['=HYPERLINK("http://a.invalid")', 0, null, null, null, null],
      ['Hai\u0001 dòng\u0007 <&>', 1, 1, 0, Date.parse('2026-12-31T17:00:00Z'), '2026-01-01'],
    ],
  },
  { name: 'Văn bản', columns: [{ title: 'Số, ký hiệu', kind: 'text', width: 22 }], rows: [] },
];

let folder: string;
let bytes: Uint8Array;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'van-thu-workbook-'));
  bytes = await writeWorkbook(sheets);
  await writeFile(join(folder, 'a.xlsx'), bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const part = (name: string): string =>
  execFileSync('unzip', ['-p', join(folder, 'a.xlsx'), name], { encoding: 'utf8' });

describe('a workbook, as another program reads it', () => {
  it('has its sheets, Vietnamese headings, and numbers, shares and dates as such', () => {
    const workbook = read(bytes, { cellDates: true, UTC: true, cellNF: true });
    expect(workbook.SheetNames).toEqual(['Cơ quan', 'Văn bản']);
    const sheet = workbook.Sheets['Cơ quan'];
    if (sheet === undefined) throw new Error('no sheet');
    const [headings, first] = utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: true, UTC: true });
    expect(headings).toEqual(sheets[0]?.columns.map(({ title }) => title));
    expect(first?.slice(0, 4)).toEqual(['Sở Nông nghiệp và Môi trường', 12_345, 0.614, 4.25]);
    expect(sheet['B2']).toMatchObject({ t: 'n', z: '#,##0' });
    expect(sheet['C2']).toMatchObject({ t: 'n', z: '0.0%' });
    // 18:30 UTC is half past one of the next day in Việt Nam.
    expect(sheet['E2']).toMatchObject({ t: 'd', z: 'dd/mm/yyyy hh:mm', v: new Date('2026-11-28T01:30:00Z') });
    expect(sheet['E4']).toMatchObject({ v: new Date('2027-01-01T00:00:00Z') });
    expect(sheet['E3']).toBeUndefined();
    expect(sheet['F2']).toMatchObject({ t: 'd', z: 'dd/mm/yyyy', v: new Date('2026-11-27T00:00:00Z') });
  });

  it('takes no text from outside for a formula, and carries no character that XML does not', () => {
    const sheet = read(bytes, { cellFormula: true }).Sheets['Cơ quan'];
    expect(sheet?.['A3']).toMatchObject({ t: 's', v: '=HYPERLINK("http://a.invalid")' });
    expect(sheet?.['A3']).not.toHaveProperty('f');
    expect(sheet?.['A4']).toMatchObject({ v: 'Hai dòng <&>' });
  });

  it('keeps the headings in sight, gives the columns their widths and prints across', () => {
    const xml = part('xl/worksheets/sheet1.xml');
    expect(xml).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"|<pane [^>]*state="frozen"[^>]*ySplit="1"/);
    expect(xml).toMatch(/<col [^>]*width="44"/);
    expect(xml).toMatch(/<pageSetup [^>]*orientation="landscape"/);
  });
});
