import { stat } from 'node:fs/promises';
import { readCertificate } from '#pdf/crypto/certificate.ts';
import { readRevocationList } from '#pdf/crypto/crl.ts';
import { ifReadable } from '#pdf/crypto/der.ts';
import type { TrustStore } from '#pdf/verify-pdf.ts';
import { loadTrust, toDer } from '../load-trust.ts';
import { noLog } from '../machine-ports.ts';
import { UsageError } from './failures.ts';
import { readInput } from './input-file.ts';

/** A bundle of all authorities of a country has a few hundred kilobytes; lists of revoked certificates grow to megabytes. */
const MAX_TRUST_BYTES = 32 * 1024 * 1024;

/**
 * `--trust`: certificates to trust and revocation lists in one file (PEM, or one in DER), or a folder laid out as the
 * application's own. What is named there is trusted, also when it is no root.
 * @throws UsageError when nothing in it can be used: a typing error must not look like a finding about the signature
 */
export async function readTrustOption(path: string): Promise<TrustStore> {
  const isFolder = await stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
  const trust = isFolder ? loadTrust([path], noLog) : sort(toDer(Buffer.from(await readInput(path, MAX_TRUST_BYTES))));
  if ([trust.anchors, trust.intermediates, trust.crls].every(({ length }) => length === 0)) {
    throw new UsageError(`no certificate and no revocation list in ${path}`);
  }
  return trust;
}

function sort(items: readonly Uint8Array[]): TrustStore {
  const anchors = items.filter((der) => ifReadable(readCertificate, der).length > 0);
  const crls = items.filter((der) => ifReadable(readRevocationList, der).length > 0);
  return { anchors, intermediates: [], crls };
}
