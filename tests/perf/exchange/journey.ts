import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { addKeys, importLetter, plainFields, sealedLetter } from '#tests/support/office-letters.ts';
import { openTestOffice, repositoryRoot, sampleLetter, type TestOffice } from '#tests/support/test-office.ts';
import { median, medianOf, type Measurement } from '../measure.ts';

const RUNS = 9;

/** From the clerk's "Gửi" to the row in the other office's list, over a real exchange on loopback. */
export async function measureJourney(): Promise<readonly Measurement[]> {
  const exchange = await startTestExchange({ seedFile: path.join(repositoryRoot, 'resources/demo/agencies.json') });
  const offices: TestOffice[] = [];
  try {
    const enrolled = async (agencyCode: string): Promise<TestOffice> => {
      const office = await openTestOffice();
      offices.push(office);
      await enrol(office, exchange, agencyCode);
      return office;
    };
    const sender = await enrolled('H15.01');
    const receiver = await enrolled('H15.03');
    const keys = await addKeys(sender);
    const letters: { id: string; revision: number }[] = [];
    for (let made = 0; made <= RUNS; made += 1) {
      const fileId = await importLetter(sender, sampleLetter);
      const fields = { ...plainFields, abstract: `V/v đo thời gian gửi, nhận lần ${made}` };
      letters.push(await sealedLetter(sender, keys, ['H15.03'], { fileId, fields }));
    }
    const times: number[] = [];
    for (const { id, revision } of letters) {
      const before = arrivals(receiver);
      const start = performance.now();
      await sender.ok('outgoing.send', { id, revision });
      await arrivedAfter(receiver, before);
      times.push(performance.now() - start);
    }
    return [
      {
        title: 'Send a letter with two signatures, until it is verified in the other office (loopback)',
        rows: [
          { kind: 'ours', what: 'send, exchange, fetch, verify, read, list', value: median(times.slice(1)) },
          {
            kind: 'floor',
            what: 'node:http: the same bytes there and back',
            value: await bareTransfer(await readFile(sampleLetter)),
          },
        ],
      },
    ];
  } finally {
    for (const office of offices) await office.close();
    await exchange.stop();
  }
}

async function enrol(office: TestOffice, exchange: TestExchange, agencyCode: string): Promise<void> {
  const code = await exchange.enrolmentCode(agencyCode);
  await office.ok('exchange.enrol', { serverUrl: exchange.url, code, workstationName: 'Máy văn thư' });
  await office.until('the directory', async () => (await office.ok('directory.search', { text: '' })).total > 20);
}

const arrivals = (office: TestOffice): number =>
  office.events.filter(({ event }) => event === 'incoming.arrived').length;

async function arrivedAfter(office: TestOffice, before: number): Promise<void> {
  while (arrivals(office) <= before) await new Promise((resolve) => setImmediate(resolve));
}

/** One request with the message's bytes (base64, as edXML carries them) and their SHA-256, answered with the same. */
async function bareTransfer(letter: Buffer): Promise<number> {
  const body = letter.toString('base64');
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => response.end(Buffer.concat(chunks)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  try {
    return await medianOf(async () => {
      const answer = await fetch(`http://127.0.0.1:${address.port}/`, { method: 'PUT', body });
      createHash('sha256')
        .update(new Uint8Array(await answer.arrayBuffer()))
        .digest('hex');
    });
  } finally {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
}
