import { randomBytes } from 'node:crypto';
import type { Fetched, ValidationServices } from '#core/ports/validation-services.ts';
import type { FindingCode, PdfErrorCode } from '#shared/domain/verification.ts';
import { isSignedBy, readCertificate } from './crypto/certificate.ts';
import type { Certificate } from './crypto/certificate.ts';
import { commonName, findPath, judgeCertificate, rootsAmong } from './crypto/certification-path.ts';
import type { CertificatePurpose } from './crypto/certification-path.ts';
import { readRevocationList } from './crypto/crl.ts';
import { DerError, ifReadable, sameBytes } from './crypto/der.ts';
import { OID } from './crypto/oids.ts';
import { buildOcspRequest, readOcspAnswer } from './crypto/ocsp.ts';
import type { OcspAnswer } from './crypto/ocsp.ts';
import { revocationStatus } from './crypto/revocation.ts';
import type { RevocationMaterial } from './crypto/revocation.ts';
import { PdfError } from './pdf-error.ts';
import type { ValidationData } from './sign/validation-data.ts';
import type { TrustStore } from './verify-pdf.ts';

export interface KnownMaterial {
  readonly anchors: readonly Certificate[];
  /** Certificates that may help to build a path; not trusted by themselves. */
  readonly pool: readonly Certificate[];
  /** DER of lists at hand, which count where no address answers. */
  readonly lists: readonly Uint8Array[];
}

type RevocationServices = Pick<ValidationServices, 'askOcsp' | 'fetchIssuer' | 'fetchList'>;

/** Addresses of one kind that are asked about one certificate. */
const MAX_ADDRESSES = 2;
const MAX_ISSUERS_FETCHED = 4;
const NONCE_OCTETS = 16;

/** What the verifier would say of a certificate, as a refusal. */
const refusals: Readonly<Record<CertificatePurpose, ReadonlyMap<FindingCode, PdfErrorCode>>> = {
  document: new Map([
    ['CERT_REVOKED', 'SIGN_CERT_REVOKED'],
    ['CERT_CHAIN_INVALID', 'SIGN_CHAIN_INVALID'],
    ['CERT_EXPIRED', 'SIGN_CERT_EXPIRED'],
    ['CERT_NOT_YET_VALID', 'SIGN_CERT_NOT_YET_VALID'],
  ]),
  timestamp: new Map([
    ['CERT_REVOKED', 'TSA_CERT_REVOKED'],
    ['CERT_CHAIN_INVALID', 'SIGN_CHAIN_INVALID'],
    ['CERT_EXPIRED', 'TSA_CERT_EXPIRED'],
    ['CERT_NOT_YET_VALID', 'TSA_CERT_EXPIRED'],
    ['CERT_WRONG_USAGE', 'TSA_CERT_WRONG_USAGE'],
  ]),
};

export function knownMaterial(trust: TrustStore, certificates: readonly Certificate[]): KnownMaterial {
  const anchors = trust.anchors.flatMap((der) => ifReadable(readCertificate, der));
  const intermediates = trust.intermediates.flatMap((der) => ifReadable(readCertificate, der));
  return { anchors, pool: [...intermediates, ...certificates], lists: trust.crls };
}

/**
 * Everything that proves a certificate good now: its issuers up to a root, and for each below the root an OCSP answer, or
 * a list where no responder gives one. Only what the verifier believes is kept.
 * @throws PdfError SIGN_CHAIN_INCOMPLETE, SIGN_REVOCATION_UNKNOWN with what became of each address; SIGN_CERT_REVOKED and
 *   the other refusals of a certificate, or TSA_CERT_* for an authority's
 */
export async function gatherValidationData(
  certificate: Certificate,
  purpose: CertificatePurpose,
  known: KnownMaterial,
  services: RevocationServices,
  clock: () => Date,
): Promise<ValidationData> {
  const { path, pool, anchors } = await completePath(certificate, known, services);
  const told = await Promise.all(
    path.slice(0, -1).map((member, at) => askAbout(member, path[at + 1] ?? member, known.lists, services, clock)),
  );
  const proofs = told.flatMap(({ proof }) => proof ?? []);
  const lists = proofs.flatMap((proof) => proof.lists);
  const answers = proofs.flatMap((proof) => proof.answers);
  const now = clock();
  const findings = judgeCertificate(certificate, purpose, { anchors, pool, lists, answers }, { at: now, known: now });
  for (const { code, params } of findings) {
    const refusal = refusals[purpose].get(code);
    if (refusal) throw new PdfError(refusal, params);
  }
  const silent = told.find(({ proof }) => !proof);
  if (silent) throw new PdfError('SIGN_REVOCATION_UNKNOWN', { name: silent.name, tried: silent.failures.join('; ') });
  const kept = (kind: Proof['kind']): Uint8Array[] =>
    proofs.filter((proof) => proof.kind === kind).map(({ der }) => der);
  return { certificates: path.map(({ der }) => der), lists: kept('list'), answers: kept('answer') };
}

interface CompletePath {
  readonly path: readonly Certificate[];
  readonly pool: readonly Certificate[];
  readonly anchors: readonly Certificate[];
}

/** The way up to a root, with issuers that nobody enclosed fetched from where their certificates say. */
async function completePath(
  certificate: Certificate,
  known: KnownMaterial,
  services: Pick<ValidationServices, 'fetchIssuer'>,
): Promise<CompletePath> {
  const pool = [...known.pool];
  for (let fetched = 0; ; fetched += 1) {
    const anchors = [...known.anchors, ...rootsAmong([certificate, ...pool])];
    const path = findPath(certificate, { anchors, pool });
    if (path) return { path, pool, anchors };
    const top = topOf(certificate, pool);
    const issuer = fetched < MAX_ISSUERS_FETCHED ? await fetchIssuer(top, services) : undefined;
    if (!issuer) {
      const params = { name: commonName(top), issuer: top.issuer.get(OID.commonName) ?? '' };
      throw new PdfError('SIGN_CHAIN_INCOMPLETE', params);
    }
    pool.push(issuer);
  }
}

/** The last known certificate on the way up. */
function topOf(certificate: Certificate, pool: readonly Certificate[]): Certificate {
  const way = [certificate];
  for (let at = certificate; ;) {
    const next = pool.find((candidate) => !way.includes(candidate) && issued(at, candidate));
    if (!next) return at;
    way.push(next);
    at = next;
  }
}

function issued(certificate: Certificate, issuer: Certificate): boolean {
  return sameBytes(issuer.subjectDn, certificate.issuerDn) && isSignedBy(certificate, issuer) === 'good';
}

async function fetchIssuer(
  certificate: Certificate,
  services: Pick<ValidationServices, 'fetchIssuer'>,
): Promise<Certificate | undefined> {
  for (const address of certificate.issuerAddresses.slice(0, MAX_ADDRESSES)) {
    const fetched = await services.fetchIssuer(address);
    const [issuer] = 'bytes' in fetched ? ifReadable(readCertificate, fetched.bytes) : [];
    if (issuer && issued(certificate, issuer)) return issuer;
  }
  return undefined;
}

/** What proves a certificate good, or revoked. */
interface Proof extends RevocationMaterial {
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

/** Asks one address after the other until one proves the certificate good or revoked. */
async function askAbout(
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
