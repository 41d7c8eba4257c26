import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { EdxmlError } from '#shared/edxml/edxml-error.ts';
import { readEdxml, readEdxmlInSlices } from '#shared/edxml/read-edxml.ts';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { fullDocument } from './sample-messages.ts';

const MEGABYTE = 1024 * 1024;
const large = writeEdxmlDocument({
  ...fullDocument,
  attachments: fullDocument.attachments.map((attachment) => ({
    ...attachment,
    bytes: new Uint8Array(2 * MEGABYTE).map((_, index) => index * 7),
  })),
});

it('a large message lets others work at least once a megabyte, and says the same', async () => {
  let othersWorked = 0;
  let reading = true;
  const others = (async () => {
    for (; reading; othersWorked += 1) await nextTurn();
  })();
  const message = await readEdxmlInSlices(large, () => nextTurn());
  reading = false;
  await others;
  expect(othersWorked).toBeGreaterThanOrEqual(large.length / MEGABYTE);
  expect(message).toEqual(readEdxml(large));
});

it('a small message is read without waiting', async () => {
  const pause = (): never => {
    throw new Error('waited');
  };
  expect(await readEdxmlInSlices(writeEdxmlDocument(fullDocument), pause)).toMatchObject({ kind: 'document' });
});

it('a defect ends the reading where it stands', async () => {
  let pauses = 0;
  const pause = (): Promise<void> => {
    pauses += 1;
    return Promise.resolve();
  };
  const broken = large.slice();
  broken[MEGABYTE] = 0x2a;
  await expect(readEdxmlInSlices(broken, pause)).rejects.toThrow(
    new EdxmlError('EDXML_BAD_BASE64', { reason: 'illegal character' }),
  );
  expect(pauses).toBeLessThan(large.length / MEGABYTE / 0.125 / 2);
});
