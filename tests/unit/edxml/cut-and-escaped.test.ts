import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EdxmlError } from '#shared/edxml/edxml-error.ts';
import { EdxmlTreeParser } from '#shared/edxml/edxml-tree.ts';
import { keepInMemory } from '#shared/edxml/payload.ts';
import { readEdxml } from '#shared/edxml/read-edxml.ts';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { fullDocument } from './sample-messages.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Ways in which writers break the lines of an attachment. */
const lineEnds = [
  '\n',
  '\r\n',
  '\r',
  ' ',
  '\t',
  '&#13;\n',
  '&#13;&#10;',
  '&#xD;',
  '&#x0D;&#x0A;',
  '&#X00a;',
  '&#9;',
  '&#32;',
  '&#x20;',
];
/** What may stand between elements without meaning anything; some of it looks like an attachment. */
const fillers = [
  '',
  '\r\n\t',
  '<!-- > -->',
  '<!-- <ContentTransferEncoded a=" -->',
  '<?x <ContentTransferEncoded> ?>',
  '<![CDATA[ ]]>',
  '&#13;',
];
const escapes: readonly ((character: string) => string)[] = [
  (character) => ({ '<': '&lt;', '&': '&amp;' })[character] ?? character,
  (character) => ({ '<': '&lt;', '&': '&amp;', '>': '&gt;', '"': '&quot;', "'": '&apos;' })[character] ?? character,
  (character) => `&#${character.codePointAt(0)};`,
  (character) => `&#x${character.codePointAt(0)?.toString(16)};`,
  (character) => `<![CDATA[${character}]]>`,
];

const subject = fc
  .array(fc.constantFrom(...Array.from('aộ𠀋<>&"\' x')), { maxLength: 12 })
  .map((letters) => `S${letters.join('')}S`);
const choices = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 40 });
const pieceSizes = fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 300 })), {
  minLength: 1,
  maxLength: 20,
});

/** The numbers of `list` one after the other, again from the beginning. */
function cycle(list: readonly number[]): () => number {
  let index = 0;
  return () => list[index++ % list.length] ?? 0;
}

function plain(text: string, bytes: Uint8Array): string {
  const [first] = fullDocument.attachments;
  if (first === undefined) throw new Error('the sample message has no attachment');
  return decode(
    writeEdxmlDocument({
      ...fullDocument,
      subject: text,
      attachments: [{ ...first, bytes }, ...fullDocument.attachments],
    }),
  );
}

/** The same message as another writer would put it. */
function disguised(message: string, text: string, picks: readonly number[]): string {
  const pick = cycle(picks);
  const one = <T>(list: readonly T[]): T => list[pick() % list.length] as T;
  const escaped = Array.from(text, (character) => one(escapes)(character)).join('');
  return message
    .replace(/(<(?:\w+:)?Subject>)[^<]*/, (_all, tag: string) => `${tag}${escaped}`)
    .replaceAll(/(<\w*:?ContentTransferEncoded)>([^<]*)/g, (_all, tag: string, base64: string) => {
      const lines = base64.replaceAll(/.{4}/g, (group) => `${group}${pick() % 3 === 0 ? one(lineEnds) : ''}`);
      return `${tag}${one(['', ' a="> \'"', "\r\nb='>'\t"])}>${one(lineEnds)}${lines}${one(lineEnds)}`;
    })
    .replaceAll(/(<\/\w*:?(?:Attachment|To|From|DocumentId|edXMLHeader)>)/g, (tag) => `${tag}${one(fillers)}`);
}

/** What comes of a message that arrives in pieces of these sizes: its tree, or the code of its error. */
function outcome(bytes: Uint8Array, sizes: readonly number[]): unknown {
  const next = cycle(sizes);
  try {
    const parser = new EdxmlTreeParser(keepInMemory);
    for (let start = 0; start < bytes.length;) {
      const size = next();
      // A copy, as each piece of a network is: what the parser kept of one must not depend on its neighbours.
      parser.write(bytes.slice(start, start + size));
      start += size;
    }
    return parser.end();
  } catch (error) {
    if (error instanceof EdxmlError) return error.code;
    throw error;
  }
}

it('a message says the same however it is escaped, wrapped and cut', () => {
  fc.assert(
    fc.property(subject, fc.uint8Array({ maxLength: 120 }), choices, pieceSizes, (text, bytes, picks, sizes) => {
      const message = plain(text, bytes);
      const other = utf8(disguised(message, text, picks));
      const expected = outcome(utf8(message), [Number.POSITIVE_INFINITY]);
      expect(typeof expected).toBe('object');
      expect(readEdxml(other)).toEqual(readEdxml(utf8(message)));
      expect(outcome(other, sizes)).toEqual(outcome(other, [Number.POSITIVE_INFINITY]));
    }),
    { numRuns: 300 },
  );
});

it('a damaged message has the same first defect however it is cut', () => {
  const original = writeEdxmlDocument(fullDocument);
  const damage = fc.record({
    at: fc.nat(original.length - 1),
    cut: fc.nat(60),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc
        .constantFrom(
          '<',
          '>',
          '&',
          '"',
          '</a>',
          '<![CDATA[',
          ']]>',
          '<!--',
          '-->',
          '<?x ?>',
          '<!DOCTYPE a>',
          '\u0000',
          '&#13;',
          '&#',
          'ộ',
          '<ContentTransferEncoded>',
          '<a:ContentTransferEncoded b=">',
          '</ContentTransferEncoded>',
        )
        .map(utf8),
    ),
  });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), pieceSizes, (steps, sizes) => {
      const bytes = steps.reduce<Uint8Array>(
        (now, { at, cut, insert }) =>
          Buffer.concat([now.subarray(0, at), insert, now.subarray(Math.min(now.length, at + cut))]),
        original,
      );
      expect(outcome(bytes, sizes)).toEqual(outcome(bytes, [Number.POSITIVE_INFINITY]));
    }),
    { numRuns: 1_000 },
  );
});

it('the limit of the envelope holds to the byte, and what stands before it counts first', () => {
  const most = 8 * 1024 * 1024;
  const filled = (size: number): Uint8Array => utf8(`<a>${'>'.repeat(size - 7)}</a>`);
  expect(outcome(filled(most), [100_000])).toMatchObject({ name: 'a' });
  expect(outcome(filled(most + 1), [100_000])).toBe('EDXML_TOO_LARGE');
  const early = filled(most + 1);
  early.set(utf8('</b>'), most - 100);
  expect(outcome(early, [Number.POSITIVE_INFINITY])).toBe('EDXML_NOT_XML');
});
