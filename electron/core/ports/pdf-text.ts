/** One word, or one run of dots or underscores, as it stands on a page. */
export interface PdfWord {
  /** NFC, no spaces. */
  readonly text: string;
  /** Left end of the baseline, in PDF points from the lower left of the visible page. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Height of the letters above the baseline, about 0.7 of the font size. */
  readonly height: number;
  readonly fontSize: number;
  readonly bold: boolean;
  readonly italic: boolean;
  /** Points between its letters when they are set apart; gaps of words beside it are wider by twice as much. */
  readonly letterSpacing?: number;
}

export interface PdfTextPage {
  /** Index in the document; 0 is the first page. */
  readonly page: number;
  /** Size of the visible page (crop box, turned as shown) in PDF points. */
  readonly width: number;
  readonly height: number;
  /** Sorted by line from the top, then from left to right. */
  readonly items: readonly PdfWord[];
}

/** Text of a PDF with its geometry. */
export interface PdfText {
  readonly pageCount: number;
  /** The pages that were read, in order; in long documents not all of them. */
  readonly pages: readonly PdfTextPage[];
}
