import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isInsideLine, likelyAgencies, reachesSomebody } from '#core/directory/addressee-lines.ts';
import type { NamedAgency } from '#core/directory/directory-store.ts';
import { resolveAddressees } from '#core/directory/resolve-addressees.ts';
import { compareLetter, type LetterFacts } from '#core/outgoing/compare-letter.ts';
import { groupsOf, pageReadingOf } from '#core/outgoing/last-look.ts';
import { proposeFields } from '#core/reading/propose-fields.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { draftFrom } from '#scripts/demo/letter-draft.ts';
import { upperCase, withoutAccents } from '#shared/domain/vietnamese-text.ts';

const root = join(import.meta.dirname, '../../..');
const directory = JSON.parse(readFileSync(join(root, 'resources/demo/agencies.json'), 'utf8')) as NamedAgency[];
const letters = ['tests/fixtures/letters', 'resources/demo/letters'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.pdf') && !name.includes('scan'))
    .map((name) => join(root, folder, name)),
);
const silent = { documentType: 'Công văn', notation: 'VP', agencyName: 'Cơ quan', abstract: 'V/v', signerName: 'A B' };

/** A letter whose form, certificates and office are as its page says, sent to everybody in the directory. */
async function asWritten(path: string): Promise<LetterFacts> {
  const proposal = proposeFields(await readPdfText(await readFile(path)));
  const { fields } = draftFrom(proposal, silent);
  return {
    page: pageReadingOf(proposal),
    fields,
    date: proposal.date ?? '2026-11-28',
    before: null,
    after: null,
    notations: [],
    office: { name: fields.agencyName, parentName: proposal.parentAgency },
    otherAgency: null,
    others: [],
    unsignable: [],
    signer: { name: fields.signerName, organisation: fields.agencyName },
    seal: { name: fields.agencyName, organisation: proposal.parentAgency ?? '' },
    recipients: directory.map(({ code, name }) => ({ code, name })),
    agencies: directory,
  };
}

const kindsOf = (facts: LetterFacts) =>
  compareLetter(facts)
    .differences.filter(({ kind }) => kind !== 'line')
    .map(({ kind }) => kind);

describe.each(letters)('%s', (path) => {
  it('as it is written, and with names written otherwise, raises no false alarm', async () => {
    const facts = await asWritten(path);
    expect(kindsOf(facts)).toEqual([]);
    const writings: ((name: string) => string)[] = [
      upperCase,
      withoutAccents,
      (name) => name.normalize('NFD'),
      (name) => name.replaceAll('Đ', '\u00d0').replaceAll('đ', '\u00f0'),
      (name) => `  ${name.replaceAll(' ', '  ')} `,
    ];
    for (const write of writings) {
      const renamed = (one: LetterFacts['signer']) => (one === null ? null : { ...one, name: write(one.name) });
      expect(kindsOf({ ...facts, signer: renamed(facts.signer), seal: renamed(facts.seal) })).toEqual([]);
    }
    for (const title of ['Ông ', 'Bà ', 'TS. ', 'Đại tá ']) {
      const signer = { name: `${title}${facts.signer?.name ?? ''}`, organisation: '' };
      expect(kindsOf({ ...facts, signer })).toEqual([]);
    }
  });

  it('another signer, another seal, another day and another notation are each told once', async () => {
    const facts = await asWritten(path);
    const other: LetterFacts = {
      ...facts,
      date: '2001-01-01',
      fields: { ...facts.fields, notation: 'KHAC' },
      signer: { name: 'Người Khác Hẳn', organisation: '' },
      seal: { name: 'Công ty Điện lực', organisation: 'Tổng công ty' },
    };
    const dated = facts.page?.date == null ? [] : ['date'];
    const noted = facts.page?.notation == null ? [] : ['notation'];
    expect(kindsOf(other)).toEqual(['signer', 'seal', ...dated, ...noted]);
  });
});

const sample = join(root, 'resources/demo/letters/cong-van-241.pdf');

it('a form that names another signer than the page is told, whoever signs', async () => {
  const facts = await asWritten(sample);
  const typed = { ...facts, fields: { ...facts.fields, signerName: 'Nguyễn Thị Thu Nguyệt' } };
  expect(kindsOf(typed)).toEqual(['signer-field']);
});

