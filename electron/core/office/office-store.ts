import type { PublicJwk } from '#shared/domain/public-jwk.ts';

/** The office that this register belongs to. */
export interface OwnAgency {
  readonly code: string;
  readonly name: string;
}

/** What a workstation keeps of its enrolment; the device key is in the secret store. */
export interface SavedConnection {
  readonly url: string;
  readonly exchangeId: string;
  readonly exchangeKey: PublicJwk;
  readonly workstationId: string;
}

/** Which register this is, and how often it was put back from a copy. */
export interface RegisterIdentity {
  readonly id: string;
  readonly epoch: number;
}

export interface OfficeReads {
  register(): RegisterIdentity;
  /** Null until the first set-up. */
  agency(): OwnAgency | null;
  /** Null until the first enrolment. */
  connection(): SavedConnection | null;
}

export interface OfficeWrites extends OfficeReads {
  setAgency(agency: OwnAgency): void;
  setConnection(connection: SavedConnection): void;
}
