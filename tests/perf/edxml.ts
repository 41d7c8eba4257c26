import { randomBytes } from 'node:crypto';
import { readEdxml } from '#shared/edxml/read-edxml.ts';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { fullDocument } from '#tests/unit/edxml/sample-messages.ts';
import { medianOf, type Measurement } from './measure.ts';

/** The message on the wire with one attachment of 10 MB. Its floor is the base64 that edXML asks for. */
export async function measureEdxml(): Promise<readonly Measurement[]> {
  const bytes = randomBytes(10 * 1024 * 1024);
  const [first] = fullDocument.attachments;
  if (first === undefined) throw new Error('the sample message has no attachment');
  const message = { ...fullDocument, attachments: [{ ...first, bytes }] };
  const written = writeEdxmlDocument(message);
  const base64 = bytes.toString('base64');
  const wrapped = wrapAsJavaDoes(written, base64);
  return [
    {
      title: 'Write an edXML message of 10 MB',
      rows: [
        { kind: 'ours', what: 'writeEdxmlDocument', value: await medianOf(() => writeEdxmlDocument(message)) },
        {
          kind: 'floor',
          what: "Buffer.toString('base64') and back to bytes",
          value: await medianOf(() => Buffer.from(bytes.toString('base64'), 'latin1')),
        },
      ],
    },
    {
      title: 'Read an edXML message of 10 MB',
      rows: [
        { kind: 'ours', what: 'readEdxml', value: await medianOf(() => readEdxml(written)) },
        {
          kind: 'floor',
          what: "Buffer.from(text, 'base64')",
          value: await medianOf(() => Buffer.from(base64, 'base64')),
        },
      ],
    },
    {
      title: 'Read the same message wrapped with &#13; at each line end',
      rows: [
        { kind: 'ours', what: 'readEdxml, wrapped', value: await medianOf(() => readEdxml(wrapped)) },
        { kind: 'floor', what: 'readEdxml, in one line', value: await medianOf(() => readEdxml(written)) },
      ],
    },
  ];
}

/** Lines of 76 characters, whose carriage returns come out of a Java serializer as references. */
function wrapAsJavaDoes(message: Uint8Array, base64: string): Uint8Array {
  const text = Buffer.from(message).toString('utf8');
  const [before = '', after = ''] = text.split(base64);
  return Buffer.from(`${before}${base64.replaceAll(/.{76}/g, '$&&#13;\n')}${after}`);
}