it('a day before that of the number before, or after that of the number after, is told', async () => {
  const facts = await asWritten(sample);
  const before = { codeText: '240/VPUBND', date: '2017-05-23' };
  const after = { codeText: '242/VPUBND', date: '2017-05-21' };
  expect(kindsOf({ ...facts, before, after })).toEqual(['date-order', 'date-order']);
  const between = { before: { ...before, date: facts.date }, after: { ...after, date: facts.date } };
  expect(kindsOf({ ...facts, ...between })).toEqual([]);
});

it('a letter without a text layer is compared by its form', async () => {
  const facts = { ...(await asWritten(sample)), page: null };
  expect(kindsOf(facts)).toEqual([]);
  expect(kindsOf({ ...facts, signer: { name: 'Người Khác', organisation: '' } })).toEqual(['signer']);
});

describe('lines that reach nobody', () => {
  const linesOf = (facts: LetterFacts) =>
    compareLetter(facts)
      .differences.filter(({ kind }) => kind === 'line')
      .map(({ page }) => page);

  it('none of the sample letter, once those that it names are recipients', async () => {
    const facts = await asWritten(sample);
    expect(linesOf(facts)).toEqual([]);
  });

  it('a group of which nobody gets the letter, and each line that names no agency', async () => {
    const facts = await asWritten(sample);
    const recipients = facts.recipients.filter(({ name }) => name.startsWith('Sở'));
    const addressees = [...facts.fields.addressees, 'Các chủ đập, đơn vị quản lý hồ chứa'];
    expect(linesOf({ ...facts, recipients, fields: { ...facts.fields, addressees } })).toEqual([
      'UBND các huyện, thị xã, thành phố',
      'Các chủ đập, đơn vị quản lý hồ chứa',
      'VP Tỉnh ủy, VP HĐND, VP Đoàn ĐBQH',
    ]);
  });

  it.each([
    ['STTTT', 'Sở Thông tin và Truyền thông tỉnh Đắk Lắk', true],
    ['Sở TT&TT', 'Sở Thông tin và Truyền thông tỉnh Đắk Lắk', true],
    ['VP Tỉnh ủy, VP HĐND', 'Văn phòng Tỉnh ủy Đắk Lắk', true],
    ['Sở Y tế', 'Sở Nội vụ tỉnh Đắk Lắk', false],
    ['Đài Khí tượng Thủy văn tỉnh', 'Đài Phát thanh và Truyền hình tỉnh Đắk Lắk', false],
    ['CT, các Phó CT UBND tỉnh (b/c)', 'Sở Nội vụ tỉnh Đắk Lắk', true],
    ['Lưu: VT', 'Sở Nội vụ tỉnh Đắk Lắk', true],
  ])('%s, sent to %s: %j', (line, name, reached) => {
    const found = directory.filter((agency) => agency.name === name);
    expect(found).toHaveLength(1);
    expect(reachesSomebody(line, found, directory)).toBe(reached);
  });

  it('an agency whose name is like the line is proposed', () => {
    const [first] = likelyAgencies('Liên đoàn lao động của tỉnh Đắk Lắk', directory, 2);
    expect(first?.name).toBe('Liên đoàn Lao động tỉnh Đắk Lắk');
    expect(likelyAgencies('Các chủ đập, đơn vị quản lý hồ chứa', directory, 2)).toEqual([]);
  });

  it.each(['CVP, các Phó CVP', 'Các Phòng, đơn vị thuộc VP', 'Cổng thông tin điện tử của tỉnh', 'Chủ tịch UBND tỉnh'])(
    '%s names nobody outside',
    (line) => expect(isInsideLine(line)).toBe(true),
  );
  it.each(['Công ty Điện lực', 'Sở Y tế', 'Thủ tướng Chính phủ', 'Ban Dân tộc'])('%s does', (line) =>
    expect(isInsideLine(line)).toBe(false),
  );
});

it('recipients stand under the collective names that have most of them, each once', () => {
  const { codes } = resolveAddressees(['Các Sở, ban, ngành', 'UBND các huyện, thị xã, thành phố'], directory);
  const chosen = [...codes, 'H15.61'].filter((code) => code !== 'H15.31');
  const recipients = directory.filter(({ code }) => chosen.includes(code));
  const groups = groupsOf({ recipients, agencies: directory });
  expect(groups.map(({ name, of, agencies }) => [name, agencies.length, of])).toEqual([
    ['Các Sở, ban, ngành', 28, 28],
    ['UBND các huyện, thị xã, thành phố', 14, 15],
    ['', 1, 1],
  ]);
});
