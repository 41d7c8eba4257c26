import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NamedAgency } from '#core/directory/directory-store.ts';
import { comparableName } from '#core/directory/comparable-name.ts';
import type { ProvenAgency } from '#core/directory/proven-name.ts';
import { isNameOf, sendsFor } from '#core/directory/same-agency.ts';
import { isOtherName, senderWarnings } from '#core/incoming/sender-warnings.ts';
import { proposeFields } from '#core/reading/propose-fields.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import type { SignatureReport, VerificationReport } from '#shared/domain/verification.ts';
import { repositoryRoot } from '#tests/support/test-office.ts';

interface Listed {
  readonly code: string;
  readonly name: string;
  readonly parentCode: string | null;
}
const listed = JSON.parse(readFileSync(join(repositoryRoot, 'resources/demo/agencies.json'), 'utf8')) as Listed[];
const directory = listed.map(({ code, name, parentCode }): ProvenAgency => {
  const parentName = listed.find((one) => one.code === parentCode)?.name ?? null;
  return { code, name, parentName, known: true };
});
const all = (): NamedAgency[] => directory.map(({ code, name }) => ({ code, name, groups: [] }));
const ctx = { registers: { agencies: { all } } } as unknown as Parameters<typeof isOtherName>[0];
const named = (name: string, parentName: string | null = null): ProvenAgency => ({
  code: 'H99.01',
  name,
  parentName,
  known: true,
});
const province = 'Ủy ban nhân dân tỉnh Đắk Lắk';

