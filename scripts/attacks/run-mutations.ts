import { setImmediate as aMoment } from 'node:timers/promises';
import { seededRandom } from '#scripts/faults/random.ts';
import type { SeededRandom } from '#scripts/faults/random.ts';
import { letter, sealAsAgency, signAsPerson, trust } from '#tests/support/signing-fixtures.ts';
import { mutateObject } from './mutate-object.ts';
import { layouts } from './pdf-writer.ts';
import { judge } from './run-attacks.ts';
import type { Outcome } from './run-attacks.ts';
import { makeSignedFile } from './signed-file.ts';
import { signForeign } from './sign-foreign.ts';
import { Update } from './update.ts';
import { drawPages } from './viewers.ts';

/** Hybrid files are left out: Poppler takes what their tables hide for missing, and draws empty pages. */
const drawable = layouts.filter((layout) => layout !== 'hybrid');

/** Mutants of one signed file, so that its pages are drawn once. */
const FROM_ONE_FILE = 100;

export interface Mutant {
  /** Again: `--seed S --mutations N --only INDEX`. */
  readonly index: number;
  readonly way: string;
  readonly outcome: Outcome;
  /** The viewers that draw it otherwise than what was signed; empty for what is not green nor yellow. */
  readonly differs: readonly string[];
  readonly isDrawn: boolean;
  readonly codes: string;
  readonly bytes: Uint8Array;
}

export interface Mutations {
  readonly seed: number;
  readonly count: number;
  readonly only?: number | undefined;
  readonly viewers: readonly string[];
}

interface Base {
  readonly bytes: Uint8Array;
  readonly drawn: ReadonlyMap<string, readonly string[]>;
}

/**
 * Signed files with something changed at random, in their bytes or by one more revision. What the verifier still calls
 * green or yellow is drawn by the viewers, beside what was signed: what is green must look the same.
 * @yields one mutant after the other
 */
export async function* runMutations({ seed, count, only, viewers }: Mutations): AsyncGenerator<Mutant> {
  const store = trust();
  let base: Base | undefined;
  for (let index = 0; index < count; index += 1) {
    const isChosen = only === undefined || index === only;
    if (index % FROM_ONE_FILE === 0 || (isChosen && !base)) {
      base =
        only === undefined || Math.floor(index / FROM_ONE_FILE) === Math.floor(only / FROM_ONE_FILE)
          ? await makeBase(seed, index, viewers)
          : undefined;
    }
    if (!isChosen || !base) continue;
    const { way, bytes } = mutate(base.bytes, seededRandom(seed * 1_000_003 + index, 99));
    const { outcome, codes } = judge(bytes, store);
    const isDrawn = outcome === 'VALID' || outcome === 'WARN';
    const differs = isDrawn ? differences(base, bytes) : [];
    await aMoment();
    yield { index, way, outcome, differs, isDrawn, codes, bytes };
  }
}

/** Mostly generated letters; now and then the sample letter of the product, signed and sealed by it. */
async function makeBase(seed: number, index: number, viewers: readonly string[]): Promise<Base> {
  const random = seededRandom(seed * 1_000_003 + Math.floor(index / FROM_ONE_FILE), 98);
  const bytes = random.chance(0.1)
    ? (await sealAsAgency((await signAsPerson(letter())).bytes)).bytes
    : (await makeSignedFile(random, { layout: random.pick(drawable), lacks: random.chance(0.95) ? ['bookmarks'] : [] }))
        .bytes;
  return { bytes, drawn: new Map(viewers.map((command) => [command, drawPages(bytes, command)])) };
}

function mutate(bytes: Uint8Array, random: SeededRandom): { way: string; bytes: Uint8Array } {
  const way = random.pick([
    'bytes',
    'tokens',
    'object',
    'object',
    'object',
    'objects',
    'object below a signature',
    'object below a signature',
  ]);
  switch (way) {
    case 'bytes':
      return { way, bytes: mutateBytes(bytes, random) };
    case 'tokens':
      return { way, bytes: mutateTokens(appended(bytes, 1, random), bytes.length, random) };
    case 'object below a signature': {
      const also = (update: Update): void => mutateObject(update, random);
      return { way, bytes: signForeign(bytes, { also, layout: random.pick(drawable), cms: { signer: 'person2' } }) };
    }
    default:
      return { way, bytes: appended(bytes, way === 'objects' ? random.between(2, 5) : 1, random) };
  }
}

function appended(bytes: Uint8Array, changes: number, random: SeededRandom): Uint8Array {
  const update = new Update(bytes);
  for (let i = 0; i < changes; i += 1) mutateObject(update, random);
  return update.finish(random.pick(drawable));
}

/** Some bytes exchanged, cut out, doubled or put in, anywhere. */
function mutateBytes(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const at = random.between(0, bytes.length - 1);
  const length = random.between(1, 20);
  const [head, part, tail] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)];
  const changes: Uint8Array[][] = [
    [head, tail],
    [head, part, part, tail],
    [head, Buffer.from(' '.repeat(length)), part, tail],
    [head, part.map((byte) => byte ^ random.between(1, 255)), tail],
    [bytes, part],
  ];
  return new Uint8Array(Buffer.concat(random.pick(changes)));
}

const tokens = [
  '<<',
  '>>',
  '[',
  ']',
  '(',
  ')',
  'null',
  'obj',
  'endobj',
  'stream',
  'endstream',
  '3 0 R',
  '1 0 R',
  '%%EOF',
  'startxref',
  'trailer',
  'xref',
  '/Root 1 0 R',
  '/Prev 9',
  '/Size 9',
  '-1',
  '1.0',
  '\n',
  ' ',
  '%',
];

/** Words exchanged, left out or put in, behind what was signed. */
function mutateTokens(bytes: Uint8Array, from: number, random: SeededRandom): Uint8Array {
  const text = Buffer.from(bytes.subarray(from)).toString('latin1');
  const words = [...text.matchAll(/[^\s<>[\]()/]+|[<>[\]()/]|\s+/g)];
  const { 0: word, index } = random.pick(words);
  const changed = random.pick(['', random.pick(tokens), `${word}${random.pick(tokens)}`, word + word]);
  const other = text.slice(0, index) + changed + text.slice(index + word.length);
  return new Uint8Array(Buffer.concat([bytes.subarray(0, from), Buffer.from(other, 'latin1')]));
}

function differences({ drawn }: Base, bytes: Uint8Array): string[] {
  return [...drawn]
    .filter(([command, pages]) => drawPages(bytes, command).join() !== pages.join())
    .map(([command]) => command);
}
