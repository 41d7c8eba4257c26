import { PdfError } from '../pdf-error.ts';
import { Budget } from '../syntax/budget.ts';
import { inflateWithin, unfilterPng } from '../syntax/decode-stream.ts';

export interface DecodedPng {
  readonly width: number;
  readonly height: number;
  /** 3 bytes per pixel. */
  readonly rgb: Uint8Array;
  /** 1 byte per pixel; undefined when every pixel is opaque. */
  readonly alpha: Uint8Array | undefined;
}

const MAX_PIXELS = 16_000_000;
const channelsByColourType: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);

/**
 * Decodes a PNG with 8 bits per channel, not interlaced: grey, grey with alpha, RGB, RGBA or palette.
 * @throws PdfError SIGN_IMAGE_UNSUPPORTED, PDF_TOO_COMPLEX
 */
export function decodePng(bytes: Uint8Array): DecodedPng {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks = readChunks(buffer);
  const header = chunks.get('IHDR')?.[0];
  if (!header || header.length < 13) throw unsupported('header');
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const colour = header.readUInt8(9);
  const channels = channelsByColourType.get(colour);
  if (channels === undefined || header.readUInt8(8) !== 8 || header.readUInt8(12) !== 0) throw unsupported('format');
  if (width === 0 || height === 0 || width * height > MAX_PIXELS) throw unsupported('size');
  const packed = Buffer.concat(chunks.get('IDAT') ?? []);
  const samples = unfilterPng(inflate(packed), width * channels, channels);
  if (samples.length < width * height * channels) throw unsupported('truncated');
  const pixels = { samples, colour, channels, palette: chunks.get('PLTE')?.[0], paletteAlpha: chunks.get('tRNS')?.[0] };
  return { width, height, ...split(pixels, width * height) };
}

function unsupported(why: string): PdfError {
  return new PdfError('SIGN_IMAGE_UNSUPPORTED', { why });
}

function inflate(packed: Buffer): Uint8Array {
  try {
    return inflateWithin(packed, new Budget());
  } catch (error) {
    throw error instanceof PdfError && error.code === 'PDF_BROKEN' ? unsupported('data') : error;
  }
}

function readChunks(buffer: Buffer): Map<string, Buffer[]> {
  if (buffer.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') throw unsupported('signature');
  const chunks = new Map<string, Buffer[]>();
  for (let at = 8; at + 12 <= buffer.length;) {
    const length = buffer.readUInt32BE(at);
    const type = buffer.toString('latin1', at + 4, at + 8);
    if (at + 12 + length > buffer.length) throw unsupported('truncated');
    const data = buffer.subarray(at + 8, at + 8 + length);
    chunks.set(type, [...(chunks.get(type) ?? []), data]);
    at += 12 + length;
  }
  return chunks;
}

interface Pixels {
  readonly samples: Uint8Array;
  readonly colour: number;
  readonly channels: number;
  readonly palette: Buffer | undefined;
  readonly paletteAlpha: Buffer | undefined;
}

function split(pixels: Pixels, count: number): { rgb: Uint8Array; alpha: Uint8Array | undefined } {
  const { samples, colour, channels, palette, paletteAlpha } = pixels;
  if (colour === 3 && !palette) throw unsupported('palette');
  const rgb = new Uint8Array(count * 3);
  const alpha = new Uint8Array(count);
  let opaque = true;
  const coloured = colour === 2 || colour === 6;
  const hasAlpha = colour === 4 || colour === 6;
  for (let i = 0; i < count; i += 1) {
    const at = i * channels;
    const first = samples[at] ?? 0;
    const a = hasAlpha
      ? (samples[at + channels - 1] ?? 255)
      : ((colour === 3 ? paletteAlpha?.[first] : undefined) ?? 255);
    for (let channel = 0; channel < 3; channel += 1) {
      const grey = palette && colour === 3 ? (palette[first * 3 + channel] ?? 0) : first;
      rgb[i * 3 + channel] = coloured ? (samples[at + channel] ?? 0) : grey;
    }
    alpha[i] = a;
    if (a !== 255) opaque = false;
  }
  return { rgb, alpha: opaque ? undefined : alpha };
}
