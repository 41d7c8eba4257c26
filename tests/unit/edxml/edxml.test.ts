import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EdxmlError } from '#shared/edxml/edxml-error.ts';
import type { EdxmlDocument, EdxmlDocumentContent } from '#shared/edxml/edxml-message.ts';
import { cleanXmlText, formatDocumentId, readEdxmlDate, readEdxmlTimestamp } from '#shared/edxml/edxml-values.ts';
import { EdxmlRoutingReader, readEdxml } from '#shared/edxml/read-edxml.ts';
import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { writeEdxmlDocument, writeEdxmlDocumentInPieces, writeEdxmlStatus } from '#shared/edxml/write-edxml.ts';
import { joined, sourceOf } from '#tests/support/message-source.ts';
import { fullDocument, fullStatus, organ } from './sample-messages.ts';

const NS = 'http://www.mic.gov.vn/TBT/QCVN_102_2016';
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function readDocument(bytes: Uint8Array, options = {}): EdxmlDocument {
  const message = readEdxml(bytes, options);
  if (message.kind !== 'document') throw new Error('expected a document');
  return message;
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof EdxmlError) return error.code;
    throw error;
  }
  return 'no error';
}

/** A document as a foreign writer might send it: `header` inside MessageHeader, `rest` after the envelope. */
function foreign(header: string, options: { trace?: string; rest?: string; bodyReferences?: string } = {}): Uint8Array {
  return utf8(`<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="${NS}"><e:edXMLEnvelope xmlns:e="${NS}"><e:edXMLHeader>
  <e:MessageHeader>${header}</e:MessageHeader>${options.trace ?? ''}
</e:edXMLHeader><edXMLBody><edXMLManifest version="1.0">${options.bodyReferences ?? ''}</edXMLManifest></edXMLBody></e:edXMLEnvelope>${options.rest ?? ''}</edXML>`);
}

const minimalHeader = `<e:From><e:OrganId>A</e:OrganId></e:From><e:To><OrganId>B</OrganId></e:To><e:DocumentId>x</e:DocumentId>
  <Code><CodeNotation>TB-X</CodeNotation><CodeNumber>7</CodeNumber></Code><e:Subject>S</e:Subject>`;

