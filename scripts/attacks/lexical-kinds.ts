import type { SeededRandom } from '#scripts/faults/random.ts';
import { isArray, isRef, ref } from '#pdf/syntax/objects.ts';
import type { PdfRef } from '#pdf/syntax/objects.ts';
import { writeObject } from '#pdf/syntax/write-object.ts';
import { makeCleanFile } from './clean-file.ts';
import { kindsOf } from './kind.ts';
import type { Kind } from './kind.ts';
import { layouts, row } from './pdf-writer.ts';
import type { Layout, Tweaks } from './pdf-writer.ts';
import { signForeign } from './sign-foreign.ts';
import { Update } from './update.ts';

/** What one reader reads one way and another the other, and what makes readers gather the objects by themselves. */

const evilContent = '<</Length 42>>\nstream\nBT /F1 20 Tf 72 640 Td (9.999.999) Tj ET     \nendstream';

function contentsOf(update: Update): PdfRef {
  const [page] = update.pages;
  const contents = page?.dict.entries.get('Contents');
  const first = isArray(contents) ? contents[0] : contents;
  if (!isRef(first)) throw new Error('no contents');
  return first;
}

/** The body of an object as text. */
function bodyOf(update: Update, reference: PdfRef): string {
  return writeObject(update.document.resolve(reference)).toString('latin1');
}

function pageOf(update: Update, random: SeededRandom): PdfRef {
  return random.pick(update.pages).reference;
}

const lexical = kindsOf(
  { group: 'read two ways', expects: 'doubted' },
  {
    'key twice': ({ bytes }, random) => {
      const update = new Update(bytes);
      const target = random.pick([pageOf(update, random), update.root]);
      const body = bodyOf(update, target);
      const [, key = '/Type', value = '/Page'] = random.pick([
        ...body.matchAll(/(\/[A-Z][A-Za-z]+) (\d+ 0 R|\/[A-Za-z]+|\d+)(?=[ >])/g),
      ]);
      const entry = ` ${key} ${value}`;
      update.raw(target, `${body.slice(0, -2)}${entry.repeat(random.between(1, 40))}>>`, true);
      return update.finish(random.pick(layouts));
    },
    'real number where an integer belongs': {
      wanted: { has: ['turned'], lacks: ['nested'] },
      make: ({ bytes }, random) => {
        const update = new Update(bytes);
        const target = pageOf(update, random);
        update.raw(
          target,
          bodyOf(update, target).replace('/Rotate 90', `/Rotate ${random.pick(['90.0', '90.', '+90'])}`),
          true,
        );
        return update.finish(random.pick(layouts));
      },
    },
    'real number of a note’s flags': {
      wanted: { has: ['notes'] },
      make: ({ bytes }, random) => {
        const update = new Update(bytes);
        const [page] = update.pages;
        const note =
          page &&
          update.document
            .getArray(page.dict, 'Annots')
            .find((item) => isRef(item) && bodyOf(update, item).includes('/F 28'));
        if (!isRef(note)) throw new Error('no note');
        update.raw(note, bodyOf(update, note).replace('/F 28', '/F 28.0'), true);
        return update.finish(random.pick(layouts));
      },
    },
    'real number behind a reference': {
      wanted: { lacks: ['turned', 'nested'], page: '/Rotate @0 0 R', extra: ['90'] },
      make: ({ bytes }, random) => {
        const update = new Update(bytes);
        const [page] = update.pages;
        const turn = page?.dict.entries.get('Rotate');
        if (!isRef(turn)) throw new Error('no turn');
        update.raw(turn, '90.0', true);
        return update.finish(random.pick(layouts));
      },
    },
    'reference to a reference': ({ bytes }, random) => {
      const update = new Update(bytes);
      const [page] = update.pages;
      if (!page) throw new Error('no page');
      const list = update.add([...update.document.getArray(page.dict, 'Annots')]);
      const hop = update.add(list);
      if (page.dict.entries.has('Annots')) update.change(page.reference, { Annots: hop });
      else update.change(page.reference, { Contents: update.add(page.dict.entries.get('Contents') ?? null) });
      return update.finish(random.pick(layouts));
    },
    'foreign generation': ({ bytes }, random) => {
      const update = new Update(bytes);
      const target = pageOf(update, random);
      const body = bodyOf(update, target);
      update.raw(target, body.replace(/(\d+) 0 R/, `$1 ${random.between(1, 9)} R`), true);
      return update.finish(random.pick(layouts));
    },
    'generation of an object': ({ bytes }, random) => {
      const update = new Update(bytes);
      const target = contentsOf(update);
      update.raw(ref(target.num, random.between(1, 5)), bodyOf(update, target), false);
      return update.finish('table');
    },
    'null instead of nothing': ({ bytes }, random) => {
      const update = new Update(bytes);
      const target = pageOf(update, random);
      const dictionary = update.dictionary(target);
      const key = random.pick(
        ['Resources', 'Rotate', 'CropBox', 'Kids', 'Group', 'Annots', 'UserUnit', 'MediaBox', 'AA'].filter(
          (each) => !dictionary.entries.has(each),
        ),
      );
      update.change(target, { [key]: random.pick([null, ref(99_999)]) });
      return update.finish(random.pick(layouts));
    },
  },
);

