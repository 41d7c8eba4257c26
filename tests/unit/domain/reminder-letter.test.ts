import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_TIMES } from '#shared/domain/oversight.ts';
import {
  addresseeLines,
  letterPageSchema,
  MOST_NAMED,
  type NamedAgency,
  type ReminderParagraph,
  reminderParagraphs,
} from '#shared/domain/reminder-letter.ts';

const after = { opened: NO_TIMES, registered: NO_TIMES, finished: NO_TIMES };
const silent = {
  received: 0,
  opened: 0,
  registered: 0,
  finished: 0,
  due: 0,
  finishedInTime: 0,
  after,
  onTime: 0,
  expressReceived: 0,
  expressOpenedLate: 0,
  sent: 1,
  withoutPaper: 0,
  paperOnly: 0,
  unreachable: 0,
  lastContactAt: null,
  isUnreachable: false,
};
const agency = (code: string, figures: Partial<NamedAgency> = {}): NamedAgency => ({
  ...silent,
  code,
  name: `Sở ${code}`,
  ...figures,
});
const good = { received: 20, opened: 20, onTime: 20 };
const late = { received: 20, opened: 15, onTime: 10, expressReceived: 4, expressOpenedLate: 3 };

function letter(agencies: readonly NamedAgency[], before = { received: 0, onTime: 0 }): readonly ReminderParagraph[] {
  return reminderParagraphs({
    office: 'Văn phòng UBND tỉnh Đắk Lắk',
    period: { from: '2026-11-01', to: '2026-12-01' },
    figures: { agencies, before },
  });
}
const textOf = (paragraphs: readonly ReminderParagraph[]): string => paragraphs.map(({ text }) => text).join('\n');
const startingWith = (paragraphs: readonly ReminderParagraph[], start: RegExp) =>
  paragraphs.find(({ text }) => start.test(text));

