import { isArray, isString } from '../syntax/objects.ts';
import type { PdfDict, PdfObject, PdfString } from '../syntax/objects.ts';

/**
 * The object with every string in it changed, but for the /Contents of signatures: what is signed is not encrypted
 * (ISO 32000-2, 7.6.2), and a signature is known by its /ByteRange.
 */
export function mapStrings(value: PdfObject, change: (text: PdfString) => PdfString): PdfObject {
  if (value === null || typeof value !== 'object') return value;
  if (isArray(value)) return value.map((item) => mapStrings(item, change));
  switch (value.kind) {
    case 'string':
      return change(value);
    case 'dict':
      return mapEntries(value, change);
    case 'stream':
      return { ...value, dict: mapEntries(value.dict, change) };
    default:
      return value;
  }
}

function mapEntries(dict: PdfDict, change: (text: PdfString) => PdfString): PdfDict {
  const signature = dict.entries.has('ByteRange');
  const entries = [...dict.entries].map(([key, item]): [string, PdfObject] => [
    key,
    signature && key === 'Contents' && isString(item) ? item : mapStrings(item, change),
  ]);
  return { ...dict, entries: new Map(entries) };
}
