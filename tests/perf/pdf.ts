import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { proposeFields } from '#core/reading/propose-fields.ts';
import { createPdfEngine } from '#pdf/create-pdf-engine.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { repositoryRoot, sampleLetter, testPki } from '#tests/support/test-office.ts';
import { openPkcs12 } from '#tokens/pkcs12.ts';
import { medianOf, type Measurement } from './measure.ts';

const MEGABYTE = 1024 * 1024;

/** Signing, verifying and reading letters. */
export async function measurePdf(): Promise<readonly Measurement[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-bench-'));
  try {
    return [
      ...(await signing(letterOfSize(1), '1 MB', folder)),
      ...(await signing(letterOfSize(20), '20 MB', folder)),
      await reading(),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One page and megabytes of what a scanner leaves: streams that do not compress. */
function letterOfSize(megabytes: number): Uint8Array {
  const scan = () => randomBytes(MEGABYTE).toString('latin1');
  const extra = Array.from({ length: megabytes }, () => `<</Length ${MEGABYTE}>>\nstream\n${scan()}\nendstream`);
  const refs = extra.map((_, at) => `${10 + at} 0 R`).join(' ');
  return makePdf({ extra, page: `/Scans [${refs}]` });
}

async function signing(letter: Uint8Array, size: string, folder: string): Promise<readonly Measurement[]> {
  const pki = testPki();
  const person = openPkcs12(await readFile(pki.p12('person')), TEST_PKI_PASSWORD).holders(new Date())[0];
  const agency = openPkcs12(await readFile(pki.p12('agency')), TEST_PKI_PASSWORD).holders(new Date())[0];
  const trust = { anchors: [pki.certificate('root')], intermediates: [], crls: [pki.crl('root'), pki.crl('issuing')] };
  const engine = createPdfEngine(() => trust);
  const images = {
    person: await readFile(path.join(repositoryRoot, 'resources/demo/signature.png')),
    seal: await readFile(path.join(repositoryRoot, 'resources/demo/seal.png')),
  };
  const sign = (bytes: Uint8Array, role: 'person' | 'seal') => {
    const { chain, signData } = role === 'person' ? person : agency;
    return engine.sign(bytes, { role, chain, sign: signData, at: new Date(), image: images[role], place: null });
  };
  const sealed = await sign(await sign(letter, 'person'), 'seal');
  const file = path.join(folder, 'sealed.pdf');
  await writeFile(file, sealed);
  return [
    {
      title: `Sign a letter of ${size} as a person`,
      rows: [
        {
          kind: 'ours',
          what: 'incremental update, PAdES B-B, own check',
          value: await medianOf(() => sign(letter, 'person')),
        },
        {
          kind: 'floor',
          what: 'node:crypto: SHA-256 and RSA of the bytes',
          value: await medianOf(() => person.signData(letter)),
        },
        {
          kind: 'peer',
          what: 'pdf-lib: load and save, no signature',
          value: await medianOf(() => loadAndSave(letter)),
        },
      ],
    },
    {
      title: `Verify a letter of ${size} with two signatures`,
      rows: [
        {
          kind: 'ours',
          what: 'verifier, in this process',
          value: await medianOf(() => engine.verify(sealed, new Date())),
        },
        {
          kind: 'floor',
          what: 'node:crypto: SHA-256 of the bytes, twice',
          value: await medianOf(() => hashTwice(sealed)),
        },
        { kind: 'peer', what: 'pdfsig, as a process', value: await medianOf(() => run('pdfsig', [file])) },
        {
          kind: 'part',
          what: 'of which: starting pdfsig alone (-v)',
          value: await medianOf(() => run('pdfsig', ['-v'])),
        },
      ],
    },
  ];
}

function hashTwice(bytes: Uint8Array): void {
  createHash('sha256').update(bytes).digest();
  createHash('sha256').update(bytes).digest();
}

async function loadAndSave(bytes: Uint8Array): Promise<void> {
  await (await PDFDocument.load(bytes, { updateMetadata: false })).save();
}

async function reading(): Promise<Measurement> {
  const letter = new Uint8Array(await readFile(sampleLetter));
  return {
    title: 'Read the sample letter (2 pages)',
    rows: [
      {
        kind: 'ours',
        what: 'text with geometry, every field proposed',
        value: await medianOf(async () => proposeFields(await readPdfText(letter))),
      },
      {
        kind: 'peer',
        what: 'pdftotext -bbox, as a process, text only',
        value: await medianOf(() => run('pdftotext', ['-bbox', sampleLetter, '-'])),
      },
      {
        kind: 'part',
        what: 'of which: starting pdftotext alone (-v)',
        value: await medianOf(() => run('pdftotext', ['-v'])),
      },
    ],
  };
}

function run(command: string, args: readonly string[]): void {
  const { error } = spawnSync(command, args, { stdio: 'ignore' });
  if (error !== undefined) throw error;
}
