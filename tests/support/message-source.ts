import { createHash } from 'node:crypto';
import type { MessageSource } from '#core/ports/exchange.ts';

/** Bytes in memory as something to send. */
export function sourceOf(bytes: Uint8Array): MessageSource {
  return {
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    read: (start, end) => Promise.resolve(bytes.slice(start, end)),
  };
}

/** What was written in pieces, as one. */
export async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const copies: Uint8Array[] = [];
  for await (const piece of pieces) copies.push(piece.slice());
  return Buffer.concat(copies);
}
