import type { Certificate } from '#shared/contract/certificates.ts';

export interface CertificateRecord extends Omit<Certificate, 'hasImage'> {
  readonly path: string;
  /** DER, signer first. */
  readonly chain: readonly Uint8Array[];
  readonly imageFileId: string | null;
}

export interface CertificateReads {
  list(): CertificateRecord[];
  find(id: string): CertificateRecord | null;
}

export interface CertificateWrites extends CertificateReads {
  insert(record: CertificateRecord): void;
  remove(id: string): boolean;
}