describe('round trip', () => {
  it('brings every field of a document back', () => {
    expect(readEdxml(writeEdxmlDocument(fullDocument))).toEqual({
      kind: 'document',
      ...fullDocument,
      envelopeSignature: 'absent',
      warnings: [],
    });
  });

  it('brings every field of a status back', () => {
    expect(readEdxml(writeEdxmlStatus(fullStatus))).toEqual({ kind: 'status', ...fullStatus, warnings: [] });
  });

  it('holds for any text and any bytes', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(...Array.from('ĂẫĐợ ự\r\n\t<>&"\'’]]>\u0000\u000b\ud800')), maxLength: 40 }),
    );
    const named = text.map((value) => cleanXmlText(value) || 'x');
    const attachment = fc.record({
      contentId: fc.uuid(),
      name: named,
      contentType: fc.constant('application/pdf'),
      description: text,
      bytes: fc.uint8Array({ maxLength: 200 }),
    });
    fc.assert(
      fc.property(named, text, text, fc.array(attachment, { maxLength: 3 }), (subject, content, place, attachments) => {
        const message: EdxmlDocumentContent = {
          ...fullDocument,
          subject,
          content,
          toPlaces: [place, 'Lưu: VT.'],
          attachments,
        };
        const back = readDocument(writeEdxmlDocument(message));
        expect(back.subject).toBe(cleanXmlText(subject));
        expect(back.content).toBe(cleanXmlText(content));
        expect(back.toPlaces).toEqual([cleanXmlText(place), 'Lưu: VT.'].filter((line) => line !== ''));
        expect(back.attachments).toEqual(
          attachments.map((sent) => ({
            ...sent,
            name: cleanXmlText(sent.name),
            description: cleanXmlText(sent.description),
          })),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('brings a meeting back, whatever its texts', () => {
    const text = fc.string({
      unit: fc.constantFrom(...Array.from('ĂẫĐợ ự\r\n\t<>&"\'’]]>\u0000\ud800')),
      maxLength: 40,
    });
    const start = fc.date({ min: new Date('2020-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    const meeting = fc.record({
      start: fc.option(start),
      hours: fc.option(fc.integer({ min: 1, max: 99 })),
      place: text,
      chair: text,
      link: text,
      papers: text,
    });
    fc.assert(
      fc.property(meeting, ({ start: at, hours, ...texts }) => {
        const startsAt = at === null ? null : vietnamTimestamp(at.getTime());
        const endsAt = at === null || hours === null ? null : vietnamTimestamp(at.getTime() + hours * 3_600_000);
        const back = readDocument(writeEdxmlDocument({ ...fullDocument, meeting: { startsAt, endsAt, ...texts } }));
        const clean = Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, cleanXmlText(value)]));
        const isEmpty = startsAt === null && Object.values(clean).every((value) => value === '');
        expect(back.meeting).toEqual(isEmpty ? null : { startsAt, endsAt, ...clean });
        expect(back.warnings).toEqual([]);
      }),
    );
  });

  it.each([
    ['<vt:StartsAt>chiều mai</vt:StartsAt>', null],
    [
      '<vt:StartsAt>2026/02/31 08:00:00</vt:StartsAt><vt:Place>Hội trường</vt:Place>',
      { startsAt: null, place: 'Hội trường' },
    ],
    [
      '<vt:StartsAt>2026/03/16 14:00:00</vt:StartsAt><vt:EndsAt>2026/03/16 13:00:00</vt:EndsAt>',
      { startsAt: '2026-03-16T14:00:00+07:00', endsAt: null },
    ],
    ['<vt:EndsAt>2026/03/16 13:00:00</vt:EndsAt>', null],
    ['<vt:Unknown><vt:Deep>x</vt:Deep></vt:Unknown>', null],
    ['', null],
  ])('an odd meeting stops no letter: %s', (inner, expected) => {
    const written = new TextDecoder().decode(writeEdxmlDocument({ ...fullDocument, meeting: null }));
    const odd = `<vt:Meeting xmlns:vt="urn:van-thu:edxml:1">${inner}</vt:Meeting>`;
    const back = readDocument(
      new TextEncoder().encode(written.replace('<edXML:OtherInfo>', `${odd}<edXML:OtherInfo>`)),
    );
    if (expected === null) expect(back.meeting).toBeNull();
    else expect(back.meeting).toMatchObject(expected);
    expect(back.subject).toBe(fullDocument.subject);
  });

  it('reads the same from pieces of any size', () => {
    const bytes = writeEdxmlDocument(fullDocument);
    for (const step of [1, 2, 3, 7, 64]) {
      const reader = new EdxmlRoutingReader();
      for (let i = 0; i < bytes.length; i += step) reader.write(bytes.subarray(i, i + step));
      expect(reader.end()).toEqual({
        kind: 'document',
        from: 'H15.02',
        to: ['H15.03', 'H15.31'],
        documentId: fullDocument.documentId,
        priority: 3,
        businessType: 2,
        updatedId: 'H15.02,2017/05/23,240/STTTT-CNTT',
        code: '241/STTTT-CNTT',
        typeName: 'Công văn',
        paper: false,
        due: { day: '2017-06-01', at: '2017-06-01T16:30:00+07:00' },
        expressAt: '2017-05-24T14:00:00+07:00',
      });
    }
  });

  it('takes 50 MB of attachment in seconds', () => {
    const bytes = new Uint8Array(50 * 1024 * 1024).map((_, index) => (index * 2654435761) >>> 13);
    const message = {
      ...fullDocument,
      attachments: [{ contentId: '1', name: 'a.bin', contentType: 'x/y', description: '', bytes }],
    };
    const started = performance.now();
    const back = readDocument(writeEdxmlDocument(message));
    expect(performance.now() - started).toBeLessThan(8_000);
    expect(back.attachments[0]?.bytes.length).toBe(bytes.length);
    expect(Buffer.compare(back.attachments[0]!.bytes, bytes)).toBe(0);
  });
});

