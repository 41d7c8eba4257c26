import { plannedDelivery } from '#shared/domain/delivery.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposeIncoming } from '#core/incoming/incoming-fields.ts';
import { resolveAddressees } from '#core/directory/resolve-addressees.ts';
import { outgoingEdxml } from '#core/outgoing/outgoing-edxml.ts';
import { incomingFieldsSchema } from '#shared/contract/incoming.ts';
import type { Proposal } from '#shared/domain/proposal.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import type { EdxmlDocument } from '#shared/edxml/edxml-message.ts';
import { readEdxml } from '#shared/edxml/read-edxml.ts';
import { writeEdxmlDocument, writeEdxmlDocumentInPieces } from '#shared/edxml/write-edxml.ts';
import type { Agency } from '#core/ports/exchange.ts';
import { joined, sourceOf } from '#tests/support/message-source.ts';
import { plainFields } from '#tests/support/office-letters.ts';
import { outgoingRecord } from '#tests/support/office-records.ts';
import { repositoryRoot } from '#tests/support/test-office.ts';
import { fullDocument } from '#tests/unit/edxml/sample-messages.ts';

const directory = (
  JSON.parse(readFileSync(join(repositoryRoot, 'resources/demo/agencies.json'), 'utf8')) as Agency[]
).map((one) => ({ ...one, folded: foldVietnamese(one.name) }));
const nameOf = (code: string) => directory.find((one) => one.code === code)?.name ?? '';
const resolved = (...lines: string[]) => resolveAddressees(lines, directory);

