import { randomBytes } from 'node:crypto';
import type { Fetched, ValidationServices } from '#core/ports/validation-services.ts';
import type { Certificate } from './crypto/certificate.ts';
import { commonName } from './crypto/certification-path.ts';
import { readRevocationList } from './crypto/crl.ts';
import { DerError, ifReadable, sameBytes } from './crypto/der.ts';
import { buildOcspRequest, readOcspAnswer } from './crypto/ocsp.ts';
import type { OcspAnswer } from './crypto/ocsp.ts';
import { revocationStatus } from './crypto/revocation.ts';
import type { RevocationMaterial } from './crypto/revocation.ts';

export type RevocationServices = Pick<ValidationServices, 'askOcsp' | 'fetchList'>;

/** Addresses of one kind that are asked about one certificate. */
export const MAX_ADDRESSES = 2;
const NONCE_OCTETS = 16;

/** What proves a certificate good, or revoked. */
export interface Proof extends RevocationMaterial {
  readonly kind: 'answer' | 'list';
  readonly der: Uint8Array;
}

interface Told {
  readonly name: string;
  readonly proof: Proof | undefined;
  /** Address and what became of it, for each that told nothing. */
  readonly failures: readonly string[];
}

interface Source {
  readonly kind: Proof['kind'];
  readonly from: string;
  ask(): Promise<Fetched>;
  /** @throws DerError */
  read(bytes: Uint8Array): RevocationMaterial;
}

/** Asks one address after the other until one proves the certificate good or revoked; `atHand` are lists to try last. */
export async function askAbout(
  certificate: Certificate,
  issuer: Certificate,
  atHand: readonly Uint8Array[],
  services: RevocationServices,
  clock: () => Date,
): Promise<Told> {
  const failures: string[] = [];
  const name = commonName(certificate);
  for (const source of sourcesFor(certificate, issuer, atHand, services)) {
    const fetched = await source.ask();
    const told = 'bytes' in fetched ? prove(certificate, issuer, source, fetched.bytes, clock()) : fetched.failure;
    if (typeof told !== 'string') return { name, proof: told, failures };
    failures.push(`${source.from}: ${told}`);
  }
  if (failures.length === 0) failures.push('its certificate names no address');
  return { name, proof: undefined, failures };
}

function sourcesFor(
  certificate: Certificate,
  issuer: Certificate,
  atHand: readonly Uint8Array[],
  services: RevocationServices,
): Source[] {
  const readList = (bytes: Uint8Array): RevocationMaterial => ({ lists: [readRevocationList(bytes)], answers: [] });
  const responders = certificate.ocspAddresses.slice(0, MAX_ADDRESSES).map((address): Source => {
    const nonce = randomBytes(NONCE_OCTETS);
    return {
      kind: 'answer',
      from: `OCSP ${address}`,
      ask: () => services.askOcsp(address, buildOcspRequest(certificate, issuer, nonce)),
      read: (bytes) => ({ lists: [], answers: [readAnswerTo(nonce, bytes)] }),
    };
  });
  const points = certificate.listAddresses.slice(0, MAX_ADDRESSES).map((address): Source => {
    return { kind: 'list', from: `CRL ${address}`, ask: () => services.fetchList(address), read: readList };
  });
  const own = atHand
    .filter((der) =>
      ifReadable(readRevocationList, der).some(({ issuerDn }) => sameBytes(issuerDn, certificate.issuerDn)),
    )
    .map((bytes): Source => {
      return { kind: 'list', from: 'CRL at hand', ask: () => Promise.resolve({ bytes }), read: readList };
    });
  return [...responders, ...points, ...own];
}

/** Responders may leave the nonce out (RFC 8954, 2); an answer to somebody else's is an old one sent again. */
function readAnswerTo(nonce: Uint8Array, bytes: Uint8Array): OcspAnswer {
  const answer = readOcspAnswer(bytes);
  if (answer.nonce && !sameBytes(answer.nonce, nonce)) throw new DerError('another nonce');
  return answer;
}

/** What an answer proves, or why it proves nothing. */
function prove(
  certificate: Certificate,
  issuer: Certificate,
  { kind, read }: Source,
  bytes: Uint8Array,
  now: Date,
): Proof | string {
  try {
    const material = read(bytes);
    const state = revocationStatus(certificate, issuer, material, { at: now, known: now });
    if (state.status === 'stale') return `out of date since ${state.nextUpdate.toISOString()}`;
    return state.status === 'unknown' ? 'proves nothing' : { kind, der: bytes, ...material };
  } catch (error) {
    if (error instanceof DerError) return error.message;
    throw error;
  }
}
