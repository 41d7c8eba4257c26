import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { proposeFields } from '#core/reading/propose-fields.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import type { Proposal } from '#shared/domain/proposal.ts';
import type { ExpectedFields } from '#tests/fixtures/letters/letter.ts';
import { demoLetters, letters } from '#tests/fixtures/letters/letters.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/letters');
const demo = join(import.meta.dirname, '../../../resources/demo/letters');

async function propose(path: string): Promise<Proposal> {
  return proposeFields(await readPdfText(await readFile(path)));
}

function fieldsOf(proposal: Proposal): ExpectedFields {
  const { confidence, regions, numberBlank, dateBlank, urgencyRooms, signatureAnchor, ...rest } = proposal;
  const { textFound, legacyEncoding, references, ...fields } = rest;
  expect(references.every(({ codeText }) => codeText.includes('/'))).toBe(true);
  expect(textFound).toBe(true);
  expect(legacyEncoding).toBeNull();
  for (const value of Object.values(confidence)) expect(value >= 0 && value <= 1).toBe(true);
  for (const region of Object.values(regions)) expect(region.width > 0 && region.height > 0).toBe(true);
  expect([numberBlank === null, dateBlank === null]).toEqual([fields.number !== null, fields.date !== null]);
  expect(signatureAnchor).not.toBeNull();
  expect(urgencyRooms.length).toBeGreaterThan(0);
  return fields;
}

describe('letters of other layouts', () => {
  it.each(letters.map((letter) => letter.name))('%s: every field is read', async (name) => {
    const expected: unknown = JSON.parse(await readFile(join(fixtures, `${name}.expected.json`), 'utf8'));
    expect(fieldsOf(await propose(join(fixtures, `${name}.pdf`)))).toEqual(expected);
  });

  it('demo letters are the same files', async () => {
    for (const name of demoLetters) {
      expect(await readFile(join(demo, `${name}.pdf`))).toEqual(await readFile(join(fixtures, `${name}.pdf`)));
    }
  });
});

describe('letter 241', () => {
  it('every field is read', async () => {
    const proposal = await propose(join(demo, 'cong-van-241.pdf'));
    expect(fieldsOf(proposal)).toEqual({
      number: '241',
      notation: 'VPUBND-HCTC',
      date: '2017-05-22',
      place: 'Đắk Lắk',
      agency: 'Văn phòng UBND tỉnh Đắk Lắk',
      parentAgency: 'UBND tỉnh Đắk Lắk',
      documentType: 'Công văn',
      abstract: 'V/v tăng cường thực hiện gửi, nhận văn bản điện tử',
      authority: null,
      signerTitle: 'Chánh Văn phòng',
      signerName: 'Bùi Hồng Quý',
      addressees: ['Các Sở, ban, ngành', 'UBND các huyện, thị xã, thành phố'],
      recipients: [
        'CT, các Phó CT UBND tỉnh (b/c)',
        'Như trên',
        'VP Tỉnh ủy, VP HĐND, VP Đoàn ĐBQH',
        'CVP, các Phó CVP',
        'Cổng thông tin điện tử của tỉnh',
        'Trang thông tin điện tử VP',
        'Các Phòng, đơn vị thuộc VP',
        'Lưu: VT, HCTC (Tâm, b)',
      ],
      urgency: 'normal',
      expressHour: null,
      secrecyMark: null,
      meeting: null,
      dueDate: null,
      pageCount: 2,
    });
    // The signature goes on the second page between "CHÁNH VĂN PHÒNG" (baseline 200) and the name (baseline 127).
    const anchor = proposal.signatureAnchor;
    expect(anchor?.page).toBe(1);
    expect(anchor && anchor.y > 127 && anchor.y + anchor.height < 200 && anchor.height > 50).toBe(true);
  });

  it('its scan has no text: every field is empty and says so', async () => {
    const proposal = await propose(join(demo, 'cong-van-241-scan.pdf'));
    const {
      confidence,
      regions,
      addressees,
      recipients,
      references,
      urgency,
      urgencyRooms,
      textFound,
      pageCount,
      ...rest
    } = proposal;
    expect([textFound, pageCount]).toEqual([false, 2]);
    expect({ addressees, recipients, references, urgency, urgencyRooms, regions }).toEqual({
      references: [],
      urgencyRooms: [],
      addressees: [],
      recipients: [],
      urgency: 'normal',
      regions: {},
    });
    expect([...new Set(Object.values(rest))]).toEqual([null]);
    expect([...new Set(Object.values(confidence))]).toEqual([0]);
  });
});