describe('a document written in pieces', () => {
  const bytesOf = (size: number) => new Uint8Array(size).map((_, index) => (index * 2654435761) >>> 13);
  const fromSources = (message: typeof fullDocument) => ({
    ...message,
    attachments: message.attachments.map(({ bytes, ...entry }) => ({ ...entry, ...sourceOf(bytes) })),
  });

  it('has the bytes of one written at once, also with attachments at the edges of a slice', async () => {
    const slice = 3 * 128 * 1024;
    for (const sizes of [[], [0], [1], [2], [3], [slice - 1, slice, slice + 1], [2 * slice, 5, 2 * slice + 2]]) {
      const attachments = sizes.map((size, at) => ({
        contentId: `${at}`,
        name: 'đính kèm.bin',
        contentType: 'x/y',
        description: '<&>',
        bytes: bytesOf(size),
      }));
      const message = { ...fullDocument, attachments };
      const pieces = await joined(writeEdxmlDocumentInPieces(fromSources(message)));
      expect(Buffer.compare(pieces, writeEdxmlDocument(message))).toBe(0);
    }
  });

  it('asks for no more of an attachment than a piece at a time', async () => {
    const asked: number[] = [];
    const size = 5 * 1024 * 1024;
    const attachment = {
      contentId: '1',
      name: 'a.bin',
      contentType: 'x/y',
      description: '',
      size,
      read: (start: number, end: number) => {
        asked.push(end - start);
        return Promise.resolve(new Uint8Array(end - start));
      },
    };
    for await (const piece of writeEdxmlDocumentInPieces({ ...fullDocument, attachments: [attachment] })) {
      expect(piece.length).toBeLessThanOrEqual(512 * 1024);
    }
    expect(asked.reduce((sum, one) => sum + one, 0)).toBe(size);
    expect(Math.max(...asked)).toBeLessThanOrEqual(384 * 1024);
  });

  it('is refused before its first piece, and ends with what an attachment ends with', async () => {
    const nobody = writeEdxmlDocumentInPieces({ ...fromSources(fullDocument), to: [] });
    await expect(nobody.next()).rejects.toMatchObject({ code: 'EDXML_MISSING_FIELD' });
    const [first] = fromSources(fullDocument).attachments;
    const broken = { ...first!, read: () => Promise.reject(new Error('gone')) };
    await expect(joined(writeEdxmlDocumentInPieces({ ...fullDocument, attachments: [broken] }))).rejects.toThrow(
      'gone',
    );
  });
});

