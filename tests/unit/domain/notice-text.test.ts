import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noticeText, type NoticedDocument } from '#shared/domain/notice-text.ts';
import { gsm7Length, smsParts } from '#shared/domain/sms-length.ts';

const express: NoticedDocument = {
  reason: 'unopened',
  code: '15/CĐ-UBND',
  senderName: 'Ủy ban nhân dân tỉnh Đắk Lắk',
  urgency: 'express-timed',
  at: '2026-11-27T07:00:00.000Z',
};

describe('length of an SMS', () => {
  it('counts septets, two for the extension table', () => {
    expect(gsm7Length('HOA TOC 14:00')).toBe(13);
    expect(gsm7Length('[€]')).toBe(6);
    expect(gsm7Length('àèéìòù')).toBe(6);
    expect(gsm7Length('Đ')).toBeNull();
    expect(gsm7Length('á')).toBeNull();
    expect(gsm7Length('`')).toBeNull();
    expect(gsm7Length('')).toBe(0);
  });

  it.each([
    ['a', 160, 'gsm7', 1],
    ['a', 161, 'gsm7', 2],
    ['a', 306, 'gsm7', 2],
    ['a', 307, 'gsm7', 3],
    ['€', 80, 'gsm7', 1],
    ['€', 81, 'gsm7', 2],
    // 76 of two septets fill 152 of 153: the 77th may not be split.
    ['€', 153, 'gsm7', 3],
    ['ế', 70, 'ucs2', 1],
    ['ế', 71, 'ucs2', 2],
    ['ế', 134, 'ucs2', 2],
    ['ế', 135, 'ucs2', 3],
  ])('%s × %i is %s in %i', (character, count, encoding, parts) => {
    const sms = smsParts(character.repeat(count));
    expect([sms.encoding, sms.parts.length]).toEqual([encoding, parts]);
  });

  it('cuts neither a surrogate pair nor a letter from its marks, and loses nothing', () => {
    const letter = fc.constantFrom('a', '€', '[', 'đ', 'ế', 'e\u0302\u0301', '\u{1F4C4}', ' ');
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 400 }), (all) => {
        const text = all.join('');
        const { encoding, parts } = smsParts(text);
        expect(parts.join('')).toBe(text);
        for (const part of parts) {
          // With the u flag a pair is one character, so that only a half matches.
          expect(part).not.toMatch(/\p{Cs}/u);
          expect(part).not.toMatch(/^\p{M}/u);
          const [one, each] = encoding === 'gsm7' ? [160, 153] : [70, 67];
          expect(encoding === 'gsm7' ? gsm7Length(part) : part.length).toBeLessThanOrEqual(
            parts.length === 1 ? one : each,
          );
        }
      }),
    );
  });

  it('a heap of marks that no part holds is cut rather than sent too long', () => {
    const { parts } = smsParts(`e${'\u0301'.repeat(200)}`);
    expect(parts.every((part) => part.length <= 67)).toBe(true);
    expect(parts.join('')).toHaveLength(201);
  });
});

describe('the text of a notice', () => {
  it('without accents in one part', () => {
    expect(noticeText([express], 'plain')).toBe(
      'HOA TOC HEN GIO 14:00 27/11: 15/CD-UBND cua Uy ban nhan dan tinh Dak Lak chua mo',
    );
  });

  it('with accents when that fits 70, the name abbreviated as offices do', () => {
    const text = noticeText([express], 'accents');
    expect(text).toBe('HỎA TỐC HẸN GIỜ 14:00 27/11: 15/CĐ-UBND của UBND tỉnh Đắk Lắk chưa mở');
    expect(smsParts(text)).toMatchObject({ encoding: 'ucs2', parts: [text] });
  });

  it('without accents when they do not fit, rather than with a name in pieces', () => {
    const long = { ...express, senderName: 'Ban Quản lý dự án đầu tư xây dựng các công trình giao thông' };
    const text = noticeText([long], 'accents');
    expect(text).toContain('Ban Quan ly du an dau tu xay dung cac cong trinh giao thong');
    expect(smsParts(text)).toMatchObject({ encoding: 'gsm7', parts: [text] });
  });

  it.each([
    [{ reason: 'arrived', urgency: 'express', at: null }, 'HOA TOC: 15/CD-UBND cua STC moi den, can mo'],
    [{ reason: 'unopened', urgency: 'urgent', at: null }, 'KHAN: 15/CD-UBND cua STC chua mo'],
    [{ reason: 'due', urgency: 'normal' }, 'Van ban: 15/CD-UBND cua STC den han 14:00 27/11'],
    [{ reason: 'overdue', urgency: 'very-urgent' }, 'THUONG KHAN: 15/CD-UBND cua STC qua han 14:00 27/11'],
  ] as const)('%j', (change, text) => {
    expect(noticeText([{ ...express, senderName: 'STC', ...change }], 'plain')).toBe(text);
  });

  it('several as one', () => {
    const three = [
      express,
      { ...express, at: '2026-11-27T03:00:00.000Z' },
      { ...express, urgency: 'express', at: null } as const,
    ];
    expect(noticeText(three, 'accents')).toBe('3 văn bản hỏa tốc chưa mở, sớm nhất 10:00 27/11');
    expect(noticeText(three, 'plain')).toBe('3 van ban hoa toc chua mo, som nhat 10:00 27/11');
    const mixed = [express, { ...express, urgency: 'urgent', at: null } as const];
    expect(noticeText(mixed, 'plain')).toBe('2 van ban khan chua mo, 1 hoa toc, som nhat 14:00 27/11');
    const different = [express, { ...express, reason: 'overdue' } as const];
    expect(noticeText(different, 'plain')).toContain('can xem');
  });

  it('a text too long gives up the name, never the number or the hour', () => {
    const text = noticeText([{ ...express, senderName: 'Trung tâm Điều hành '.repeat(20) }], 'plain');
    expect(smsParts(text).parts).toHaveLength(1);
    expect(text).toMatch(/^HOA TOC HEN GIO 14:00 27\/11: 15\/CD-UBND cua Trung tam .*\.\.\. chua mo$/);
    const number = `${'1'.repeat(140)}/CĐ-UBND`;
    expect(noticeText([{ ...express, code: number }], 'plain')).toContain(`14:00 27/11: ${'1'.repeat(140)}/CD-UBND`);
  });

  it('whatever the name, one part in GSM-7 with number and hour', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (senderName) => {
        const text = noticeText([{ ...express, senderName }], 'plain');
        expect(smsParts(text)).toMatchObject({ encoding: 'gsm7', parts: [text] });
        expect(text.startsWith('HOA TOC HEN GIO 14:00 27/11: 15/CD-UBND')).toBe(true);
        expect(smsParts(noticeText([{ ...express, senderName }], 'accents')).parts).toHaveLength(1);
      }),
    );
  });
});