/** Appends an object and takes it back, in a way that other readers do not follow. */
function takenBack(
  how: (update: Update, random: SeededRandom, place: number) => { layout?: Layout; tweaks: Tweaks },
): Kind['make'] {
  return ({ bytes }, random) => {
    const first = new Update(bytes);
    const target = contentsOf(first);
    const [place] = first.document.span(target.num) ?? [];
    if (place === undefined) throw new Error('contents have no place');
    first.raw(target, evilContent, false);
    const second = new Update(first.finish('table'));
    const { tweaks, layout = 'table' } = how(second, random, place);
    const rows = `${target.num} 1\n${row(place)}${tweaks.rows ?? ''}`;
    return second.finish(layout, { ...tweaks, rows });
  };
}

const size = (update: Update): string => String(Math.max(...update.document.entries.keys()) + 1);
const previous = (update: Update): number => update.document.sections[0]?.offset ?? 0;

const repair = kindsOf(
  { group: 'repair', expects: 'doubted' },
  {
    'numbers of the trailer': takenBack((update, random) => ({
      tweaks: {
        trailer: random.pick<Record<string, string | null>>([
          { Prev: `${previous(update)}.0` },
          { Prev: `+${previous(update)}` },
          { Size: `${size(update)}.` },
          { Size: null },
          { Size: String(random.between(0, 4)) },
          { Size: 'null' },
          { Size: '(9)' },
          { Prev: `${previous(update)} /Prev ${previous(update)}` },
          { Size: `${size(update)} /Size 1` },
          { Root: null },
          { Root: '99999 0 R' },
          { Root: '<<>>' },
        ]),
      },
    })),
    'nothing else': takenBack(() => ({ tweaks: {} })),
    'a hybrid, for which some readers gather objects': takenBack((update) => {
      update.add(7);
      return { layout: 'hybrid', tweaks: {} };
    }),
    'object 0 in use': takenBack(() => ({ tweaks: { rows: `0 1\n${row(15)}` } })),
    'an offset of 0': takenBack((_, random) => ({ tweaks: { rows: `${random.between(80, 90)}0 1\n${row(0)}` } })),
    'an offset that leads nowhere': takenBack((update, random) => ({
      tweaks: { rows: `900 1\n${row(random.between(20, update.document.bytes.length - 50))}` },
    })),
    'one object listed twice': takenBack((update, random, place) => ({
      tweaks: { rows: `${contentsOf(update).num} 1\n${row(random.chance(0.5) ? place : place + 1)}` },
    })),
    'rows of other lengths': takenBack((_, random) => ({
      tweaks: {
        rows: `950 1\n${random.pick(['0000000000 00000 f\n', '0 0 f \n', '0000000000 65535 f  \n', '000000000 00000 f \n'])}`,
      },
    })),
    'line ends or comments after the end': takenBack((_, random) => ({
      tweaks: { after: random.pick(['\n', '\r\n']).repeat(random.between(1_100, 3_000)) },
    })),
    'startxref far from the end': takenBack((_, random) => ({
      tweaks: { beforeEnd: `%${'x'.repeat(99)}\n`.repeat(random.between(12, 30)), after: '\n'.repeat(1_100) },
    })),
    'startxref that points beside': takenBack((update, random) => ({
      tweaks: { startxref: String(random.pick([previous(update), 0, 7, 99_999_999, previous(update) - 4])) },
    })),
    'an evil object that nobody lists': ({ bytes }, random) => {
      const update = new Update(bytes);
      const target = contentsOf(update);
      update.raw(target, evilContent, false);
      const spellings: Tweaks[] = [
        { unlisted: new Set([target.num]) },
        { unlisted: new Set([target.num]), between: `trailer\n<</Root ${update.root.num} 0 R>>\n` },
      ];
      return update.finish(random.pick(['table', 'stream']), random.pick(spellings));
    },
    'an evil object in other words that nobody lists': ({ bytes }, random) => {
      const update = new Update(bytes);
      const { num } = contentsOf(update);
      const heads = [
        `${num} %\n0 %\nobj`,
        `${num}\n0\nobj`,
        `000000000000${num} 0 obj`,
        `${num} 0 obj%`,
        `${num} %x\r0 obj`,
        `${num}%\n0 obj`,
      ];
      return update.finish(random.pick(['table', 'stream']), {
        between: `${random.pick(heads)}\n${evilContent}\nendobj\n`,
      });
    },
    'an evil object in an object stream that nobody lists': ({ bytes }, random) => {
      const update = new Update(bytes);
      const page = pageOf(update, random);
      update.change(page, { Rotate: 180 });
      update.add(7);
      return update.finish('packed', { unlisted: new Set([page.num]) });
    },
    'a foreign trailer in between': ({ bytes }, random) => {
      const update = new Update(bytes);
      const copy = update.add(update.document.catalog);
      return update.finish(random.pick(layouts), {
        between: random.pick([
          `trailer\n<</Root ${copy.num} 0 R /Size 9>>\n`,
          `xref\n0 1\n${row(0, 65_535, false)}trailer\n<</Root ${copy.num} 0 R>>\n`,
          'startxref\n0\n%%EOF\n',
          'endobj\n',
          '<</A 1>>\n',
          'x y z\n',
        ]),
      });
    },
    'an object twice in an object stream': ({ bytes }, random) => {
      const update = new Update(bytes);
      const page = pageOf(update, random);
      const text = bodyOf(update, page);
      const head = `${page.num} 0 ${page.num} ${text.length + 1} `;
      const data = `${head}${text} ${text.replace('>>', '/Rotate 180>>')}`;
      update.raw(
        ref(960),
        `<</Type /ObjStm /N 2 /First ${head.length} /Length ${data.length}>>\nstream\n${data}\nendstream`,
        false,
      );
      return packedAt(update, page, 960, random.pick([0, 1]));
    },
    'an object stream out of order': ({ bytes }, random) => {
      const update = new Update(bytes);
      const page = pageOf(update, random);
      const text = bodyOf(update, page);
      const isReversed = random.chance(0.5);
      const head = isReversed ? `${page.num} 5 961 0 ` : `${page.num} 0 961 ${random.between(1, text.length - 1)} `;
      const data = isReversed ? `${head}null ${text}` : `${head}${text}`;
      const entries = `/Type /ObjStm /N 2 /First ${head.length} /Length ${data.length}`;
      update.raw(ref(960), `<<${entries}>>\nstream\n${data}\nendstream`, false);
      const made = new Update(update.finish('table'));
      return appendStream(made, [
        [page.num, 2, 960, 0],
        [961, 2, 960, 1],
      ]);
    },
    'a second object behind the one that counts': {
      wanted: { layout: 'table' },
      make: (_, random) => {
        const clean = makeCleanFile(random, { layout: 'table' });
        const update = new Update(clean.bytes);
        const { num } = contentsOf(update);
        const text = Buffer.from(clean.bytes).toString('latin1');
        const at = text.lastIndexOf('xref\n0 ');
        const evil = `${num} 0 obj\n${evilContent}\nendobj\n`;
        const moved =
          text.slice(0, at) + evil + text.slice(at).replace(/(?<=startxref\n)\d+/, String(at + evil.length));
        return signForeign(new Uint8Array(Buffer.from(moved, 'latin1')));
      },
    },
    'a hybrid of two opinions': ({ bytes }, random) => {
      const update = new Update(bytes);
      const { num } = contentsOf(update);
      const [place = 0] = update.document.span(num) ?? [];
      const data = Buffer.alloc(7);
      data.writeUInt8(1, 0);
      data.writeUInt32BE(place, 1);
      const at = bytes.length;
      const between = `970 0 obj\n<</Type /XRef /Size 999 /W [1 4 2] /Index [${num} 1] /Length 7>>\nstream\n${data.toString('latin1')}\nendstream\nendobj\n`;
      const other = random.pick([row(0, 0, false), row(place + 1), row(0, 1, false)]);
      return update.finish('table', {
        between,
        rows: `${num} 1\n${other}`,
        trailer: { XRefStm: String(at), Size: '999' },
      });
    },
    'a file without cross-reference at its end': ({ bytes }, random) => {
      const update = new Update(bytes);
      update.raw(contentsOf(update), evilContent, false);
      return update.finish('table', { bare: true, after: random.pick(['', 'trailer\n<<>>\n', '%%EOF\n']) });
    },
    'an offset of 0 in a stream': ({ bytes }, random) => {
      const update = new Update(bytes);
      return appendStream(update, [[random.between(980, 990), 1, 0, 0]]);
    },
    'rows of a stream of another shape': ({ bytes }, random) => {
      const start = bytes.length + 1;
      const data = Buffer.from([1, 0, 0, 0, 0]);
      data.writeUInt32BE(start, 1);
      const { root, document } = new Update(bytes);
      const shape = random.pick(['/W [1 4] /Index [998 1]', '/W [1 4 0] /Index [998 1 7]', '/W [1 4 0] /Index [998]']);
      const previousTable = document.sections[0]?.offset ?? 0;
      const head = `998 0 obj\n<</Type /XRef /Size 999 ${shape} /Root ${root.num} 0 R /Prev ${previousTable} /Length 5>>\nstream\n`;
      const end = `\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`;
      return new Uint8Array(Buffer.concat([bytes, Buffer.from(`\n${head}`), data, Buffer.from(end)]));
    },
    'an unknown type in a stream': ({ bytes }, random) => {
      const update = new Update(bytes);
      return appendStream(update, [[random.between(980, 990), random.between(3, 200), 20, 0]]);
    },
    'object 0 in a stream': ({ bytes }) => appendStream(new Update(bytes), [[0, 1, 15, 0]]),
    'an object of the stream in another stream': ({ bytes }) => {
      const update = new Update(bytes);
      return appendStream(update, [[985, 2, contentsOf(update).num, 0]]);
    },
    'the same revision again': {
      wanted: { not: ['ours', 'sealed', 'archived'] },
      make: ({ bytes, unsigned }) => Buffer.concat([bytes, bytes.subarray(unsigned)]),
    },
  },
);