describe('what others write', () => {
  it('is read in any order, with or without prefixes, with numeric states', () => {
    const message = readDocument(foreign(`<SteeringType>0</SteeringType>${minimalHeader}`));
    expect(message).toMatchObject({
      codeNumber: '7',
      codeNotation: 'TB-X',
      subject: 'S',
      steeringType: 0,
      warnings: [],
    });
    const status = readEdxml(
      utf8(
        `<edXML xmlns="${NS}"><edXMLEnvelope><edXMLHeader><Status><StatusCode>3</StatusCode><Timestamp>2019/01/02 03:04:05</Timestamp>
        <ResponseFor><DocumentId>d</DocumentId><OrganId>B</OrganId></ResponseFor><From><OrganId>A</OrganId></From></Status></edXMLHeader></edXMLEnvelope></edXML>`,
      ),
    );
    expect(status).toMatchObject({ kind: 'status', statusCode: '03', timestamp: '2019-01-02T03:04:05+07:00' });
  });

  it('keeps a status code it does not know', () => {
    const text = new TextDecoder().decode(writeEdxmlStatus(fullStatus)).replace('>03<', '>11<');
    expect(readEdxml(utf8(text))).toMatchObject({ statusCode: '11' });
  });

  it('may have an empty ResponseFor, no Bussiness, and a trace step called null', () => {
    const message = readDocument(
      foreign(`${minimalHeader}<e:ResponseFor />`, {
        trace: `<TraceHeaderList><Bussiness><Paper>1</Paper></Bussiness><TraceHeader><OrganId>null</OrganId><Timestamp>2025/01/02 03:04:05</Timestamp></TraceHeader></TraceHeaderList>`,
      }),
    );
    expect(message.responseFor).toEqual([]);
    expect(message.trace).toEqual([{ organId: null, timestamp: '2025-01-02T03:04:05+07:00' }]);
    expect(message.business).toMatchObject({ paper: true, docType: 0 });
  });

  it('may put the values of ResponseFor into the outer Code', () => {
    const message = readDocument(
      foreign(
        minimalHeader.replace('<Code>', '<Code>7816/VPCP-TTĐT') +
          '<ResponseFor><OrganId/><Code/><PromulgationDate/><DocumentId/></ResponseFor>',
      ),
    );
    expect(message).toMatchObject({ codeNumber: '7', codeNotation: 'TB-X' });
    expect(message.responseFor[0]?.code).toBe('7816/VPCP-TTĐT');
    expect(message.warnings).toEqual([{ code: 'RESPONSE_FOR_MISPLACED', field: 'Code' }]);
  });

  it('may leave out DocumentId: it is built from what names the document', () => {
    const header = minimalHeader.replace('<e:DocumentId>x</e:DocumentId>', '');
    const dated = `${header}<PromulgationInfo><PromulgationDate>24/05/2017</PromulgationDate></PromulgationInfo>`;
    expect(readDocument(foreign(dated)).documentId).toBe('A,2017/05/24,7/TB-X');
    expect(codeOf(() => readEdxml(foreign(header)))).toBe('EDXML_MISSING_FIELD');
  });

  it('may leave cid: away, break base64 into lines and pack files into a ZIP', () => {
    const attachment = (name: string, base64: string): string =>
      `<Attachment><ContentTransferEncoded>${base64}</ContentTransferEncoded><AttachmentName>${name}</AttachmentName><ContentId>1</ContentId></Attachment>`;
    const reference =
      '<Reference><ContentId>cid:1</ContentId><ContentType>application/pdf</ContentType><AttachmentName>x</AttachmentName></Reference>';
    const read = (name: string, base64: string, options = {}): EdxmlDocument =>
      readDocument(
        foreign(minimalHeader, {
          bodyReferences: reference,
          rest: `<AttachmentEncoded>${attachment(name, base64)}</AttachmentEncoded>`,
        }),
        options,
      );
    expect(read('a.txt', '\n eGlu&#13;\n IGNo\tYW8= ').attachments[0]).toMatchObject({
      contentType: 'application/pdf',
      bytes: utf8('xin chao'),
    });
    const zipped = Buffer.from('PK\u0003\u0004rest').toString('base64');
    expect(read('a.pdf', zipped).warnings).toEqual([{ code: 'ATTACHMENT_ZIPPED', field: 'a.pdf' }]);
    expect(read('a.pdf', zipped, { unzipSingle: () => utf8('%PDF') }).attachments[0]?.bytes).toEqual(utf8('%PDF'));
    expect(read('a.zip', zipped, { unzipSingle: () => utf8('%PDF') }).attachments[0]?.bytes).not.toEqual(utf8('%PDF'));
    const bomb = read('a.pdf', zipped, {
      unzipSingle: () => {
        throw new Error('bomb');
      },
    });
    expect(bomb.warnings).toEqual([{ code: 'ATTACHMENT_UNZIP_FAILED', field: 'a.pdf' }]);
  });

  it('may hold a PDF destroyed by a text conversion, which is noticed', () => {
    const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n%'), Buffer.alloc(2000, 'c3a2', 'hex')]);
    pdf.fill(0x9c, 500, 1500);
    const destroyed = Buffer.from(pdf.toString('utf8'), 'utf8');
    const warningsFor = (bytes: Uint8Array): readonly unknown[] =>
      readDocument(
        writeEdxmlDocument({
          ...fullDocument,
          attachments: [{ contentId: '1', name: 'a.pdf', contentType: '', description: '', bytes }],
        }),
      ).warnings;
    expect(warningsFor(destroyed)).toEqual([{ code: 'ATTACHMENT_PDF_CORRUPTED', field: 'a.pdf' }]);
    expect(warningsFor(pdf)).toEqual([]);
  });

  it('may use another namespace, which is noted', () => {
    const bytes = utf8(new TextDecoder().decode(foreign(minimalHeader)).replaceAll(NS, 'http://www.e-doc.vn/Schema/'));
    expect(readDocument(bytes).warnings).toEqual([{ code: 'FOREIGN_NAMESPACE', field: 'edXML' }]);
  });
});

