import { deflateSync } from 'node:zlib';

export function chunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, data, Buffer.alloc(4)]);
}

/** A PNG of these rows, each begun by the number of its filter. @param colour type of ISO 15948, 11.2.2 */
export function png(
  colour: number,
  rows: readonly (readonly number[])[],
  options: { width?: number; depth?: number; extra?: Buffer } = {},
): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(options.width ?? 2);
  header.writeUInt32BE(rows.length, 4);
  header[8] = options.depth ?? 8;
  header[9] = colour;
  const data = deflateSync(Buffer.from(rows.flat()));
  const parts = [
    chunk('IHDR', header),
    options.extra ?? Buffer.alloc(0),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return new Uint8Array(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]));
}