/** A cross-reference stream of given rows: number, type, and two fields. */
function appendStream(update: Update, rows: readonly (readonly [number, number, number, number])[]): Uint8Array {
  const { bytes } = update.document;
  const lead = Buffer.from('\n');
  const start = bytes.length + 1;
  const all = [...rows, [998, 1, start, 0] as const];
  const data = Buffer.alloc(all.length * 7);
  all.forEach(([, type, first, second], index) => {
    data.writeUInt8(type, index * 7);
    data.writeUInt32BE(first, index * 7 + 1);
    data.writeUInt16BE(second, index * 7 + 5);
  });
  const index = all.map(([num]) => `${num} 1`).join(' ');
  const head = `998 0 obj\n<</Type /XRef /Size 999 /W [1 4 2] /Index [${index}] /Root ${update.root.num} 0 R /Prev ${previous(update)} /Length ${data.length}>>\nstream\n`;
  const end = `\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.concat([bytes, lead, Buffer.from(head), data, Buffer.from(end)]));
}

/** Lists an object at a place of an object stream that this revision has written. */
function packedAt(update: Update, target: PdfRef, streamNumber: number, index: number): Uint8Array {
  const made = new Update(update.finish('table'));
  return appendStream(made, [[target.num, 2, streamNumber, index]]);
}

export const lexicalKinds: readonly Kind[] = [...lexical, ...repair];
