import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAgencyLookedFor } from '#shared/domain/agency-search.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';

const directory = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../resources/demo/agencies.json'), 'utf8'),
) as { readonly name: string; readonly code: string }[];
const found = (text: string) =>
  directory
    .filter(({ name, code }) => isAgencyLookedFor(`${foldVietnamese(name)} ${code.toLowerCase()}`, text))
    .map(({ name }) => name);

describe('looking for an agency', () => {
  it.each([
    ['STTTT', 'Sở Thông tin và Truyền thông tỉnh Đắk Lắk'],
    ['stttt', 'Sở Thông tin và Truyền thông tỉnh Đắk Lắk'],
    ['Sở TTTT', 'Sở Thông tin và Truyền thông tỉnh Đắk Lắk'],
    ['KHĐT', 'Sở Kế hoạch và Đầu tư tỉnh Đắk Lắk'],
    ['SNV', 'Sở Nội vụ tỉnh Đắk Lắk'],
    ['VPUBND', 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk'],
    ['VP Tỉnh ủy', 'Văn phòng Tỉnh ủy Đắk Lắk'],
    ['UBND TP Buôn Ma Thuột', 'Ủy ban nhân dân thành phố Buôn Ma Thuột'],
    ['ubnd tp. buon ma thuot', 'Ủy ban nhân dân thành phố Buôn Ma Thuột'],
    ['Uỷ ban nhân dân huyện Lắk', 'Ủy ban nhân dân huyện Lắk'],
    ['h15.03', 'Sở Thông tin và Truyền thông tỉnh Đắk Lắk'],
    ['\u00d0ắk Lắk thống kê', 'Cục Thống kê tỉnh Đắk Lắk'],
    ['noi vu', 'Sở Nội vụ tỉnh Đắk Lắk'],
  ])('%s finds %s', (text, name) => expect(found(text)).toContain(name));

  it('"UBND" and "Ủy ban nhân dân" find the same, all of them', () => {
    const all = directory.filter(({ name }) => name.includes('Ủy ban nhân dân')).length;
    expect(found('UBND')).toHaveLength(all);
    expect(found('uy ban nhan dan')).toHaveLength(all);
    expect(found('Ủy ban').length).toBeGreaterThanOrEqual(all);
  });

  it('what no name has is not found, and nothing finds everything', () => {
    for (const text of ['Sở Không Có Thật', 'STTTTX', 'qq', '%']) expect(found(text)).toEqual([]);
    expect(found('')).toHaveLength(directory.length);
    expect(found('SNV')).toEqual(['Sở Nội vụ tỉnh Đắk Lắk', 'Sở Ngoại vụ tỉnh Đắk Lắk']);
  });
});