describe('names of an agency', () => {
  it.each([
    ['SỞ NỘI VỤ TỈNH ĐẮK LẮK', 'Sở Nội vụ tỉnh Đắk Lắk'],
    ['Sở Nội vụ', 'Sở Nội vụ tỉnh Đắk Lắk'],
    ['Sở Nội vụ Đắk Lắk', 'Sở Nội vụ tỉnh Đắk Lắk'],
    ['Sở Nội vụ tỉnh Đắk Lắk', 'Sở Nội vụ'],
    ['UBND tỉnh Đắk Lắk - Sở Nội vụ', 'Sở Nội vụ tỉnh Đắk Lắk'],
    ['Uỷ ban nhân dân tỉnh Đắk Lắk\nSở Nội vụ', 'Sở Nội vụ tỉnh Đắk Lắk'],
    ['Sở Nội vụ, UBND tỉnh Đắk Lắk', 'Sở Nội vụ tỉnh Đắk Lắk'],
    ['Sở TT&TT tỉnh Đắk Lắk', 'Sở Thông tin và Truyền thông tỉnh Đắk Lắk'],
    ['Sở KHĐT', 'Sở Kế hoạch và Đầu tư tỉnh Đắk Lắk'],
    ['VPUBND tỉnh Đắk Lắk', 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk'],
    ['Văn phòng UBND tỉnh', 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk'],
    ['UBND TP. Buôn Ma Thuột', 'Ủy ban nhân dân thành phố Buôn Ma Thuột'],
    ['Sở Lao động, Thương binh và Xã hội', 'Sở Lao động, Thương binh và Xã hội tỉnh Đắk Lắk'],
  ])('%j means %j', (written, name) => {
    expect(isNameOf(written, { name, parentName: province })).toBe(true);
  });

  it.each([
    ['Ủy ban nhân dân tỉnh', 'Sở Nội vụ tỉnh Đắk Lắk'],
    [province, 'Sở Nội vụ tỉnh Đắk Lắk'],
    [province, 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk'],
    ['Sở Nội vụ tỉnh Gia Lai', 'Sở Nội vụ tỉnh Đắk Lắk'],
    ['UBND tỉnh Đắk Lắk - Sở Tư pháp', 'Sở Nội vụ tỉnh Đắk Lắk'],
    ['Ủy ban nhân dân xã Ea Kar', 'Ủy ban nhân dân huyện Ea Kar'],
    ['Sở Thông tin và Truyền thông', 'Sở Nội vụ tỉnh Đắk Lắk'],
    ['Văn phòng Tỉnh ủy Đắk Lắk', 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk'],
  ])('%j does not mean %j', (written, name) => {
    expect(isNameOf(written, { name, parentName: province })).toBe(false);
  });

  it('no two agencies of the directory have one name', () => {
    const same = directory.flatMap((one) =>
      directory
        .filter((other) => other !== one && isNameOf(other.name, one))
        .map(({ name }) => `${name} = ${one.name}`),
    );
    expect(same).toEqual([]);
  });

  it('whatever is written is compared in the end', () => {
    const word = fc.constantFrom('vp', 'v', 'ubnd', 'u', 'tỉnh', 'xã', 'và', 'a', 'aa', 'aaaa', '\u0301', '-');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word, { maxLength: 70 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, text, text, (written, name, parentName) => {
        expect(isNameOf(written, { name, parentName })).toBeTypeOf('boolean');
        expect(sendsFor({ name, parentName }, written)).toBeTypeOf('boolean');
      }),
    );
  });
});

describe('the envelope', () => {
  const sender = named('Sở Tư pháp tỉnh Đắk Lắk', province);
  it.each([
    ['', false],
    ['h99.01', false],
    ['Sở Tư pháp', false],
    ['Ủy ban nhân dân tỉnh', true],
  ])('that says %j names another: %s', (written, other) => {
    expect(isOtherName(ctx, written, sender)).toBe(other);
  });

  it('of a sender that the directory does not know may not name an agency that it knows', () => {
    const unknown = { code: 'H99.02', name: 'H99.02', parentName: null, known: false };
    expect(isOtherName(ctx, 'Trung tâm mới', unknown)).toBe(false);
    expect(isOtherName(ctx, 'UBND tỉnh Đắk Lắk', unknown)).toBe(true);
  });
});

const folders = [join(repositoryRoot, 'tests/fixtures/letters'), join(repositoryRoot, 'resources/demo/letters')];
const genuine = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.pdf'))
    .map((name) => [name, join(folder, name)] as const),
);

describe('genuine letters', () => {
  it.each(genuine)('%s accuses nobody that may send it, and everybody else', async (_, path) => {
    const page = proposeFields(await readPdfText(new Uint8Array(readFileSync(path))));
    const { agency } = page;
    if (agency === null) {
      expect(directory.flatMap((sender) => senderWarnings(ctx, sender, page, null))).toEqual([]);
      return;
    }
    const inDirectory = directory.filter(({ name }) => comparableName(name) === comparableName(agency));
    const own = inDirectory.length > 0 ? inDirectory : [named(agency)];
    for (const sender of own) expect(senderWarnings(ctx, sender, page, null)).toEqual([]);
    for (const sender of directory) {
      // "Cục Thuế" of the ministry is how a provincial one abbreviates itself, too.
      if (isNameOf(agency, sender) || sendsFor(sender, agency)) continue;
      const isParent = page.parentAgency !== null && isNameOf(page.parentAgency, sender);
      expect([sender.name, senderWarnings(ctx, sender, page, null)]).toEqual([
        sender.name,
        isParent ? [] : ['PAGE_AGENCY_DIFFERS'],
      ]);
    }
  });

  it.each([
    ['Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk', 'UBND tỉnh Đắk Lắk'],
    ['Văn phòng HĐND và UBND huyện Krông Búk', 'Ủy ban nhân dân huyện Krông Búk'],
    ['Văn phòng HĐND và UBND huyện Krông Búk', 'Hội đồng nhân dân huyện Krông Búk'],
    ['Văn phòng Tỉnh ủy Đắk Lắk', 'Tỉnh ủy Đắk Lắk'],
  ])('%s sends what %s issues', (name, issuer) => {
    expect(sendsFor({ name, parentName: null }, issuer)).toBe(true);
  });

  it('an office sends for the body that it serves, and for no other', () => {
    expect(sendsFor({ name: 'Văn phòng', parentName: province }, 'UBND tỉnh Đắk Lắk')).toBe(true);
    expect(sendsFor({ name: 'Văn phòng UBND huyện Ea Kar', parentName: null }, province)).toBe(false);
    expect(sendsFor({ name: 'Sở Nội vụ tỉnh Đắk Lắk', parentName: province }, province)).toBe(false);
  });
});

describe('the seal', () => {
  const sealed = (...names: readonly (readonly [string, string])[]) =>
    ({
      signatures: names.map(([signerName, organisation]) => ({ role: 'seal', signerName, organisation })),
    }) as unknown as VerificationReport & { readonly signatures: readonly SignatureReport[] };
  const office = named('Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk', province);
  const department = named('Sở Nội vụ tỉnh Đắk Lắk', province);

  it.each([
    ['its own, under its parent', office, ['Văn phòng UBND tỉnh Đắk Lắk', province], false],
    ['of the body that it serves', office, [province, province], false],
    ['of a unit of its own', department, ['Trung tâm Lưu trữ', 'Sở Nội vụ'], false],
    ['of a department of the same province', office, ['Sở Nội vụ tỉnh Đắk Lắk', province], true],
    ['of its parent', department, [province, province], true],
  ] as const)('%s', (_, sender, names, differs) => {
    expect(senderWarnings(ctx, sender, null, sealed(names))).toEqual(differs ? ['SIGNER_ORGANISATION_DIFFERS'] : []);
  });

  it('of several one is enough, and none says nothing', () => {
    const other = ['Sở Tư pháp', province] as const;
    expect(senderWarnings(ctx, department, null, sealed(other, ['Sở Nội vụ', province]))).toEqual([]);
    expect(senderWarnings(ctx, department, null, sealed())).toEqual([]);
  });
});

describe('the person who signed', () => {
  const sender = named('Sở Nội vụ tỉnh Đắk Lắk', province);
  const signedBy = (...names: readonly string[]) =>
    ({ signatures: names.map((signerName) => ({ role: 'person', signerName })) }) as unknown as VerificationReport;
  const pageOf = (signerName: string | null, confidence: number) =>
    ({ agency: null, parentAgency: null, signerName, confidence: { agency: 0, signerName: confidence } }) as never;

  it.each([
    ['named on the page, written otherwise', 'Bùi Hồng Quý', 0.9, ['BUI HONG QUY'], false],
    ['named on the page, beside another', 'Bùi Hồng Quý', 0.9, ['Trần Thị Hoa', 'TS. Bùi Hồng Quý'], false],
    ['another than the page names', 'Bùi Hồng Quý', 0.9, ['Trần Thị Hoa'], true],
    ['another, where the name may be misread', 'Bùi Hồng Quý', 0.5, ['Trần Thị Hoa'], false],
    ['nobody knows who, for the page names none', null, 0, ['Trần Thị Hoa'], false],
    ['nobody', 'Bùi Hồng Quý', 0.9, [], false],
  ] as const)('%s', (_, onPage, confidence, names, differs) => {
    const warnings = senderWarnings(ctx, sender, pageOf(onPage, confidence), signedBy(...names));
    expect(warnings).toEqual(differs ? ['SIGNER_NAME_DIFFERS'] : []);
    // Whether or not the directory knows the sender.
    const unknown = { ...sender, known: false };
    expect(senderWarnings(ctx, unknown, pageOf(onPage, confidence), signedBy(...names))).toEqual(warnings);
  });
});
