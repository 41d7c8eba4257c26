import { describe, expect, it } from 'vitest';
import { EdxmlError } from '#shared/edxml/edxml-error.ts';
import { EdxmlTreeParser } from '#shared/edxml/edxml-tree.ts';
import { keepInMemory } from '#shared/edxml/payload.ts';
import { ReadingWork } from '#shared/edxml/reading-work.ts';

const KILOBYTE = 1024;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const line = 'QUJD'.repeat(19);
/** `part` as often as it fits into `size` bytes. */
const filled = (part: string, size: number): string => part.repeat(Math.ceil(size / part.length));
const attachment = (content: string): string =>
  `<edXML><A><ContentTransferEncoded>${content}</ContentTransferEncoded></A></edXML>`;

/** Ways to fill a message with about `size` bytes. */
const families: Readonly<Record<string, (size: number) => string>> = {
  'an attachment in one line': (size) => attachment(filled('QUJD', size)),
  'an attachment wrapped with &#13;': (size) => attachment(filled(`${line}&#13;\n`, size)),
  'an attachment wrapped with &#x0D;&#xA;': (size) => attachment(filled(`${line}&#x0D;&#xA;`, size)),
  'an attachment of references alone': (size) => attachment(filled('&#9;', size)),
  'an attachment of spaces': (size) => attachment(filled(' ', size)),
  'very many attachments': (size) => `<a>${filled('<ContentTransferEncoded>QQ==</ContentTransferEncoded>', size)}</a>`,
  'attachment tags in a comment': (size) => `<a><!--${filled('<ContentTransferEncoded>', size)}--></a>`,
  'an attachment tag full of >': (size) => `<ContentTransferEncoded a="${filled('>', size)}"/>`,
  'text full of >': (size) => `<a>${filled('>', size)}</a>`,
  'an attribute full of >': (size) => `<a b="${filled('>', size)}"/>`,
  'a comment full of >': (size) => `<a><!--${filled('>', size)}--></a>`,
  'a long text': (size) => `<a>${filled('x', size)}</a>`,
  'text of entities': (size) => `<a>${filled('&amp;&#xA;&#13;', size)}</a>`,
  'text of CDATA sections': (size) => `<a>${filled('<![CDATA[>]]>', size)}</a>`,
  comments: (size) => `<a>${filled('<!-- > -->', size)}</a>`,
  'processing instructions': (size) => `<a>${filled('<?x y?>', size)}</a>`,
  'a long name': (size) => `<${filled('x', size)}/>`,
  'a long attribute': (size) => `<a b="${filled('ộ', size / 3)}"/>`,
  'white space between elements': (size) => `<a>${filled(`<b>${' '.repeat(500)}</b>\r\n`, size)}</a>`,
  'small elements': (size) => `<a>${filled('<b/>', size)}</a>`,
};

function workOf(bytes: Uint8Array, pieceSize: number): ReadingWork {
  const work = new ReadingWork();
  const parser = new EdxmlTreeParser(keepInMemory, work);
  for (let start = 0; start < bytes.length; start += pieceSize) parser.write(bytes.subarray(start, start + pieceSize));
  parser.end();
  return work;
}

describe.each(Object.entries(families))('reading %s', (_name, make) => {
  it.each([Number.POSITIVE_INFINITY, 4 * KILOBYTE, 1])(
    'costs twice as much for twice as much, %d bytes a piece',
    (pieceSize) => {
      const once = workOf(utf8(make(64 * KILOBYTE)), pieceSize);
      const twice = workOf(utf8(make(128 * KILOBYTE)), pieceSize);
      expect(twice.bytes / once.bytes).toBeLessThanOrEqual(2.2);
      expect(twice.calls / once.calls).toBeLessThanOrEqual(2.2);
    },
  );

  it('costs a few looks at each byte, and no call for each', () => {
    const bytes = utf8(make(128 * KILOBYTE));
    const work = workOf(bytes, bytes.length);
    expect(work.bytes / bytes.length).toBeLessThanOrEqual(4);
    expect(work.calls / bytes.length).toBeLessThanOrEqual(0.1);
  });
});

it('a long namespace is not written out for each attribute', () => {
  const attributes = Array.from({ length: 200 }, (_, index) => ` p:a${100_000 + index}=""`).join('');
  const read = (length: number): void => {
    const parser = new EdxmlTreeParser(keepInMemory);
    parser.write(utf8(`<edXML xmlns:p="${'u'.repeat(length)}"${attributes}/>`));
    parser.end();
  };
  expect(() => read(256)).not.toThrow();
  expect(() => read(20_000)).toThrow(new EdxmlError('EDXML_TOO_LARGE', { limit: 256 }));
});

it('an element has no more attributes than are read in one go', () => {
  const read = (elements: number, each: number): void => {
    const attributes = Array.from({ length: each }, (_, index) => ` a${index}=""`).join('');
    const parser = new EdxmlTreeParser(keepInMemory);
    parser.write(utf8(`<a>${`<b${attributes}/>`.repeat(elements)}</a>`));
    parser.end();
  };
  expect(() => read(3, 1_000)).not.toThrow();
  expect(() => read(1, 1_001)).toThrow(new EdxmlError('EDXML_TOO_LARGE', { limit: 1_000 }));
});
