import type { SeededRandom } from '#scripts/faults/random.ts';
import { OID } from '#pdf/crypto/oids.ts';
import { dict, name, ref } from '#pdf/syntax/objects.ts';
import type { PdfRef } from '#pdf/syntax/objects.ts';
import { sealAsAgency, signAsPerson, signatureImage, testPki } from '#tests/support/signing-fixtures.ts';
import { makeCleanFile } from './clean-file.ts';
import type { CleanFile, Wanted } from './clean-file.ts';
import { certificateOf, makeToken } from './make-cms.ts';
import type { Layout } from './pdf-writer.ts';
import { signForeign } from './sign-foreign.ts';
import type { ForeignSignature } from './sign-foreign.ts';
import { Update } from './update.ts';

export const scenarios = [
  'approval',
  'visible',
  'pkcs7',
  'direct',
  'kid',
  'stamped',
  'archived',
  'certified1',
  'certified2',
  'certified3',
  'locksAll',
  'locksSome',
  'lockLevel1',
  'ours',
  'sealed',
] as const;
export type Scenario = (typeof scenarios)[number];

export interface SignedFile extends CleanFile {
  readonly scenario: Scenario;
  /** Length of the file before it was signed. */
  readonly unsigned: number;
}

export interface SignedWanted extends Wanted {
  readonly scenario?: Scenario;
  readonly not?: readonly Scenario[];
}

/** A picture that is small, stands free, and shows some colour. */
export const smallPicture = '0 0 1 rg 10 10 60 20 re f';

/** How a good program goes on in a file: in its own way, or by a table where there are tables. */
export function goodLayout(random: SeededRandom, layout: Layout): Layout {
  if (layout === 'hybrid') return random.pick(['table', 'hybrid']);
  if (layout === 'table') return 'table';
  return random.pick(['stream', 'packed']);
}

export async function makeSignedFile(random: SeededRandom, wanted: SignedWanted = {}): Promise<SignedFile> {
  const scenario = wanted.scenario ?? random.pick(scenarios.filter((each) => wanted.not?.includes(each) !== true));
  const clean = makeCleanFile(random, wanted);
  return { ...clean, bytes: await signAs(scenario, clean, random), scenario, unsigned: clean.bytes.length };
}

async function signAs(scenario: Scenario, clean: CleanFile, random: SeededRandom): Promise<Uint8Array> {
  const layout = goodLayout(random, clean.layout);
  const sign = (how: ForeignSignature = {}): Uint8Array => signForeign(clean.bytes, { layout, name: 'Ky1', ...how });
  switch (scenario) {
    case 'approval':
      return sign();
    case 'visible':
      return sign({ rect: [320, 40, 420, 90], picture: smallPicture, page: random.between(1, 2) });
    case 'pkcs7':
      return sign({
        subFilter: 'adbe.pkcs7.detached',
        cms: { withSigningTime: true, bound: random.pick(['person', null]) },
      });
    case 'direct':
      return sign({ direct: true });
    case 'kid':
      return sign({ kid: true, rect: [320, 40, 420, 90], picture: smallPicture });
    case 'stamped':
      return sign({ cms: { unsigned: (value) => [[OID.signatureTimeStamp, makeToken([value])]] } });
    case 'archived':
      return archive(sign(), layout);
    case 'certified1':
    case 'certified2':
    case 'certified3':
      return sign(certification(Number(scenario.at(-1))));
    case 'locksAll':
      return sign({ dictionary: fieldMdp('/Action/All') });
    case 'locksSome':
      return sign({ dictionary: fieldMdp('/Action/Include/Fields[(ten)(oKy)]') });
    case 'lockLevel1':
      return sign({ field: { Lock: dict({ Type: name('SigFieldLock'), Action: name('All'), P: 1 }) } });
    case 'ours':
    case 'sealed': {
      const { bytes } = await signAsPerson(clean.bytes, { appearance: { image: signatureImage() } });
      return scenario === 'ours' ? bytes : (await sealAsAgency(bytes)).bytes;
    }
  }
}

const fieldMdp = (parameters: string): string =>
  `/Reference[<</Type/SigRef/TransformMethod/FieldMDP/Data 1 0 R/TransformParams<</Type/TransformParams/V/1.2${parameters}>>>>]`;

/** A certification: the catalog names it as such (ISO 32000-2, 12.8.2.2). */
function certification(level: number): ForeignSignature {
  const parameters = `<</Type/TransformParams/V/1.2/P ${level}>>`;
  return {
    dictionary: `/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams${parameters}>>]`,
    also: (update, widget) => {
      // The signature's object is the one allocated before its field.
      update.change(update.root, { Perms: dict({ DocMDP: ref(widget.num - 1) }) });
    },
  };
}

/** Validation data and a document time stamp over it (ETSI EN 319 142-1, 5.4 and 5.5). */
export function archive(bytes: Uint8Array, layout: Layout): Uint8Array {
  const update = new Update(bytes);
  addStore(update);
  const stored = update.finish(layout);
  return signForeign(stored, { subFilter: 'ETSI.RFC3161', type: 'DocTimeStamp', layout, name: `Dau${stored.length}` });
}

/** Adds to the security store what is not in there (ISO 32000-2, 12.8.4.3). */
export function addStore(update: Update): void {
  const stream = (data: Uint8Array): PdfRef => update.add({ kind: 'stream', dict: dict({}), raw: data });
  const old = update.document.getDict(update.document.catalog, 'DSS');
  const certificates = old ? update.document.getArray(old, 'Certs') : [];
  const added = (['issuing', 'root'] as const).map((id) => stream(certificateOf(id).der));
  const lists = (['issuing', 'root'] as const).map((id) => stream(testPki().crl(id)));
  const store = update.add(dict({ Type: name('DSS'), Certs: [...certificates, ...added], CRLs: lists }));
  update.change(update.root, { DSS: store });
}
