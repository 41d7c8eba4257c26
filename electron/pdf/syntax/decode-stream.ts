import { inflateSync } from 'node:zlib';
import { broken, PdfError } from '../pdf-error.ts';
import type { Budget } from './budget.ts';
import { isArray, isDict, isName } from './objects.ts';
import type { PdfDict, PdfObject, PdfStream } from './objects.ts';

/**
 * The decoded bytes of a cross-reference or object stream: no filter, or /FlateDecode with an optional PNG predictor.
 * @param resolve follows indirect references in the stream dictionary
 * @throws PdfError PDF_BROKEN, PDF_TOO_COMPLEX
 */
export function decodeStream(
  stream: PdfStream,
  budget: Budget,
  resolve: (value: PdfObject | undefined) => PdfObject,
): Uint8Array {
  const filter = single(resolve(stream.dict.entries.get('Filter')), resolve);
  if (filter === null) return stream.raw;
  if (!isName(filter) || (filter.name !== 'FlateDecode' && filter.name !== 'Fl')) throw broken('stream filter');
  const inflated = inflateWithin(stream.raw, budget);
  const parameters = single(resolve(stream.dict.entries.get('DecodeParms')), resolve);
  return isDict(parameters) ? undoPredictor(inflated, parameters) : inflated;
}

function single(value: PdfObject, resolve: (value: PdfObject | undefined) => PdfObject): PdfObject {
  if (!isArray(value)) return value;
  if (value.length > 1) throw broken('several stream filters');
  return resolve(value[0]);
}

/** Inflates zlib data without exceeding the budget. @throws PdfError PDF_BROKEN, PDF_TOO_COMPLEX */
export function inflateWithin(data: Uint8Array, budget: Budget): Uint8Array {
  const limit = Math.max(1, budget.inflatable);
  try {
    const inflated = inflateSync(data, { maxOutputLength: limit });
    budget.spendInflated(inflated.length);
    return inflated;
  } catch (error) {
    if (error instanceof PdfError) throw error;
    if (error instanceof RangeError) throw new PdfError('PDF_TOO_COMPLEX', { limit: 'inflated' });
    throw broken('compressed stream');
  }
}

function undoPredictor(data: Uint8Array, parameters: PdfDict): Uint8Array {
  const predictor = integerEntry(parameters, 'Predictor', 1);
  if (predictor === 1) return data;
  if (predictor < 10 || predictor > 15) throw broken('stream predictor');
  const bitsPerPixel = integerEntry(parameters, 'Colors', 1) * integerEntry(parameters, 'BitsPerComponent', 8);
  const rowLength = Math.ceil((integerEntry(parameters, 'Columns', 1) * bitsPerPixel) / 8);
  return unfilterPng(data, rowLength, Math.max(1, Math.ceil(bitsPerPixel / 8)));
}

function integerEntry(parameters: PdfDict, key: string, fallback: number): number {
  const value = parameters.entries.get(key) ?? fallback;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 1 << 24) {
    throw broken('stream parameters');
  }
  return value;
}

/**
 * Undoes PNG row filters (PNG specification, section 9): each row is one filter byte and `rowLength` data bytes.
 * @param pixelLength bytes per complete pixel
 */
export function unfilterPng(data: Uint8Array, rowLength: number, pixelLength: number): Uint8Array {
  const rows = Math.floor(data.length / (rowLength + 1));
  const out = new Uint8Array(rows * rowLength);
  for (let row = 0; row < rows; row += 1) {
    const from = row * (rowLength + 1);
    const filter = data[from] ?? 0;
    const to = row * rowLength;
    for (let i = 0; i < rowLength; i += 1) {
      const left = i >= pixelLength ? (out[to + i - pixelLength] ?? 0) : 0;
      const up = row > 0 ? (out[to + i - rowLength] ?? 0) : 0;
      const upLeft = row > 0 && i >= pixelLength ? (out[to + i - rowLength - pixelLength] ?? 0) : 0;
      out[to + i] = (data[from + 1 + i] ?? 0) + predicted(filter, left, up, upLeft);
    }
  }
  return out;
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, upLeft);
    default:
      throw broken('row filter');
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toUpLeft = Math.abs(estimate - upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}
