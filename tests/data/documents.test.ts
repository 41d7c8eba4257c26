import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileHolders } from '#data/queries/files.ts';
import { deliveryStates } from '#shared/domain/delivery.ts';
import {
  attachmentRecord,
  fileIdOf,
  givenNumber,
  incomingRecord,
  outgoingRecord,
} from '#tests/support/office-records.ts';
import { plainFields } from '#tests/support/office-letters.ts';
import { openTestRegisters, type OpenTestRegisters } from '#tests/support/office-registers.ts';

let open: OpenTestRegisters;
beforeEach(() => {
  open = openTestRegisters();
});
afterEach(() => open.close());

describe('records', () => {
  it('of two books with one number and notation, the one that a recipient reports on is the one that it got', () => {
    open.database.sqlite.exec("INSERT INTO book (id, direction, name, position) VALUES ('legal', 'outgoing', 'Sổ', 1)");
    const [first, second] = ['outgoing', 'legal'].map((bookId) => {
      const record = outgoingRecord({
        state: 'sent',
        codeText: '1/VP',
        bookId,
        fields: { ...plainFields, date: '2026-11-24' },
      });
      open.tx((stores) => {
        stores.outgoing.insert(record, [{ agencyCode: `to-${bookId}`, agencyName: 'Nơi nhận' }]);
        stores.books.take(givenNumber(record.id, 1, { bookId }));
      });
      return record;
    });
    const { findByCode } = open.registers.outgoing;
    expect(findByCode('1/VP', '2026-11-24', 'to-outgoing')?.id).toBe(first?.id);
    expect(findByCode('1/VP', '2026-11-24', 'to-legal')?.id).toBe(second?.id);
  });

  it('come back as they went in', () => {
    const out = open.insertNumbered(1, 2026, {
      fields: { ...plainFields, expressAt: '2026-11-24T07:00:00.000Z', addressees: ['Đ"ắk', "O'"] },
      attachments: [
        attachmentRecord(),
        attachmentRecord({ role: 'appendix', fileId: fileIdOf('b'), name: 'Phụ lục.xlsx' }),
        attachmentRecord({
          role: 'appendix',
          name: '1.pdf',
          signing: { mended: null, obstacle: null, unsigned: null },
        }),
        attachmentRecord({
          role: 'appendix',
          name: '2.pdf',
          signing: { mended: null, obstacle: 'SIGN_WOULD_WARN', unsigned: null },
        }),
        attachmentRecord({
          role: 'appendix',
          name: '3.pdf',
          signing: {
            mended: { fileId: fileIdOf('c'), size: 3, mends: ['structure', 'scripts'] },
            obstacle: null,
            unsigned: { fileId: fileIdOf('d'), size: 4 },
          },
        }),
      ],
    });
    const inc = incomingRecord({
      warnings: ['NO_READABLE_PAGE', 'FIELD_MISSING'],
      reading: { sources: { date: 'check' }, regions: { date: { page: 0, x: 1, y: 2, width: 3, height: 4 } } },
    });
    const file = attachmentRecord({ role: 'appendix', name: '../x.pdf', pageCount: null });
    open.tx((stores) => stores.incoming.insert(inc, [file]));
    const { at } = givenNumber(out.id, 1);
    for (const needed of ['b', 'c', 'd']) expect(open.registers.files.isReferenced(fileIdOf(needed))).toBe(true);
    expect(open.registers.outgoing.find(out.id)).toEqual({
      ...out,
      numbered: { year: 2026, number: 1, suffix: '', at },
    });
    expect(open.registers.incoming.find(inc.id)).toEqual(inc);
    expect(open.registers.incoming.attachments(inc.id)).toEqual([file]);
    expect(open.registers.incoming.findByMessage(inc.received?.messageId ?? '')).toEqual(inc);
    expect(open.registers.incoming.arrivalsOf('H15.02', inc.received?.documentId ?? '')).toEqual([
      { id: inc.id, state: inc.state, edxmlFileId: inc.received?.edxmlFileId },
    ]);
    expect(open.registers.outgoing.findByCode('1/VP', '', 'H15.02')).toBeNull();
    // Each is of its direction.
    expect(open.registers.incoming.find(out.id)).toBeNull();
    expect(open.registers.outgoing.find(inc.id)).toBeNull();
  });

  it('whatever the fields hold comes back as it was', () => {
    const text = fc
      .string({ maxLength: 60, unit: 'binary' })
      .filter((value) => !/[\ud800-\udfff]/u.test(value) && !value.includes('\0'));
    const line = text.map((value) => value.replaceAll(/[\r\n]/g, ' ').trim()).filter((value) => value !== '');
    fc.assert(
      fc.property(text, text, fc.array(line, { maxLength: 4 }), fc.boolean(), (abstract, place, addressees, paper) => {
        const fields = { ...plainFields, abstract, place, addressees, paperFollows: paper };
        const record = outgoingRecord({ fields });
        open.insert(record);
        expect(open.registers.outgoing.find(record.id)?.fields).toEqual(fields);
      }),
      { numRuns: 60 },
    );
  });

  it('hold paper that came without any message, and give it a number like any other', () => {
    const paper = incomingRecord({ received: null });
    const scan = attachmentRecord({ role: 'paper-scan' });
    open.tx((stores) => stores.incoming.insert(paper, [scan]));
    expect(open.registers.incoming.find(paper.id)).toEqual(paper);
    expect(open.registers.incoming.attachments(paper.id)).toEqual([scan]);
    open.tx((stores) => stores.books.take(givenNumber(paper.id, 1, { bookId: 'incoming' })));
    const { id, ...twin } = {
      id: paper.id,
      codeText: '12/SNV-VP',
      date: '2026-11-20',
      senderCode: null,
      agencyName: paper.fields.agencyName,
    };
    expect(open.registers.incoming.duplicates({ ...twin, id: 'another' })).toEqual([
      { id, arrivalNumber: 1, codeText: '12/SNV-VP', date: '2026-11-20', onPaper: true, sameFile: false },
    ]);
    expect(open.registers.incoming.duplicates({ ...twin, id })).toEqual([]);
  });

  it('have one document file at most', () => {
    expect(() => open.insert(outgoingRecord({ attachments: [attachmentRecord(), attachmentRecord()] }))).toThrow(
      /UNIQUE/,
    );
  });

  it('a report in a form of another version is not taken for one of this', () => {
    const record = outgoingRecord();
    open.insert(record);
    open.database.sqlite.prepare("UPDATE document_report SET version = 9 WHERE kind = 'placement'").run();
    expect(() => open.registers.outgoing.find(record.id)).toThrow(/form 9/);
    open.database.sqlite.prepare(`UPDATE document_report SET version = 1, body = '{"signature":7}'`).run();
    expect(() => open.registers.outgoing.find(record.id)).toThrow(/signature/);
  });

  it('are replaced only by the revision that follows', () => {
    const record = outgoingRecord();
    open.insert(record);
    expect(() => open.tx((stores) => stores.outgoing.update({ ...record, revision: 3 }))).toThrow(/not at/);
    expect(() => open.tx((stores) => stores.outgoing.update(record))).toThrow(/not at/);
    open.tx((stores) => stores.outgoing.update({ ...record, revision: 2, state: 'approved' }));
    expect(open.registers.outgoing.find(record.id)?.state).toBe('approved');
  });

  it('answer whether a stored file is needed', () => {
    const ids = ['out', 'appendix', 'original', 'message', 'attached'].map(fileIdOf);
    const [out = '', appendix = '', original = '', message = '', attached = ''] = ids;
    const record = outgoingRecord({
      originalFileId: original,
      attachments: [attachmentRecord({ fileId: out }), attachmentRecord({ role: 'appendix', fileId: appendix })],
    });
    const arrival = incomingRecord();
    open.insert(record);
    open.tx((stores) =>
      stores.incoming.insert({ ...arrival, received: { ...arrival.received!, edxmlFileId: message } }, [
        attachmentRecord({ fileId: attached }),
      ]),
    );
    for (const id of ids) expect(open.registers.files.isReferenced(id)).toBe(true);
    expect(open.registers.files.isReferenced(fileIdOf('nobody'))).toBe(false);
    // A file that gave way to the one with the number is needed no more; what was imported stays.
    const stamped = attachmentRecord({ fileId: fileIdOf('stamped') });
    open.tx((stores) => stores.outgoing.update({ ...record, revision: 2, attachments: [stamped] }));
    expect([out, appendix, original, stamped.fileId].map((id) => open.registers.files.isReferenced(id))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('every column that names a stored file is among the references', () => {
    const columns = open.database.sqlite
      .prepare<[], { place: string }>(
        `SELECT m.name || '.' || c.name AS place FROM sqlite_schema m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND c.name LIKE '%file_id'
           AND m.name NOT IN ('file_reference', 'unflushed_file') ORDER BY place`,
      )
      .all();
    expect(columns.map(({ place }) => place)).toEqual([
      'attachment.file_id',
      'attachment.imported_file_id',
      'attachment.unsigned_file_id',
      'certificate.image_file_id',
      'document.imported_file_id',
      'document.original_file_id',
      'inbox_problem.file_id',
      'mail_arrival.file_id',
      'outbox.file_id',
      'received_message.edxml_file_id',
      'replaced_file.file_id',
      'replaced_file.imported_file_id',
    ]);
    // What is not flushed yet is needed by one of these.
    // And forms, whose files stand in their bodies, and messages that no row names: a status, or a document that came again.
    expect(fileHolders).toHaveLength(columns.length + 2);
  });
});

describe('deliveries', () => {
  const progress = fc.record({
    state: fc.constantFrom(...deliveryStates),
    at: fc
      .date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
      .map((at) => at.toISOString()),
    reason: fc.constantFrom(null, 'Gửi nhầm'),
  });
  it('never go back, keep each first time, and leave others alone', () => {
    fc.assert(
      fc.property(fc.array(progress, { maxLength: 12 }), (steps) => {
        const record = outgoingRecord();
        open.tx((stores) =>
          stores.outgoing.insert(record, [
            { agencyCode: 'A', agencyName: 'A' },
            { agencyCode: 'B', agencyName: 'B' },
          ]),
        );
        let furthest = 0;
        let arrivedAt: string | null = null;
        for (const step of steps) {
          open.tx((stores) => stores.outgoing.advanceDelivery(record.id, 'A', step));
          furthest = Math.max(furthest, deliveryStates.indexOf(step.state));
          const [mine, other] = open.registers.outgoing.deliveries(record.id);
          expect(mine?.state).toBe(deliveryStates[furthest]);
          expect(other).toMatchObject({ agencyCode: 'B', state: 'planned', arrivedAt: null });
          if (arrivedAt !== null) expect(mine?.arrivedAt).toBe(arrivedAt);
          arrivedAt = mine?.arrivedAt ?? null;
          if (mine?.acceptedAt != null) expect(mine.arrivedAt).not.toBeNull();
        }
        expect(
          open.tx((stores) =>
            stores.outgoing.advanceDelivery(record.id, 'C', { state: 'arrived', at: '', reason: null }),
          ),
        ).toBe(false);
      }),
      { numRuns: 25 },
    );
  });
});
