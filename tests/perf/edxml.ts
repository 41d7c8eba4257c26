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
  return [
    {
      title: 'Write an edXML message of 10 MB',
      rows: [
        { kind: 'ours', what: 'writeEdxmlDocument', ms: await medianOf(() => writeEdxmlDocument(message)) },
        {
          kind: 'floor',
          what: "Buffer.toString('base64') and back to bytes",
          ms: await medianOf(() => Buffer.from(bytes.toString('base64'), 'latin1')),
        },
      ],
    },
    {
      title: 'Read an edXML message of 10 MB',
      rows: [
        { kind: 'ours', what: 'readEdxml', ms: await medianOf(() => readEdxml(written)) },
        { kind: 'floor', what: "Buffer.from(text, 'base64')", ms: await medianOf(() => Buffer.from(base64, 'base64')) },
      ],
    },
  ];
}
