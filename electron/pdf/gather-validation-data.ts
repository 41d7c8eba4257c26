import type { ValidationServices } from '#core/ports/validation-services.ts';
import type { FindingCode, PdfErrorCode } from '#shared/domain/verification.ts';
import { askAbout, MAX_ADDRESSES } from './ask-revocation.ts';
import type { Proof, RevocationServices } from './ask-revocation.ts';
import { isIssuedBy, readCertificate } from './crypto/certificate.ts';
import type { Certificate } from './crypto/certificate.ts';
import { commonName, findPath, judgeCertificate, rootsAmong } from './crypto/certification-path.ts';
import type { CertificatePurpose } from './crypto/certification-path.ts';
import { ifReadable } from './crypto/der.ts';
import { OID } from './crypto/oids.ts';
import { PdfError } from './pdf-error.ts';
import { signerRefusals } from './sign/signing-certificate.ts';
import type { ValidationData } from './sign/validation-data.ts';
import type { TrustStore } from './verify-pdf.ts';

export interface KnownMaterial {
  readonly anchors: readonly Certificate[];
  /** Certificates that may help to build a path; not trusted by themselves. */
  readonly pool: readonly Certificate[];
  /** DER of lists at hand, which count where no address answers. */
  readonly lists: readonly Uint8Array[];
}

type Services = RevocationServices & Pick<ValidationServices, 'fetchIssuer'>;

const MAX_ISSUERS_FETCHED = 4;

/** What the verifier would say of an authority's certificate, as a refusal of its time stamps. */
const authorityRefusals: ReadonlyMap<FindingCode, PdfErrorCode> = new Map([
  ['CERT_REVOKED', 'TSA_CERT_REVOKED'],
  ['CERT_CHAIN_INVALID', 'SIGN_CHAIN_INVALID'],
  ['CERT_EXPIRED', 'TSA_CERT_EXPIRED'],
  ['CERT_NOT_YET_VALID', 'TSA_CERT_EXPIRED'],
  ['CERT_WRONG_USAGE', 'TSA_CERT_WRONG_USAGE'],
]);
const refusals = { document: signerRefusals, timestamp: authorityRefusals } as const;

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
  services: Services,
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
    const next = pool.find((candidate) => !way.includes(candidate) && isIssuedBy(at, candidate));
    if (!next) return at;
    way.push(next);
    at = next;
  }
}

async function fetchIssuer(
  certificate: Certificate,
  services: Pick<ValidationServices, 'fetchIssuer'>,
): Promise<Certificate | undefined> {
  for (const address of certificate.issuerAddresses.slice(0, MAX_ADDRESSES)) {
    const fetched = await services.fetchIssuer(address);
    const [issuer] = 'bytes' in fetched ? ifReadable(readCertificate, fetched.bytes) : [];
    if (issuer && isIssuedBy(certificate, issuer)) return issuer;
  }
  return undefined;
}
