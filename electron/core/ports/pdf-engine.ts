import type { PageRectangle } from '#shared/domain/page-rectangle.ts';
import type { SignatureRole } from '#shared/domain/signature-role.ts';
import type { VerificationReport } from '#shared/domain/verification.ts';
import type { PdfText } from './pdf-text.ts';

export interface TextStamp {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly fontSize: number;
  readonly text: string;
}

export interface SignatureRequest {
  readonly role: SignatureRole;
  readonly chain: readonly Uint8Array[];
  readonly sign: (data: Uint8Array) => Promise<Uint8Array>;
  readonly at: Date;
  /** PNG; null draws nothing but keeps the signature. */
  readonly image: Uint8Array | null;
  /** Empty space between title and name; null lets the engine choose on the last page. */
  readonly place: PageRectangle | null;
}

/** PDF work, bytes in and bytes out. Every failure is a CodedError of the PDF_ and SIGN_ families. */
export interface PdfEngine {
  readText(bytes: Uint8Array): Promise<PdfText>;
  /** Refuses what could not be signed later: encrypted, damaged or unusual files. */
  checkSignable(bytes: Uint8Array): { readonly pageCount: number };
  /** Adds text in an incremental update. */
  stamp(bytes: Uint8Array, stamps: readonly TextStamp[]): Uint8Array;
  sign(bytes: Uint8Array, request: SignatureRequest): Promise<Uint8Array>;
  verify(bytes: Uint8Array, at: Date): VerificationReport;
  /** The bytes that signature `index` covers. */
  signedRevision(bytes: Uint8Array, index: number): Uint8Array;
}
