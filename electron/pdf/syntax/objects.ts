/** The PDF object model (ISO 32000-2, 7.3) as plain values. Dictionaries keep the order of the file. */
export interface PdfName {
  readonly kind: 'name';
  readonly name: string;
}

/** What stands in an encrypted file for a value. */
export interface Sealed {
  readonly bytes: Uint8Array;
  /** Number and generation of the indirect object, which decide on the key. */
  readonly owner: string;
  /** A stream that is read otherwise than the others of the file, by its dictionary: not all viewers do so. */
  readonly exempt: boolean;
}

export interface PdfString {
  readonly kind: 'string';
  readonly bytes: Uint8Array;
  /** Written as `<…>`. */
  readonly hex: boolean;
  readonly sealed?: Sealed;
}

export interface PdfRef {
  readonly kind: 'ref';
  readonly num: number;
  readonly gen: number;
}

export interface PdfDict {
  readonly kind: 'dict';
  readonly entries: ReadonlyMap<string, PdfObject>;
  /** A key appears twice: readers disagree on which one counts. */
  readonly ambiguous: boolean;
  /** Keys whose whole number is written as `90.0` or `+90`: to a reader that wants an integer there is none. */
  readonly reals?: ReadonlySet<string>;
}

export interface PdfStream {
  readonly kind: 'stream';
  readonly dict: PdfDict;
  /** The bytes as stored (not decoded, but decrypted). */
  readonly raw: Uint8Array;
  readonly sealed?: Sealed;
}

export type PdfArray = readonly PdfObject[];
export type PdfObject = null | boolean | number | PdfName | PdfString | PdfRef | PdfArray | PdfDict | PdfStream;

export const name = (value: string): PdfName => ({ kind: 'name', name: value });
export const ref = (num: number, gen = 0): PdfRef => ({ kind: 'ref', num, gen });
export const hexString = (bytes: Uint8Array): PdfString => ({ kind: 'string', bytes, hex: true });

export function dict(entries: Iterable<readonly [string, PdfObject]> | Record<string, PdfObject>): PdfDict {
  const map = new Map(Symbol.iterator in entries ? entries : Object.entries(entries));
  return { kind: 'dict', entries: map, ambiguous: false };
}

/** A copy of `base` with some entries replaced or added. */
export function withEntries(base: PdfDict, changes: Record<string, PdfObject>): PdfDict {
  const changed = dict([...base.entries, ...Object.entries(changes)]);
  const reals = [...(base.reals ?? [])].filter((key) => !Object.hasOwn(changes, key));
  return reals.length > 0 ? { ...changed, reals: new Set(reals) } : changed;
}

export function isArray(value: PdfObject | undefined): value is PdfArray {
  return Array.isArray(value);
}

function hasKind(value: PdfObject | undefined, kind: string): boolean {
  return typeof value === 'object' && value !== null && !isArray(value) && value.kind === kind;
}

export const isName = (value: PdfObject | undefined): value is PdfName => hasKind(value, 'name');
export const isString = (value: PdfObject | undefined): value is PdfString => hasKind(value, 'string');
export const isRef = (value: PdfObject | undefined): value is PdfRef => hasKind(value, 'ref');
export const isDict = (value: PdfObject | undefined): value is PdfDict => hasKind(value, 'dict');
export const isStream = (value: PdfObject | undefined): value is PdfStream => hasKind(value, 'stream');

/** The dictionary of a dictionary or stream. */
export function dictOf(value: PdfObject | undefined): PdfDict | undefined {
  if (isDict(value)) return value;
  return isStream(value) ? value.dict : undefined;
}

/** Whether `value` is the name `/expected`. */
export function isNamed(value: PdfObject | undefined, expected: string): boolean {
  return isName(value) && value.name === expected;
}