describe('addressees of the demo province', () => {
  it('the sample letter goes to every department and every district', () => {
    const { codes, unmatched } = resolved('Các Sở, ban, ngành', 'UBND các huyện, thị xã, thành phố');
    expect(unmatched).toEqual([]);
    const names = codes.map(nameOf);
    expect(names).toContain('Sở Nội vụ tỉnh Đắk Lắk');
    expect(names.filter((name) => /^(Ủy ban nhân dân|UBND) (huyện|thị xã|thành phố)/.test(name))).toHaveLength(15);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it.each([
    ['Sở Tư pháp', 'Sở Tư pháp tỉnh Đắk Lắk'],
    ['- SỞ TƯ PHÁP;', 'Sở Tư pháp tỉnh Đắk Lắk'],
    ['Sở Tư pháp (để b/c)', 'Sở Tư pháp tỉnh Đắk Lắk'],
    ['so tu phap', 'Sở Tư pháp tỉnh Đắk Lắk'],
  ])('%j is %s', (line, name) => {
    expect(resolved(line).codes.map(nameOf)).toEqual([name]);
  });

  it('lines that name nobody outside are passed over; unknown ones come back as they were', () => {
    expect(resolved('Như trên;', 'Lưu: VT, HCTC (Tâm, b).', '', '  ')).toEqual({ codes: [], unmatched: [] });
    const inside = [
      'Như Điều 2',
      '- Như Điều 3;',
      'Như điều 1, 2',
      'Như khoản 1 Điều 3',
      'NHƯ TRÊN',
      'Như kính gửi',
      'Như \u00d0iều 2;',
      'Lưu VT',
      'VT',
    ];
    expect(resolved(...inside)).toEqual({ codes: [], unmatched: [] });
    expect(resolved('Ông Nguyễn Văn A', 'Sở Không Có')).toEqual({
      codes: [],
      unmatched: ['Ông Nguyễn Văn A', 'Sở Không Có'],
    });
  });

  it('any text gets an answer, and only codes of the directory', () => {
    const known = new Set(directory.map(({ code }) => code));
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 80, unit: 'binary' }), { maxLength: 6 }), (lines) => {
        const { codes, unmatched } = resolveAddressees(lines, directory);
        expect(codes.every((code) => known.has(code))).toBe(true);
        expect(unmatched.every((line) => lines.includes(line))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

const page = (change: Partial<Proposal>): Proposal => ({
  textFound: true,
  pageCount: 1,
  number: '241',
  notation: 'STTTT-CNTT',
  date: '2017-05-24',
  place: null,
  agency: 'Sở Thông tin và Truyền thông',
  parentAgency: null,
  documentType: 'Công văn',
  abstract: 'V/v khác',
  authority: null,
  signerTitle: null,
  signerName: 'Nguyễn Thị Ánh Tuyết',
  addressees: [],
  recipients: [],
  urgency: 'normal',
  expressHour: null,
  secrecyMark: null,
  meeting: null,
  dueDate: null,
  references: [],
  confidence: {} as Proposal['confidence'],
  regions: {},
  numberBlank: null,
  dateBlank: null,
  urgencyRooms: [],
  signatureAnchor: null,
  legacyEncoding: null,
  ...change,
});
const message = (change: Partial<EdxmlDocument> = {}): EdxmlDocument => {
  const read = readEdxml(writeEdxmlDocument(fullDocument));
  if (read.kind !== 'document') throw new Error('no document');
  return { ...read, ...change };
};

describe('the form of an arrival', () => {
  it('takes the header, and asks to check what the page says otherwise', () => {
    const {
      fields,
      reading: { sources },
    } = proposeIncoming(message(), page({}));
    expect(fields).toMatchObject({
      codeText: '241/STTTT-CNTT',
      date: '2017-05-24',
      abstract: 'V/v triển khai "một cửa" <điện tử> & chữ ký số',
      urgency: 'express',
      dueAt: '2017-06-01T09:30:00.000Z',
    });
    expect(sources).toMatchObject({ codeText: 'header', date: 'header', abstract: 'check', signerName: 'header' });
  });

  it('takes the pages that the sender counted, else those of the file; what is no count says nothing', () => {
    const counted = (pageAmount: number | null, pageCount: number) => {
      const { fields, reading } = proposeIncoming(
        message({ otherInfo: { ...fullDocument.otherInfo, pageAmount } }),
        page({ pageCount }),
      );
      return [fields.pageAmount, reading.sources.pageAmount];
    };
    expect(counted(12, 3)).toEqual([12, 'header']);
    expect(counted(null, 3)).toEqual([3, 'page']);
    expect(counted(0, 3)).toEqual([3, 'page']);
    expect(counted(100_000, 0)).toEqual([null, 'none']);
  });

  it('takes the page where the header is silent, and asks to check what was read unsurely', () => {
    const silent = message({ subject: '', content: '', codeNumber: '', codeNotation: '', promulgationDate: null });
    const sure = { abstract: 0.95, number: 0.9, date: 0.5 } as Proposal['confidence'];
    const {
      fields,
      reading: { sources },
    } = proposeIncoming(silent, page({ confidence: sure }));
    expect(fields).toMatchObject({ abstract: 'V/v khác', codeText: '241/STTTT-CNTT', date: '2017-05-24' });
    expect(sources).toMatchObject({ abstract: 'page', codeText: 'page', date: 'check' });
  });

  it.each([
    'N/A',
    'n/a',
    'N / A',
    'n.a.',
    '#N/A',
    'null',
    '(NULL)',
    'none',
    'undefined',
    'string',
    '-',
    '---',
    '...',
    '?',
    'Không có',
    'KHÔNG',
    'chưa có',
    ' \u00a0 ',
  ])('takes %j for nothing, and the page for the rest', (nothing) => {
    const { fields, reading } = proposeIncoming(
      message({
        codeNumber: '241/VPUBND-HCTC',
        codeNotation: nothing,
        documentType: { type: 18, typeDetail: 0, typeName: nothing },
        signer: { competence: 'Truc tiep', position: nothing, fullName: nothing },
        subject: nothing,
        content: nothing,
      }),
      page({ documentType: 'Thông báo', signerTitle: 'Giám đốc' }),
    );
    expect(fields).toMatchObject({
      codeText: '241/VPUBND-HCTC',
      documentType: 'Thông báo',
      signerTitle: 'Giám đốc',
      signerName: 'Nguyễn Thị Ánh Tuyết',
      abstract: 'V/v khác',
    });
    expect(reading.sources.signerName).not.toBe('header');
  });

  it.each([
    ['241', 'VPUBND-HCTC', '241/VPUBND-HCTC'],
    ['241/VPUBND-HCTC', 'VPUBND-HCTC', '241/VPUBND-HCTC'],
    ['241/VPUBND - HCTC', 'VPUBND-HCTC', '241/VPUBND - HCTC'],
    ['241', 'N/A', '241'],
    ['N/A', 'N/A', '241/STTTT-CNTT'],
  ])('number %j and notation %j are %j', (codeNumber, codeNotation, codeText) => {
    expect(proposeIncoming(message({ codeNumber, codeNotation }), page({})).fields.codeText).toBe(codeText);
  });

  it('keeps names that look like nothing', () => {
    for (const name of ['Na', 'NA', 'Nguyễn Văn Không', 'Trọng'])
      expect(
        proposeIncoming(message({ signer: { competence: '', position: '', fullName: name } }), null).fields.signerName,
      ).toBe(name);
  });

  it('a stamp on the page that the header forgot is not lost', () => {
    const calm = message({ otherInfo: { ...fullDocument.otherInfo, priority: 0 } });
    const stamped = proposeIncoming(calm, page({ urgency: 'express-timed', expressHour: '14:00' }));
    expect(stamped.fields.urgency).toBe('express-timed');
    expect(stamped.reading.sources['urgency']).toBe('check');
    expect(stamped.expressAt).toBe('2017-05-24T07:00:00.000Z');
    const unknown = message({ otherInfo: { ...fullDocument.otherInfo, priority: 77 } });
    expect(proposeIncoming(unknown, page({ urgency: 'urgent' })).fields.urgency).toBe('urgent');
  });

  it('whatever a message says, the form can be saved as it is', () => {
    const text = fc.string({ maxLength: 3_000, unit: 'binary' });
    fc.assert(
      fc.property(text, text, text, fc.option(fc.nat(9)), (subject, name, code, priority) => {
        const wild = message({
          subject,
          content: '',
          codeNumber: code,
          from: { ...fullDocument.from, organName: name },
          signer: { competence: name, position: name, fullName: name },
          documentType: { type: null, typeDetail: null, typeName: subject },
          otherInfo: { ...fullDocument.otherInfo, priority },
        });
        for (const read of [null, page({})]) {
          expect(incomingFieldsSchema.safeParse(proposeIncoming(wild, read).fields).error).toBeUndefined();
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the national message of a letter', () => {
  const now = new Date('2026-11-24T02:00:00Z');
  const deliveries = ['H15.02', 'H15.03'].map((agencyCode) =>
    plannedDelivery({ agencyCode, agencyName: `Cơ quan ${agencyCode}` }),
  );
  const paperFor = (code: string) =>
    deliveries.map((delivery) => ({ ...delivery, paperNeeded: delivery.agencyCode === code }));
  const numbered = (fields: Partial<typeof plainFields>) =>
    outgoingRecord({
      state: 'sealed',
      numbered: { year: 2026, number: 7, suffix: '', at: '2026-11-24T02:00:00.000Z' },
      fields: { ...plainFields, date: '2026-11-24', ...fields },
    });
  const own = { code: 'H15.01', name: 'Văn phòng UBND tỉnh' };

  it('says what the register says, and a receiver reads it back', async () => {
    const pdf = new TextEncoder().encode('%PDF-1.7 thử');
    const record = numbered({ urgency: 'express', dueAt: '2026-12-01T18:00:00.000Z' });
    const files = [{ name: 'a.pdf', source: sourceOf(pdf) }];
    const pieces = writeEdxmlDocumentInPieces(outgoingEdxml(record, own, paperFor('H15.03'), files, now));
    const read = readEdxml(await joined(pieces));
    expect(read).toMatchObject({
      kind: 'document',
      from: { organId: 'H15.01', organName: own.name },
      documentId: 'H15.01,2026/11/24,07/VPUBND-HCTC',
      codeNumber: '07',
      codeNotation: 'VPUBND-HCTC',
      promulgationDate: '2026-11-24',
      // 1 a.m. of 2 December in Hà Nội.
      dueDate: '2026-12-02',
      otherInfo: { priority: 3 },
      business: { docType: 0, paper: true },
    });
    if (read.kind !== 'document') return;
    expect(read.to.map(({ organId }) => organId)).toEqual(['H15.02', 'H15.03']);
    expect(read.attachments.map(({ bytes, name }) => [name, bytes])).toEqual([['a.pdf', pdf]]);
  });

  it('carries the hours of deadline and express, which the receiver takes over its own reading of the page', async () => {
    const hours = { expressAt: '2026-11-24T07:00:00.000Z', dueAt: '2026-11-26T03:30:00.000Z' };
    const record = numbered({ urgency: 'express-timed', ...hours });
    const pieces = writeEdxmlDocumentInPieces(outgoingEdxml(record, own, deliveries, [], now));
    const read = readEdxml(await joined(pieces));
    if (read.kind !== 'document') throw new Error('no document');
    expect(read.dueDate).toBe('2026-11-26');
    const stamped = page({ urgency: 'express-timed', expressHour: '09:00' });
    const taken = proposeIncoming(read, stamped);
    expect(taken.expressAt).toBe(hours.expressAt);
    expect(taken.fields.dueAt).toBe(hours.dueAt);
    // Without our own element (the axis writes messages anew) day and stamp say what they can.
    const bare = proposeIncoming({ ...read, timing: null }, stamped);
    expect(bare.expressAt).toBe('2026-11-24T02:00:00.000Z');
    expect(bare.fields.dueAt).toBe('2026-11-26T10:00:00.000Z');
    // An hour of another day than the standard's element is no hour of this deadline.
    const other = { ...read, timing: { dueAt: '2026-11-30T10:00:00+07:00', expressAt: null } };
    expect(proposeIncoming(other, null).fields.dueAt).toBe('2026-11-26T10:00:00.000Z');
  });

  it('is not made without number or date', () => {
    const make = (change: object) => outgoingEdxml({ ...numbered({}), ...change }, own, deliveries, [], now);
    expect(() => make({ numbered: null })).toThrow(/no number/);
    expect(() => make({ fields: plainFields })).toThrow(/no number or date/);
  });
});