describe('the letter that reminds all agencies', () => {
  it('names the good and the late by their figures, each with the documents behind it', () => {
    const written = letter(
      [
        agency('A', good),
        agency('B', { ...late, sent: 0, paperOnly: 2 }),
        agency('C', { ...good, onTime: 19, sent: 12, withoutPaper: 10, paperOnly: 1 }),
        agency('D', { received: 3, unreachable: 3, isUnreachable: true, lastContactAt: '2026-11-12T20:00:00.000Z' }),
      ],
      { received: 10, onTime: 7 },
    );
    const text = textOf(written);
    expect(text).toContain('từ ngày 01/11/2026 đến ngày 30/11/2026');
    expect(text).toContain('nhận 63 văn bản điện tử, mở đúng hạn 77,8 % (kỳ trước 70 %)');
    expect(text).toContain('gửi 14 văn bản điện tử, trong đó 10 văn bản không kèm bản giấy.');
    expect(text).toContain('2 cơ quan, đơn vị đã chủ động mở văn bản kịp thời: Sở A (100 %), Sở C (95 %).');
    expect(
      startingWith(written, /^1\. Mở muộn hoặc chưa mở văn bản hỏa tốc: Sở B \(3\/4 văn bản\)\.$/)?.sources,
    ).toEqual([{ kind: 'received', agency: 'B', name: 'Sở B', which: 'express-late' }]);
    expect(text).toContain('2. Tỷ lệ mở văn bản đúng hạn dưới 85 %: Sở B (50 %).');
    expect(
      startingWith(written, /^3\. Chưa gửi văn bản điện tử nào: Sở B \(2 văn bản chỉ gửi bản giấy\)\.$/)?.sources,
    ).toEqual([{ kind: 'sent', agency: 'B', name: 'Sở B', which: 'paper-only' }]);
    expect(text).toContain('4. Gửi văn bản điện tử mà không gửi bản giấy: Sở C (10/12 văn bản).');
    expect(text).toContain('5. Có văn bản chỉ gửi bản giấy, không gửi bản điện tử: Sở C (1 văn bản).');
    // The day in Việt Nam; who cannot be reached is not called late.
    expect(text).toContain('(không tính là mở muộn): Sở D (từ 13/11/2026, 3 văn bản chưa nhận).');
  });

  it('finds no fault where there is none, and praises nobody where all are late', () => {
    const fine = textOf(letter([agency('A', good), agency('B', good)]));
    expect(fine).toContain('Cả 2 cơ quan, đơn vị có văn bản đến đều mở kịp thời: Sở A (100 %), Sở B (100 %).');
    expect(fine).not.toContain('tồn tại');
    const bad = textOf(letter([agency('A', late), agency('B', late)]));
    expect(bad).not.toContain('kịp thời:');
    expect(bad).toContain('2. Tỷ lệ mở văn bản đúng hạn dưới 85 % (2 cơ quan, đơn vị): Sở A (50 %); Sở B (50 %).');
    expect(bad).toContain('kiểm tra nguyên nhân và khắc phục ngay các tồn tại');
  });

  it('speaks of one agency as of one, and of an empty period as such', () => {
    expect(textOf(letter([agency('A', good)]))).toContain('Đã chủ động mở văn bản kịp thời: Sở A (100 %).');
    expect(textOf(letter([]))).toContain('chưa có văn bản điện tử nào được gửi, nhận');
    const nothing = letter([agency('A', { sent: 0 })]);
    expect(textOf(nothing)).toContain('1. Chưa gửi văn bản điện tử nào: Sở A.');
    expect(textOf(nothing)).not.toContain('NaN');
  });

  it('does not praise who opened express documents late, nor round a share up to all', () => {
    const text = textOf(
      letter([
        agency('A', { ...good, expressReceived: 1, expressOpenedLate: 1 }),
        agency('B', { received: 10_000, onTime: 9_999 }),
      ]),
    );
    expect(text).toContain('Đã chủ động mở văn bản kịp thời: Sở B (99,9 %).');
  });

  it('stays readable with 200 agencies: some are named, the rest counted, all of them behind the figure', () => {
    const written = letter(Array.from({ length: 200 }, (_, n) => agency(`S${n}`, late)));
    const express = startingWith(written, /^1\. /);
    expect(express?.text).toMatch(/\(200 cơ quan, đơn vị\): .* và 190 cơ quan, đơn vị khác\.$/u);
    expect(express?.text.match(/Sở S\d+/gu)).toHaveLength(MOST_NAMED);
    expect(express?.sources).toHaveLength(200);
    for (const { text } of written) expect(text.length).toBeLessThan(1_000);
  });

  it('has documents behind every sentence with a figure, and asks nobody to telephone, whatever the figures', () => {
    const count = fc.integer({ min: 0, max: 30 });
    const any = fc.record({
      received: count,
      onTime: count,
      expressReceived: count,
      expressOpenedLate: count,
      sent: count,
      withoutPaper: count,
      paperOnly: count,
      unreachable: count,
      isUnreachable: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (figures) => {
        const written = letter(
          figures.map((one, n) => {
            const onTime = Math.min(one.onTime, one.received);
            return agency(String.fromCodePoint(65 + n), {
              ...one,
              onTime,
              withoutPaper: Math.min(one.withoutPaper, one.sent),
            });
          }),
        );
        const [, ...rest] = written;
        for (const { text, sources } of rest) {
          const words = text
            .replace(/^\d+\. /, '')
            .replaceAll(/Sở \S+/gu, '')
            .replace('85 %', '');
          if (/\d/.test(words)) expect(sources, text).not.toEqual([]);
        }
        expect(textOf(written)).not.toMatch(/NaN|Infinity|undefined|gọi điện|điện thoại/u);
        const page = { parentAgency: '', agency: 'VP', notation: '', subject: 'x', place: '', month: 1, year: 2026 };
        const rest2 = { addressees: ['Các Sở'], recipientLines: [], authority: '', signerTitle: '', signerName: '' };
        const whole = { ...page, ...rest2, paragraphs: written.map(({ text }) => text) };
        expect(letterPageSchema.safeParse(whole).success).toBe(true);
      }),
    );
  });
});

describe('the lines after "Kính gửi"', () => {
  const reminded = ['A', 'B', 'C', 'D'].map((code) => ({ code, name: `Sở ${code}` }));

  it('are collective names where all who bear one are meant, and single names for the rest', () => {
    const groups = [
      { name: 'Các Sở, ban, ngành', codes: ['A', 'B'] },
      { name: 'UBND các huyện', codes: ['C', 'X'] },
    ];
    expect(addresseeLines(reminded, groups)).toEqual(['Các Sở, ban, ngành', 'Sở C', 'Sở D']);
  });

  it('name nobody twice, and many without a common name only together', () => {
    const groups = [
      { name: 'Các Sở', codes: ['A', 'B'] },
      { name: 'Các cơ quan', codes: ['A', 'B', 'C', 'D'] },
    ];
    expect(addresseeLines(reminded, groups)).toEqual(['Các cơ quan']);
    const many = Array.from({ length: 200 }, (_, n) => ({ code: `S${n}`, name: `Sở ${n}` }));
    expect(addresseeLines(many, [])).toEqual(['Các cơ quan, đơn vị']);
  });
});
