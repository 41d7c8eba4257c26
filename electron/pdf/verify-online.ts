import { askAbout } from './ask-revocation.ts';
import type { Proof, RevocationServices } from './ask-revocation.ts';
import type { VerificationReport } from '#shared/domain/verification.ts';
import { toHex } from './crypto/der.ts';
import type { Certificate } from './crypto/certificate.ts';
import { verifyPdf } from './verify-pdf.ts';
import type { TrustStore } from './verify-pdf.ts';

/** Certificates of one file that are asked about. */
const MAX_ASKED = 16;
/** What the answers about an authority of time stamps prove may ask for what was judged as of that time. */
const MAX_ROUNDS = 3;

/**
 * As {@link verifyPdf}, but asks where certificates say whether they were revoked, for those that nothing at hand proves good or
 * revoked. Only certificates below a trusted root are asked about: no file makes this machine call an address of its own.
 * @param clock the present; what is fetched says nothing of another time
 * @param password opens an encrypted file
 * @throws PdfError as verifyPdf; an authority that gives no answer is none, the report then says what is not known
 */
export async function verifyOnline(
  bytes: Uint8Array,
  trust: TrustStore,
  services: RevocationServices,
  clock: () => Date,
  password?: string,
): Promise<VerificationReport> {
  const asked = new Set<string>();
  const proofs: Proof[] = [];
  for (let round = 1; ; round += 1) {
    const open: [Certificate, Certificate][] = [];
    const onUnproven = (certificate: Certificate, issuer: Certificate): void => {
      const key = toHex(certificate.der);
      if (asked.has(key) || asked.size >= MAX_ASKED) return;
      asked.add(key);
      open.push([certificate, issuer]);
    };
    const of = (kind: Proof['kind']): Uint8Array[] =>
      proofs.filter((proof) => proof.kind === kind).map(({ der }) => der);
    const known = {
      ...trust,
      crls: [...trust.crls, ...of('list')],
      answers: [...(trust.answers ?? []), ...of('answer')],
    };
    const report = verifyPdf(bytes, { trust: known, now: clock(), onUnproven, password });
    if (open.length === 0 || round === MAX_ROUNDS) return report;
    const told = await Promise.all(
      open.map(([certificate, issuer]) => askAbout(certificate, issuer, [], services, clock)),
    );
    proofs.push(...told.flatMap(({ proof }) => proof ?? []));
  }
}
