/** The decoded content of one attachment, wherever it is kept. */
export interface Payload {
  /** In bytes. */
  readonly size: number;
  /** The first `length` bytes, fewer when there are no more. */
  head(length: number): Uint8Array;
  bytes(): Uint8Array;
}

/** Takes the content of one attachment while it is decoded. */
export interface PayloadSink {
  /** @param bytes the next piece, valid until this returns: the next one is decoded into the same memory */
  write(bytes: Uint8Array): void;
  finish(): Payload;
}

/** Called at the beginning of each attachment's content. */
export type OpenPayload = () => PayloadSink;

class MemoryPayload implements Payload {
  readonly content: Uint8Array;
  readonly size: number;

  constructor(bytes: Uint8Array) {
    this.content = bytes;
    this.size = bytes.length;
  }

  head(length: number): Uint8Array {
    return this.content.subarray(0, length);
  }

  bytes(): Uint8Array {
    return this.content;
  }
}

export function payloadOf(bytes: Uint8Array): Payload {
  return new MemoryPayload(bytes);
}

/** Keeps content in memory. */
export const keepInMemory: OpenPayload = () => {
  const pieces: Uint8Array[] = [];
  return {
    write: (bytes) => void pieces.push(bytes.slice()),
    finish: () => payloadOf(joined(pieces)),
  };
};

const nothing = payloadOf(new Uint8Array(0));

/** Checks content and drops it, for whoever needs the envelope alone. */
export const dropContent: OpenPayload = () => ({ write: () => undefined, finish: () => nothing });

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
