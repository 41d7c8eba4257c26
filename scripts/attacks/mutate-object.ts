import type { SeededRandom } from '#scripts/faults/random.ts';
import { dict, dictOf, isArray, isDict, isName, isRef, isStream, isString, name, ref } from '#pdf/syntax/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '#pdf/syntax/objects.ts';
import type { Update } from './update.ts';

/** Keys that some reader somewhere acts on. */
const keys =
  `A AA AP AS AcroForm Action ActualText Alt Annots Author BBox BG BS Border C CA CropBox Contents Count D DA DP DR
DSS DV DecodeParms Decode Dest Dests Differences Encoding ExtGState Extensions F FT Ff Fields Filter First FirstChar Font
Group Height I ID IRT Index Info JS Kids Lang Last Length Lock M MK MarkInfo Matrix MaxLen MediaBox Metadata N Names
NeedAppearances Next Nums OC OCProperties OpenAction Opt Order Outlines P PageLabels PageMode Pages Parent Perms Popup Prev Q
R RC RV Rect Resources Rotate S SMask SigFlags StructParent StructTreeRoot Subtype T TU Tabs Title ToUnicode TrimBox Type URI
UserUnit V Version ViewerPreferences W Widths Width XObject XFA`.split(/\s+/);
const names =
  'Off Yes Page Pages Widget Stamp Popup Sig Tx Btn Form Image Symbol Times-Roman WinAnsiEncoding Fit XYZ DeviceRGB None'.split(
    ' ',
  );
const DEEPEST = 4;

/** Changes one thing somewhere in one object of a file; the rest of the object stays. */
export function mutateObject(update: Update, random: SeededRandom): void {
  const places = [...update.document.entries].filter(([, { type }]) => type !== 'free');
  const [num, entry] = random.pick(places);
  const reference = ref(num, entry.type === 'used' ? entry.gen : 0);
  if (random.chance(0.03)) update.free(reference);
  else update.set(reference, changed(update.document.resolve(reference), update, random, 0));
}

function changed(value: PdfObject, update: Update, random: SeededRandom, depth: number): PdfObject {
  if (depth >= DEEPEST || random.chance(0.1)) return other(value, update, random);
  if (isStream(value)) {
    if (random.chance(0.6)) return { ...value, dict: changedDict(value.dict, update, random, depth) };
    return { ...value, raw: spoilt(value.raw, random) };
  }
  if (isDict(value)) return changedDict(value, update, random, depth);
  if (isArray(value)) return changedArray(value, update, random, depth);
  return other(value, update, random);
}

function changedDict(value: PdfDict, update: Update, random: SeededRandom, depth: number): PdfDict {
  const entries = new Map(value.entries);
  const own = [...entries.keys()];
  if (own.length === 0 || random.chance(0.2)) entries.set(random.pick(keys), anyValue(update, random));
  else {
    const key = random.pick(own);
    if (random.chance(0.15)) entries.delete(key);
    else entries.set(key, changed(entries.get(key) ?? null, update, random, depth + 1));
  }
  return dict(entries);
}

function changedArray(value: readonly PdfObject[], update: Update, random: SeededRandom, depth: number): PdfObject[] {
  if (value.length === 0) return [anyValue(update, random)];
  const at = random.between(0, value.length - 1);
  const item = value[at] ?? null;
  const rest = value.filter((_, index) => index !== at);
  return random.pick([
    () => rest,
    () => [...value, item],
    () => random.shuffled(value),
    () => [...value, anyValue(update, random)],
    () => value.with(at, changed(item, update, random, depth + 1)),
    () => value.with(at, changed(item, update, random, depth + 1)),
  ])();
}

/** Another value, mostly of the same kind. */
function other(value: PdfObject, update: Update, random: SeededRandom): PdfObject {
  if (random.chance(0.3)) return anyValue(update, random);
  if (typeof value === 'number')
    return random.pick([value + 1, value - 1, -value, value * 2, value + 0.5, 0, value + 90]);
  if (typeof value === 'boolean') return !value;
  if (isRef(value)) return random.chance(0.3) ? ref(value.num, value.gen + 1) : anyReference(update, random);
  if (isName(value)) return name(random.pick(names));
  if (isString(value)) return { ...value, bytes: spoilt(value.bytes, random) };
  return anyValue(update, random);
}

function anyReference(update: Update, random: SeededRandom): PdfRef {
  return ref(random.pick([...update.document.entries.keys()]));
}

function anyValue(update: Update, random: SeededRandom): PdfObject {
  return random.pick<() => PdfObject>([
    () => null,
    () => random.between(-2, 700),
    () => random.chance(0.5),
    () => name(random.pick(names)),
    () => ({ kind: 'string', bytes: Buffer.from('9.999'), hex: false }),
    () => [0, 0, random.between(1, 600), random.between(1, 800)],
    () => dict({ [random.pick(keys)]: random.between(0, 9) }),
    () => anyReference(update, random),
    () => anyReference(update, random),
    () => {
      // What another object has, as it is.
      const entries = dictOf(update.document.resolve(anyReference(update, random)))?.entries;
      return entries && entries.size > 0 ? random.pick([...entries.values()]) : null;
    },
  ])();
}

function spoilt(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  if (bytes.length === 0) return Buffer.from('0 g');
  const copy = Uint8Array.from(bytes);
  const at = random.between(0, copy.length - 1);
  copy[at] = random.pick([(copy[at] ?? 0) ^ 1, random.between(0, 255), 0x39]);
  return copy;
}
