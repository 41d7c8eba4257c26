import type { OfficeHost } from './office-host.ts';

/** Under which codes clerks write to whom. */
export interface Addresses {
  of(office: OfficeHost): readonly string[];
  /** Letters also go to the second code of this office, which waits for it there until it is merged. */
  openOther(index: number): void;
  /** Nobody writes to its first code any more. */
  closeOwn(office: OfficeHost): void;
  isClosed(office: OfficeHost): boolean;
  /** A letter to these codes is being written; the returned function says that it no longer is. */
  write(codes: readonly string[]): () => void;
  isWrittenTo(code: string): boolean;
}

export function openAddresses(): Addresses {
  const withOther = new Set<number>();
  const closed = new Set<number>();
  const inHand = new Set<readonly string[]>();
  return {
    of: ({ index, code, otherCode }) => {
      if (closed.has(index)) return [otherCode];
      return withOther.has(index) ? [code, code, otherCode] : [code];
    },
    openOther: (index) => void withOther.add(index),
    closeOwn: ({ index }) => void closed.add(index),
    isClosed: ({ index }) => closed.has(index),
    write: (codes) => {
      inHand.add(codes);
      return () => inHand.delete(codes);
    },
    isWrittenTo: (code) => [...inHand].some((codes) => codes.includes(code)),
  };
}
