import type { PdfDocument } from '../syntax/document.ts';
import type { CmsCheck } from './check-cms.ts';
import { readSecurityStore } from './security-store.ts';
import { readFields, signedFields } from './signature-fields.ts';
import { SignatureVerifier } from './verify-signature.ts';

/**
 * The time stamps whose authorities have to be good when the next document time stamp is made: the newest document time
 * stamp, which vouches for what is below it, and those over the signatures since.
 */
export function stampsToVouchFor(document: PdfDocument): readonly CmsCheck[] {
  const store = readSecurityStore(document);
  const verifiers = signedFields(readFields(document), document).map(
    (field) => new SignatureVerifier({ document, field, shared: [], store: () => store }),
  );
  for (const verifier of verifiers) verifier.inspect();
  const archives = verifiers.flatMap((verifier) => verifier.archive() ?? []);
  const newest = archives.toSorted((a, b) => a.revisionEnd - b.revisionEnd).at(-1);
  const since = verifiers.filter(({ revisionEnd }) => revisionEnd > (newest?.revisionEnd ?? 0));
  return [...(newest ? [newest.cms] : []), ...since.flatMap(({ tokens }) => tokens)];
}
