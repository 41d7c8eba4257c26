/**
 * How PKCS#11's C types lie in memory (PKCS #11 v2.40, 2.1: `CK_ULONG` is `unsigned long`, structures are packed by 1 on
 * Windows and as the compiler packs them elsewhere). Programs of 64 bits only.
 */
export interface Layout {
  /** Bytes of `CK_ULONG`. */
  readonly ulong: 4 | 8;
  readonly packed: boolean;
}

export const windowsLayout: Layout = { ulong: 4, packed: true };
export const unixLayout: Layout = { ulong: 8, packed: false };

/** That of drivers on this machine. */
export const machineLayout = process.platform === 'win32' ? windowsLayout : unixLayout;

export const POINTER_BYTES = 8;

export function writeUlong(layout: Layout, into: Buffer, value: number, at = 0): void {
  if (layout.ulong === 4) into.writeUInt32LE(value, at);
  else into.writeBigUInt64LE(BigInt(value), at);
}

/** Null for CK_UNAVAILABLE_INFORMATION, all bits set. */
export function readUlong(layout: Layout, from: Buffer, at = 0): number | null {
  const value = layout.ulong === 4 ? BigInt(from.readUInt32LE(at)) : from.readBigUInt64LE(at);
  return value === (1n << BigInt(8 * layout.ulong)) - 1n ? null : Number(value);
}

/** A `CK_ULONG` as its bytes: value of an attribute, or room for an answer. */
export function ulongBytes(layout: Layout, value: number): Buffer {
  const bytes = Buffer.alloc(layout.ulong);
  writeUlong(layout, bytes, value);
  return bytes;
}

/** Where the pointer to a function lies in `CK_FUNCTION_LIST`, which begins with a version of two bytes. */
export function functionOffset(layout: Layout, index: number): number {
  return (layout.packed ? 2 : POINTER_BYTES) + POINTER_BYTES * index;
}

/** `CK_ATTRIBUTE { type, pValue, ulValueLen }`, and `CK_MECHANISM`, which is laid out alike. */
export function entryOffsets(layout: Layout): { readonly pointer: number; readonly length: number; size: number } {
  const pointer = layout.packed ? layout.ulong : POINTER_BYTES;
  const length = pointer + POINTER_BYTES;
  return { pointer, length, size: layout.packed ? length + layout.ulong : 3 * POINTER_BYTES };
}

/** `CK_TOKEN_INFO`: texts padded with blanks, flags, ten numbers, two versions, a time of 16 characters. */
export function tokenInfoOffsets(layout: Layout) {
  const flags = 32 + 32 + 16 + 16;
  const end = flags + 11 * layout.ulong + 2 + 2 + 16;
  return {
    label: [0, 32],
    manufacturer: [32, 64],
    model: [64, 80],
    serial: [80, 96],
    flags,
    size: layout.packed ? end : Math.ceil(end / POINTER_BYTES) * POINTER_BYTES,
  } as const;
}
