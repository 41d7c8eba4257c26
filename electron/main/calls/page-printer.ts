/** `numbered`: pages get their number at the foot. `as-designed`: nothing stands on the page but what the page itself shows. */
export type PrintKind = 'numbered' | 'as-designed';

/** Makes a PDF (A4) of what the window shows in print. */
export interface PagePrinter {
  print(kind: PrintKind): Promise<Uint8Array>;
  /** Lets the user choose a printer and prints; false when she changed her mind. @throws CodedError PRINT_FAILED */
  toPaper(landscape: boolean): Promise<boolean>;
}
