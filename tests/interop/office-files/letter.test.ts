import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeLetter } from '#office-files/write-letter.ts';
import { letterPage } from '#tests/support/letter-page.ts';

interface Written {
  readonly text: string;
  /** In points. */
  readonly size: number;
  readonly bold: boolean;
  readonly italics: boolean;
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'van-thu-letter-'));
  await writeFile(join(folder, 'a.docx'), await writeLetter(letterPage));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const part = (name: string): string =>
  execFileSync('unzip', ['-p', join(folder, 'a.docx'), name], { encoding: 'utf8' });

/** The runs of the document, in their order. */
function runs(): readonly Written[] {
  const found: Written[] = [];
  let text = '';
  let look = { size: 14, bold: false, italics: false };
  let inText = false;
  const parser = new SaxesParser();
  const isOn = (value: unknown): boolean => value !== 'false' && value !== '0';
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'w:r') look = { size: 14, bold: false, italics: false };
    if (name === 'w:sz') look.size = Number(attributes['w:val']) / 2;
    if (name === 'w:b') look.bold = isOn(attributes['w:val']);
    if (name === 'w:i') look.italics = isOn(attributes['w:val']);
    inText ||= name === 'w:t';
  });
  parser.on('text', (more) => {
    if (inText) text += more;
  });
  parser.on('closetag', ({ name }) => {
    if (name !== 'w:t') return;
    found.push({ text, ...look });
    text = '';
    inText = false;
  });
  parser.write(part('word/document.xml')).close();
  // Empty lines make the room for the signature.
  return found.filter((run) => run.text !== '');
}

describe('the letter for a word processor', () => {
  it('has the parts of Nghị định 30/2020, Phụ lục I, in their order, type and size', () => {
    expect(runs()).toEqual(
      [
        ['ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK', 13],
        ['VĂN PHÒNG', 13, 'bold'],
        ['Số:           /VPUBND-HCTC', 13],
        ['V/v tăng cường thực hiện gửi, nhận văn bản điện tử', 12],
        ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 12, 'bold'],
        ['Độc lập - Tự do - Hạnh phúc', 13, 'bold'],
        ['Đắk Lắk, ngày      tháng 11 năm 2026', 13, 'italics'],
        ['Kính gửi:', 14],
        ['- Các Sở, ban, ngành;', 14],
        ['- UBND các huyện, thị xã, thành phố.', 14],
        ['Văn phòng đã theo dõi.', 14],
        ['1. Mở muộn văn bản hỏa tốc: Sở <A> & B (3/4 văn bản).', 14],
        ['Nơi nhận:', 12, 'bold italics'],
        ['- Như trên;', 11],
        ['- Lưu: VT.', 11],
        ['TL. CHỦ TỊCH', 14, 'bold'],
        ['CHÁNH VĂN PHÒNG', 14, 'bold'],
        ['Bùi Hồng Quý', 14, 'bold'],
      ].map(([text, size, look = '']) => ({
        text,
        size,
        bold: String(look).includes('bold'),
        italics: String(look).includes('italics'),
      })),
    );
  });

  it('is set in Times New Roman on A4 with the margins of the decree, and numbers its pages from the second', () => {
    expect(part('word/styles.xml')).toContain('Times New Roman');
    const xml = part('word/document.xml');
    expect(xml).toMatch(/<w:pgSz [^>]*w:w="11906"[^>]*w:h="16838"/);
    const margins = /<w:pgMar ([^>]*)>/.exec(xml)?.[1] ?? '';
    const mm = (side: string): number => Number(new RegExp(`w:${side}="(\\d+)"`).exec(margins)?.[1]) / (1440 / 25.4);
    expect([mm('top'), mm('bottom'), mm('left'), mm('right')].map(Math.round)).toEqual([20, 20, 30, 20]);
    expect(xml).toContain('<w:titlePg');
    expect(`${part('word/header1.xml')}${part('word/header2.xml')}`).toContain('PAGE');
  });
});
