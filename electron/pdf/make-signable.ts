import type { SignableAs } from '#core/ports/foreign-reader.ts';
import type { Mend } from '#shared/domain/mend.ts';
import { sameBytes } from './crypto/der.ts';
import { checkSignable } from './check-signable.ts';
import { looksOf } from './mend/compare-looks.ts';
import type { Looks } from './mend/compare-looks.ts';
import { contradict, gatherListed, gatherScanned, ifWhole } from './mend/gather-objects.ts';
import { rewrite, versionOf } from './mend/rewrite.ts';
import { sharesPageParts } from './mend/shared-parts.ts';
import { broken, PdfError } from './pdf-error.ts';
import { rehearseSigning } from './rehearse-signing.ts';
import { Budget } from './syntax/budget.ts';
import { openPdf } from './syntax/document.ts';
import { signatureMarks } from './verify/byte-range.ts';
import { isDrawnAnew } from './verify/shadow-content.ts';

export interface SignablePdf {
  readonly pageCount: number;
  /** The file to take instead, and what was mended in it; null when it can be signed as it is. */
  readonly mended: { readonly bytes: Uint8Array; readonly mends: readonly Mend[] } | null;
}

const HEADER_WINDOW = 1_024;
/** What a file is refused for that writing it anew may end. */
const mendableCodes = new Set<string>(['PDF_BROKEN', 'PDF_TOO_COMPLEX', 'SIGN_WOULD_WARN']);

/**
 * Whether a draft can be numbered, signed and sealed, or an attachment be signed by the agency, so that recipients are warned of nothing: as it is, or after it
 * was written anew without what stands in the way, with pages that look the same. A file that is signed is never
 * written anew, nor is an encrypted one.
 * @param password opens an encrypted file; without it one is refused
 * @throws PdfError PDF_*, SIGN_PERMISSION_FORBIDS, SIGN_DOCMDP_FORBIDS, SIGN_WOULD_WARN, SIGN_INVALID_EXISTING
 */
export async function makeSignable(
  bytes: Uint8Array,
  as: SignableAs = 'letter',
  password?: string,
): Promise<SignablePdf> {
  try {
    const { pageCount } = await checkDraft(bytes, as, password);
    return { pageCount, mended: null };
  } catch (error) {
    if (!(error instanceof PdfError) || !mendableCodes.has(error.code) || signatureMarks(bytes).length > 0) throw error;
    return await mend(bytes, error, as).catch((why: unknown) => {
      throw password !== undefined && why instanceof PdfError && why.code === 'PDF_ENCRYPTED' ? error : why;
    });
  }
}

/** @throws PdfError, as above */
async function checkDraft(
  bytes: Uint8Array,
  as: SignableAs,
  password?: string,
): Promise<{ readonly pageCount: number }> {
  const { pageCount } = checkSignable(bytes, password);
  const document = openPdf(bytes, new Budget(), password);
  if (sharesPageParts(document)) throw new PdfError('SIGN_WOULD_WARN', { notes: 'SHARED_PAGE_PARTS' });
  // Poppler then draws an empty box in the place of a signature's picture.
  if (isDrawnAnew(document)) throw new PdfError('SIGN_WOULD_WARN', { notes: 'NEED_APPEARANCES' });
  await rehearseSigning(bytes, as, password);
  return { pageCount };
}

/**
 * By the table of objects where it can be followed, else by the objects found in the file, as viewers do; whichever gives the
 * pages that pdf.js shows of the original.
 * @param refusal thrown when neither does
 */
async function mend(bytes: Uint8Array, refusal: PdfError, as: SignableAs): Promise<SignablePdf> {
  const file = fromHeader(bytes);
  const listed = ifWhole(() => gatherListed(file));
  const scanned = ifWhole(() => gatherScanned(file));
  if (listed && scanned && contradict(listed, scanned)) {
    throw new PdfError('SIGN_WOULD_WARN', { notes: 'OBJECT_UNLISTED' });
  }
  let shown: Looks | undefined;
  let why = refusal;
  for (const [found, gather] of [
    [listed, gatherListed],
    [scanned, gatherScanned],
  ] as const) {
    if (!found) continue;
    try {
      const version = versionOf(file);
      const { bytes: mended, mended: more } = rewrite(found, version);
      const { pageCount } = await checkDraft(mended, as);
      // A field that is drawn anew looks a little different from its picture, which says the same.
      const compared = more.includes('values') ? rewrite(found, version, 'drawn-anew').bytes : mended;
      const look = await looksOf(compared);
      shown ??= await looksOf(bytes);
      if (!isSame(look, shown)) continue;
      // Of a key with two values some viewers take the first, some the last.
      if (!sameBytes(rewrite(gather(file, 'first'), version).bytes, mended)) {
        throw new PdfError('SIGN_WOULD_WARN', { notes: 'DUPLICATE_KEY' });
      }
      const mends: readonly Mend[] = more.length === 0 || isAboutStructure(refusal) ? ['structure', ...more] : more;
      return { pageCount, mended: { bytes: mended, mends } };
    } catch (error) {
      if (!(error instanceof PdfError)) throw error;
      // What is left after mending says more than what was mended.
      why = error.code === 'PDF_BROKEN' ? why : error;
    }
  }
  throw why;
}

function isSame(look: Looks, shown: Looks): boolean {
  return look.length === shown.length && look.every((page, index) => page === shown[index]);
}

/** What stands before the header is not counted by offsets (ISO 32000-1, annex H, note 13). */
function fromHeader(bytes: Uint8Array): Uint8Array {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEADER_WINDOW)).indexOf('%PDF-');
  if (at < 0) throw broken('header', 0);
  return bytes.subarray(at);
}

/** Whether anything but content that shows nothing stood in the way. */
function isAboutStructure({ code, params }: PdfError): boolean {
  return (
    code !== 'SIGN_WOULD_WARN' ||
    !String(params['notes'])
      .split(', ')
      .every((note) => /^(?:SHADOW|SHARED|NEED)_/.test(note))
  );
}
