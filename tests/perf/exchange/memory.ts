import { decideAll } from '#scripts/demo/decide-all.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes, randomUUID } from 'node:crypto';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { readRows } from '#tests/support/office-database.ts';
import { blankPlacement, plainFields } from '#tests/support/office-letters.ts';
import { OfficeProcess } from '#tests/support/office-process.ts';
import { testPki } from '#tests/support/test-office.ts';
import type { Measurement } from '../measure.ts';
import { watchPeak } from '#tests/support/process-memory.ts';

const MEGABYTE = 1024 * 1024;
/** Bytes of the page; a message carries a third more. */
const sizes = [
  { what: 'a page of 1 KB', padding: 0 },
  { what: 'a letter of 1 MB', padding: 0.75 * MEGABYTE },
  { what: 'a letter of 10 MB', padding: 7.5 * MEGABYTE },
  { what: 'a letter of 100 MB', padding: 75 * MEGABYTE },
];

/** The most that each process holds while one letter goes from one office to another, by its size. */
export async function measureMemory(): Promise<readonly Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vanthu-bench-'));
  const exchange = await startTestExchange();
  await exchange.addAgencies(['A', 'B'].map((code) => ({ code, name: `Cơ quan ${code}` })));
  const open = async (code: string): Promise<OfficeProcess> => {
    const office = new OfficeProcess(join(folder, code));
    await office.ready;
    return office;
  };
  const offices: OfficeProcess[] = [];
  try {
    for (const code of ['A', 'B']) {
      const office = await open(code);
      offices.push(office);
      await enrol(office, exchange, code);
    }
    const letters = await sealedLetters(offices[0]!, folder);
    // Signing happens in this process in tests; a fresh one holds nothing of it.
    await offices[0]!.end();
    offices[0] = await open('A');
    const [sender, receiver] = offices as [OfficeProcess, OfficeProcess];
    const held = { sender: [] as number[], exchange: [] as number[], receiver: [] as number[] };
    for (const [index, letter] of [letters[0]!, ...letters].entries()) {
      const peaks = [sender.pid, exchange.pid, receiver.pid].map(watchPeak);
      if (index > 0) {
        await sender.ok('outgoing.send', { ...letter, commandId: randomUUID() });
        await arrived(join(folder, 'B'), index);
      }
      const [ofSender = 0, ofExchange = 0, ofReceiver = 0] = peaks.map((peak) => peak());
      if (index === 0) continue;
      held.sender.push(ofSender);
      held.exchange.push(ofExchange);
      held.receiver.push(ofReceiver);
    }
    return Object.entries(held).map(([who, peaks]): Measurement => ({
      title: `The most that the ${who === 'exchange' ? who : `${who}'s core`} holds while one letter goes through`,
      unit: 'MB',
      goal: 'the same for every size',
      rows: [
        { kind: 'ours', what: sizes.at(-1)?.what ?? '', value: peaks.at(-1) ?? Number.NaN },
        ...sizes.slice(0, -1).map(({ what }, index) => ({
          kind: index === 0 ? ('floor' as const) : ('part' as const),
          what,
          value: peaks[index] ?? Number.NaN,
        })),
      ],
    }));
  } finally {
    for (const office of offices) await office.kill();
    await exchange.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function enrol(office: OfficeProcess, exchange: TestExchange, code: string): Promise<void> {
  await office.ok('exchange.enrol', {
    serverUrl: exchange.url,
    code: await exchange.enrolmentCode(code),
    workstationName: 'Máy',
    commandId: randomUUID(),
  });
  while ((await office.ok('directory.search', { text: '' })).total < 2) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function sealedLetters(
  office: OfficeProcess,
  folder: string,
): Promise<readonly { readonly id: string; readonly revision: number }[]> {
  const key = async (file: string, role: 'person' | 'seal'): Promise<string> => {
    const input = { token: { $file: file }, password: TEST_PKI_PASSWORD, role, imageToken: null };
    return (await office.ok('certificates.add', { ...input, commandId: randomUUID() })).id;
  };
  const person = await key(testPki().p12('person'), 'person');
  const seal = await key(testPki().p12('agency'), 'seal');
  const letters: { readonly id: string; readonly revision: number }[] = [];
  for (const { padding } of sizes) {
    const path = join(folder, 'letter.pdf');
    const stream = randomBytes(padding).toString('latin1');
    writeFileSync(path, makePdf({ extra: [`<</Length ${stream.length}>>\nstream\n${stream}\nendstream`] }));
    const { file } = await office.ok('letters.propose', {
      token: { $file: path },
      commandId: randomUUID(),
    });
    let letter = await office.ok('outgoing.create', {
      fileId: file.fileId,
      fileName: 'cong-van.pdf',
      fields: plainFields,
      placement: blankPlacement,
      recipients: ['B'],
      commandId: randomUUID(),
    });
    const step = async (
      name: 'outgoing.approve' | 'outgoing.assignNumber' | 'outgoing.sign' | 'outgoing.seal',
      more = {},
    ): Promise<void> => {
      const { id, revision } = letter;
      letter = await office.ok(name, { id, revision, ...more, commandId: randomUUID() });
    };
    await step('outgoing.approve');
    await step('outgoing.assignNumber');
    await decideAll(office.ok, letter, { person, seal });
    await step('outgoing.sign', { certificateId: person, password: TEST_PKI_PASSWORD });
    await step('outgoing.seal', { certificateId: seal, password: TEST_PKI_PASSWORD });
    letters.push({ id: letter.id, revision: letter.revision });
  }
  return letters;
}

async function arrived(dataDir: string, letters: number): Promise<void> {
  const count = (): number => readRows<{ n: number }>(dataDir, 'SELECT count(*) AS n FROM incoming')[0]?.n ?? 0;
  while (count() < letters) await new Promise((resolve) => setTimeout(resolve, 50));
}
