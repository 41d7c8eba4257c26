import { readEdxml } from '#shared/edxml/read-edxml.ts';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { readCursor, readInboxProblems } from '#tests/support/office-database.ts';
import { addKeys, queueLetter } from '#tests/support/office-letters.ts';
import { agency, createOfficeHub, type OfficeHub } from '#tests/support/office-hub.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';
import { foreignLetter, RECEIVER, SENDER, statusOf } from '#tests/support/sync-world.ts';
import type { Measurement } from '../measure.ts';

/** Letters that are really signed; each is different, so that nothing is known of it before. */
const SEALED = 60;
const PLAIN = 300;
const STATUSES = 1_000;
const STATUS_CODES = ['01', '03', '04', '05', '06'];

/** How fast an office takes in what waits for it after a long time off, from an exchange in the same process. */
export async function measureIntake(): Promise<readonly Measurement[]> {
  const hub = createOfficeHub([agency(SENDER, 'Văn phòng UBND tỉnh'), agency(RECEIVER, 'Sở Nội vụ')]);
  const offices: TestOffice[] = [];
  const enrolled = async (code: string): Promise<TestOffice> => {
    const office = await openTestOffice({ ports: { gateway: hub.gateway } });
    offices.push(office);
    await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code, workstationName: 'Máy' });
    await office.until('the directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
    return office;
  };
  try {
    const sender = await enrolled(SENDER);
    const keys = await addKeys(sender);
    const ids: string[] = [];
    for (let n = 0; n < SEALED; n += 1) ids.push(await queueLetter(sender, keys, [RECEIVER]));
    await sender.until('the letters', () => Promise.resolve(hub.sent.length === SEALED));

    const statuses = await Promise.all(
      Array.from({ length: STATUSES }, (_, n) => {
        const at = `${new Date(Date.UTC(2026, 10, 24) + n * 1_000).toISOString().slice(0, 19)}+07:00`;
        const statusCode = STATUS_CODES[Math.floor(n / ids.length) % STATUS_CODES.length] ?? '01';
        return statusOf(sender, ids[n % ids.length] ?? '', RECEIVER, statusCode, at);
      }),
    );
    const slipStatus = (bytes: Uint8Array): void => void hub.slip(SENDER, RECEIVER, bytes, { kind: 'status' });
    const status = await perSecond(sender, SENDER, hub, statuses, slipStatus);
    // An office has its machine to itself: what the other one reports would be taken in beside those that are measured.
    await sender.close();
    offices.pop();

    const receiver = await enrolled(RECEIVER);
    await upToDate(receiver, RECEIVER, hub);
    const slipLetter = (bytes: Uint8Array): void => void hub.slip(RECEIVER, SENDER, bytes);
    const sealed = await perSecond(receiver, RECEIVER, hub, sealedAgain(hub), slipLetter);
    const letters = Array.from({ length: PLAIN }, (_, n) => foreignLetter(SENDER, n + 1));
    const plain = await perSecond(receiver, RECEIVER, hub, letters, slipLetter);
    return [
      {
        title: `Take in ${PLAIN} letters that wait: fetched, read in a process of their own, verified, in the list`,
        unit: '/s',
        goal: '≥ 60 letters a second',
        rows: [
          { kind: 'ours', what: 'letters with a page without signatures', value: plain },
          { kind: 'part', what: 'letters with two signatures to verify', value: sealed },
        ],
      },
      {
        title: `Take in ${STATUSES} statuses that wait`,
        unit: '/s',
        goal: '≥ 200 statuses a second',
        rows: [{ kind: 'ours', what: 'statuses', value: status }],
      },
    ];
  } finally {
    for (const office of offices) await office.close();
  }
}

/** The letters that were sent, with another id each: other messages with the same signed pages. */
function sealedAgain(hub: OfficeHub): readonly Uint8Array[] {
  const letters = hub.sent.filter(({ from }) => from === SENDER);
  return letters.map(({ messageId }, n) => {
    const message = readEdxml(hub.bytesOf(messageId) ?? new Uint8Array());
    if (message.kind !== 'document') throw new Error('a status among the letters');
    return writeEdxmlDocument({ ...message, documentId: `${message.documentId}-${n}` });
  });
}

async function perSecond(
  office: TestOffice,
  code: string,
  hub: OfficeHub,
  messages: readonly Uint8Array[],
  slip: (bytes: Uint8Array) => void,
): Promise<number> {
  const before = readInboxProblems(office.dataDir).length;
  const start = performance.now();
  for (const bytes of messages) slip(bytes);
  await upToDate(office, code, hub);
  const seconds = (performance.now() - start) / 1_000;
  const setAside = readInboxProblems(office.dataDir).slice(before);
  if (setAside.length > 0) throw new Error(`some were set aside: ${setAside[0]?.code}`);
  return messages.length / seconds;
}

/** Once everything in its inbox was taken in. */
async function upToDate({ dataDir }: TestOffice, code: string, hub: OfficeHub): Promise<void> {
  while (readCursor(dataDir) < hub.inboxOf(code).length) await new Promise((resolve) => setTimeout(resolve, 20));
}