describe('what is refused', () => {
  const payload = (content: string): Uint8Array =>
    foreign(minimalHeader, {
      rest: `<AttachmentEncoded><Attachment><ContentTransferEncoded>${content}</ContentTransferEncoded></Attachment></AttachmentEncoded>`,
    });

  it.each<[string, string, Uint8Array]>([
    ['nothing', 'EDXML_NOT_XML', new Uint8Array(0)],
    ['a PDF', 'EDXML_NOT_XML', utf8('%PDF-1.7\n')],
    ['XML that is cut', 'EDXML_NOT_XML', writeEdxmlDocument(fullDocument).subarray(0, 900)],
    ['bytes that are no UTF-8', 'EDXML_NOT_XML', Uint8Array.of(0x3c, 0x61, 0x3e, 0xc3, 0x28, 0x3c, 0x2f, 0x61, 0x3e)],
    ['UTF-16', 'EDXML_NOT_XML', Uint8Array.from(Buffer.from('\ufeff<edXML/>', 'utf16le'))],
    ['another declared encoding', 'EDXML_NOT_XML', utf8('<?xml version="1.0" encoding="windows-1258"?><edXML/>')],
    ['a web page', 'EDXML_NOT_EDXML', utf8('<html><body>login</body></html>')],
    ['an empty edXML', 'EDXML_NOT_EDXML', utf8(`<edXML xmlns="${NS}"/>`)],
    ['a DTD', 'EDXML_DTD_REFUSED', utf8('<!DOCTYPE edXML [<!ENTITY a "b">]><edXML>&a;</edXML>')],
    ['an unknown entity', 'EDXML_NOT_XML', utf8('<edXML>&file;</edXML>')],
    ['deep nesting', 'EDXML_TOO_DEEP', utf8('<a>'.repeat(40))],
    ['a huge envelope', 'EDXML_TOO_LARGE', utf8(`<edXML><a>${'x'.repeat(9 * 1024 * 1024)}</a></edXML>`)],
    ['very many elements', 'EDXML_TOO_LARGE', utf8(`<edXML>${'<a/>'.repeat(60_000)}</edXML>`)],
    ['a letter that is no base64', 'EDXML_BAD_BASE64', payload('QUJ*')],
    ['base64 of a wrong length', 'EDXML_BAD_BASE64', payload('QUJDR')],
    ['data after padding', 'EDXML_BAD_BASE64', payload('QQ==QQ==')],
    ['a comment inside base64', 'EDXML_BAD_BASE64', payload('QUJD<!-- x -->')],
    ['a letter written as a reference', 'EDXML_BAD_BASE64', payload('&#65;UJD')],
    ['no sender', 'EDXML_MISSING_FIELD', foreign(minimalHeader.replace('<e:OrganId>A</e:OrganId>', ''))],
    ['no receiver', 'EDXML_MISSING_FIELD', foreign(minimalHeader.replace(/<e:To>.*<\/e:To>/, ''))],
  ])('%s', (_name, code, bytes) => {
    expect(codeOf(() => readEdxml(bytes))).toBe(code);
  });

  it('includes messages that cannot be written', () => {
    expect(codeOf(() => writeEdxmlDocument({ ...fullDocument, to: [] }))).toBe('EDXML_MISSING_FIELD');
    expect(codeOf(() => writeEdxmlDocument({ ...fullDocument, from: organ(' \u0000 ') }))).toBe('EDXML_MISSING_FIELD');
    expect(codeOf(() => writeEdxmlDocument({ ...fullDocument, dueDate: '2017-02-30' }))).toBe('EDXML_BAD_FIELD');
    expect(codeOf(() => writeEdxmlStatus({ ...fullStatus, statusCode: '3' }))).toBe('EDXML_BAD_FIELD');
  });

  it('always with a typed error, however a message is damaged', () => {
    const original = writeEdxmlDocument(fullDocument);
    const damage = fc.record({
      at: fc.nat(original.length - 1),
      cut: fc.nat(60),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 8 }),
        fc.constantFrom('<', '>', '&', '</a>', '<![CDATA[', ']]>', '<!--', '<?x ?>', '\u0000', 'cid:').map(utf8),
      ),
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (steps) => {
        const bytes = steps.reduce<Uint8Array>(
          (now, step) =>
            Buffer.concat([
              now.subarray(0, step.at),
              step.insert,
              now.subarray(Math.min(now.length, step.at + step.cut)),
            ]),
          original,
        );
        expect(codeOf(() => readEdxml(bytes))).toMatch(/^EDXML_|^no error$/);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('values', () => {
  it('forms the document id of the standard', () => {
    expect(
      formatDocumentId({ organId: '000.00.00.G22', date: '2015-09-30', number: '7816', notation: 'VPCP-TTĐT' }),
    ).toBe('000.00.00.G22,2015/09/30,7816/VPCP-TTĐT');
  });

  it('reads dates as people write them and no impossible ones', () => {
    expect(['2017/5/4', '2017-05-04', '4/5/2017', '2017/05/04 10:00:00'].map(readEdxmlDate)).toEqual(
      Array<string>(4).fill('2017-05-04'),
    );
    expect(['2017/02/29', '2017/13/01', '', 'N/A', '0000/01/01'].map(readEdxmlDate)).toEqual(Array<null>(5).fill(null));
    // An instant is a day of Việt Nam.
    expect(
      [
        '2026-05-23T17:00:00.000Z',
        '2026-05-23T17:00:00Z',
        '2026-05-23 17:00:00 UTC',
        '2026/05/23T17:00Z',
        '2026-05-23T17:00:00+00:00',
        '2026-05-23T17:00:00+0000',
        '2026-05-23T12:00:00-05:00',
        '23/05/2026 17:00:00Z',
        '2026-05-24T00:00:00+07:00',
        '2026-05-24T23:59:59.999+07:00',
        '2026-05-24T16:59:59Z',
      ].map(readEdxmlDate),
    ).toEqual(Array<string>(11).fill('2026-05-24'));
    expect(['2026-02-30T17:00:00Z', '2026-05-23T25:00:00Z'].map(readEdxmlDate)).toEqual([null, null]);
    expect(readEdxmlTimestamp('2026-05-23T17:00:00.000Z')).toBe('2026-05-24T00:00:00+07:00');
    expect(readEdxmlTimestamp('2017/05/04 7:08:09')).toBe('2017-05-04T07:08:09+07:00');
    expect(readEdxmlTimestamp('2017/05/04 27:08:09')).toBeNull();
  });
});
