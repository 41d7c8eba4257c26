import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOrder, vietnameseOrder } from '#shared/domain/vietnamese-order.ts';

const byBytes = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const collator = new Intl.Collator('vi');

describe('vietnameseOrder', () => {
  it('puts names as the alphabet does', () => {
    const names = ['Ủy ban', 'Đài', 'Ban', 'Sở Y tế', 'Ấp', 'An', 'Sở Nội vụ', 'Ăn', 'Zăng', 'sở nội vụ', 'Eo', 'Dân'];
    const sorted = names.toSorted((a, b) => byBytes(vietnameseOrder(a), vietnameseOrder(b)));
    const expected = [
      'An',
      'Ăn',
      'Ấp',
      'Ban',
      'Dân',
      'Đài',
      'Eo',
      'Sở Nội vụ',
      'sở nội vụ',
      'Sở Y tế',
      'Ủy ban',
      'Zăng',
    ];
    expect(sorted).toEqual(expected);
  });

  it('orders words of letters and tones as the collation of Vietnamese does', () => {
    const letters = [
      ...'a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y'.split(' '),
      ...'à ả ã á ạ ằ ẳ ẵ ắ ặ ầ ẩ ẫ ấ ậ è ẻ ẽ é ẹ ề ể ễ ế ệ ì ỉ ĩ í ị'.split(' '),
      ...'ò ỏ õ ó ọ ồ ổ ỗ ố ộ ờ ở ỡ ớ ợ ù ủ ũ ú ụ ừ ử ữ ứ ự'.split(' '),
    ];
    const word = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 4 }).map((each) => each.join(''));
    fc.assert(
      fc.property(word, word, (one, other) => {
        const expected = Math.sign(collator.compare(one, other));
        expect(byBytes(vietnameseOrder(one), vietnameseOrder(other))).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('puts numbers by what they count', () => {
    const codes = ['100/A', '9/B', '10/A', 'SY-1', '9/A'];
    expect(codes.toSorted((a, b) => byBytes(codeOrder(a), codeOrder(b)))).toEqual([
      '9/A',
      '9/B',
      '10/A',
      '100/A',
      'SY-1',
    ]);
  });
});
