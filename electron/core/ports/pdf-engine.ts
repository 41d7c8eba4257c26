import type { PageRectangle } from '#shared/domain/page-rectangle.ts';
import type { SignatureRole } from '#shared/domain/signature-role.ts';
import type { VerificationReport } from '#shared/domain/verification.ts';

export interface TextStamp {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly fontSize: number;
  readonly text: string;
}

/** A red frame with bold lines in it, on the visible page. */
export interface BoxStamp extends PageRectangle {
  readonly lines: readonly string[];
}

export interface SignatureRequest {
  /** `attachment`: the agency's, on a file that goes with its letter and that no person signs. */
  readonly role: SignatureRole | 'attachment';
  readonly chain: readonly Uint8Array[];
  readonly sign: (data: Uint8Array) => Promise<Uint8Array>;
  readonly at: Date;
  /** PNG; null draws nothing but keeps the signature. */
  readonly image: Uint8Array | null;
  /** Empty space between title and name; null lets the engine choose on the last page. */
  readonly place: PageRectangle | null;
  /** Stands at the top right of the first page, in the place of an image. */
  readonly cornerText?: string;
}

/**
 * PDF work on letters of this office, bytes in and bytes out: each was looked through by the reading process before a
 * draft was made of it, and the work is bounded (electron/pdf/limits.ts). Every failure is a CodedError of the PDF_ and SIGN_ families.
 */
export interface PdfEngine {
  /** Adds text and frames in one incremental update. */
  stamp(bytes: Uint8Array, stamps: readonly TextStamp[], boxes?: readonly BoxStamp[]): Uint8Array;
  sign(bytes: Uint8Array, request: SignatureRequest): Promise<Uint8Array>;
  /**
   * Refuses what could not make a valid signature now, before anybody types a password: validity, usage, strength, and
   * chain and revocation as far as the office's trust knows them.
   * @param chain DER, signer first
   * @throws CodedError SIGN_CERT_*, SIGN_CHAIN_INVALID
   */
  checkSigner(chain: readonly Uint8Array[], at: Date): void;
  /** Refuses a picture that could not be drawn into a signature. @throws CodedError SIGN_IMAGE_UNSUPPORTED, PDF_TOO_COMPLEX */
  checkImage(png: Uint8Array): void;
  verify(bytes: Uint8Array, at: Date): VerificationReport;
}
