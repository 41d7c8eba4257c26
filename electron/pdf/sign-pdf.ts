import type { SignatureReport, VerificationReport } from '#shared/domain/verification.ts';
import { checkSignature } from './crypto/check-signature.ts';
import { addUnsignedAttribute, buildSignedAttributes, buildSignedData } from './crypto/cms.ts';
import { commonName } from './crypto/certification-path.ts';
import type { Certificate } from './crypto/certificate.ts';
import { refuseWhatWouldWarn } from './check-signable.ts';
import { hashParts } from './crypto/hash.ts';
import { OID } from './crypto/oids.ts';
import { PdfError } from './pdf-error.ts';
import { addSignatureField } from './sign/add-field.ts';
import { addAppearance, drawImage, drawsNothing } from './sign/appearance.ts';
import { drawCornerText, placeCornerText } from './sign/corner-text.ts';
import {
  boxOf,
  fitCentred,
  fromMillimetres,
  fromVisible,
  placeSeal,
  readPageView,
  rectOf,
  toVisible,
  visibleSize,
} from './sign/geometry.ts';
import type { Box, PageView, Rect } from './sign/geometry.ts';
import { decodePng } from './sign/png.ts';
import type { DecodedPng } from './sign/png.ts';
import { openSignature, signatureDictionary } from './sign/signature-object.ts';
import { longestSignature, readSigningChain } from './sign/signing-certificate.ts';
import { uniqueFieldName } from './sign/unique-field-name.ts';
import { Budget } from './syntax/budget.ts';
import { openPdf } from './syntax/document.ts';
import type { PdfDocument } from './syntax/document.ts';
import { IncrementalUpdate, plainBytes } from './syntax/incremental-update.ts';
import type { PdfObject } from './syntax/objects.ts';
import { pageAt, readPages } from './syntax/page-tree.ts';
import type { Page } from './syntax/page-tree.ts';
import { docMdpLevel } from './verify/permissions.ts';
import { everyValueIsDrawn, isDrawnAnew } from './verify/shadow-content.ts';
import { readFields } from './verify/signature-fields.ts';
import { emptyTrust, verifyPdf } from './verify-pdf.ts';
import type { TrustStore } from './verify-pdf.ts';

/** A key that may live in another process or on a token; it is asked exactly once, after every check. */
export interface SigningCredential {
  /** DER certificates, the signer's first, then its issuers. */
  readonly chain: readonly Uint8Array[];
  /** Signs SHA-256 of `data`: RSA PKCS#1 v1.5, or ECDSA in DER. */
  signData(data: Uint8Array): Promise<Uint8Array>;
}

/** A place on a page (from 1), in PDF points of user space, origin bottom left. */
export interface Anchor {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface SignatureAppearance {
  /** PNG with transparent background: the blue hand signature, or the red seal. Null shows nothing. */
  readonly image: Uint8Array | null;
  /** Real diameter of the seal on paper. */
  readonly sealDiameterMm?: number;
  /** The space between the signer's title and full name; the image is fitted into its middle. */
  readonly anchor?: Anchor;
  /** An exact place, instead of any rule. */
  readonly rect?: Anchor;
  /**
   * Text in the place of an image, at the top right of page 1: of attachments in files of their own and of copies (Decree
   * 30/2020, Appendix I, part I, III.1d and part II, I).
   */
  readonly cornerText?: string;
}

export interface SignRequest {
  /** `attachment`: the agency's, on a file that goes with its letter and that no person signs. */
  readonly role: 'person' | 'seal' | 'attachment';
  readonly credential: SigningCredential;
  readonly signingTime: Date;
  readonly appearance: SignatureAppearance;
  readonly reason?: string;
  /** What is known of the certificates' issuers and of what they revoked; without it each certificate is judged by itself. */
  readonly trust?: TrustStore;
  /** Opens an encrypted file, empty for one that opens without; when it is absent, encrypted files are refused. */
  readonly password?: string | undefined;
  /** Room for a time stamp token that is added before the file is given away, in octets. */
  readonly timestampRoom?: number;
}

export interface SignedPdf {
  readonly bytes: Uint8Array;
  readonly fieldName: string;
  /** From 1. */
  readonly page: number;
  readonly rect: Rect;
  /** What a time stamp of this signature is over (ETSI EN 319 122-1, 5.3). */
  readonly signatureValue: Uint8Array;
  /** The file with a token as unsigned attribute, in the room that was kept. @throws PdfError TSA_ANSWER_BROKEN */
  readonly withTimestamp: (token: Uint8Array) => Uint8Array;
}

/** Usual diameter of an agency's round seal. */
export const SEAL_DIAMETER_MM = 36;
/** Room kept free for encoding differences that cannot be foreseen. */
const SPARE_OCTETS = 64;
const fieldNames = { person: 'ChuKySo', seal: 'ConDauSo', attachment: 'ChuKySoCoQuan' } as const;
const USUAL_ASPECT = 2;
const largestSignatureMm = { width: 60, height: 30 };

/**
 * Signs at PAdES level B-B (ETSI EN 319 142-1) as one incremental update with a visible appearance. A seal is only put
 * on a document that carries an intact signature of a person, by a certificate that was not revoked (Decree 30/2020,
 * Articles 32 and 33).
 * @throws PdfError PDF_*, SIGN_PERMISSION_FORBIDS, SIGN_DOCMDP_FORBIDS, SIGN_WOULD_WARN, SIGN_INVALID_EXISTING, SIGN_NOT_PERSON_SIGNED, SIGN_CERT_EXPIRED,
 *   SIGN_CERT_NOT_YET_VALID, SIGN_CERT_WRONG_USAGE, SIGN_CERT_WEAK, SIGN_CERT_REVOKED, SIGN_CHAIN_INVALID,
 *   SIGN_CERT_UNREADABLE, SIGN_IMAGE_UNSUPPORTED before the key is used; SIGN_KEY_MISMATCH when the key's answer does not fit the certificate. Errors of `signData` pass through.
 */
export async function signPdf(bytes: Uint8Array, request: SignRequest): Promise<SignedPdf> {
  const document = openPdf(bytes, new Budget(), request.password);
  const person = checkMayBeSigned(document, request);
  const settlesForm = maySettleForm(document);
  const chain = readSigningChain(request.credential.chain, request.signingTime, request.trust ?? emptyTrust);
  const image = request.appearance.image && decodePng(request.appearance.image);
  const { page, view, rect } = choosePlace(document, request, image, person);

  const update = new IncrementalUpdate(document);
  const dummy = new Uint8Array(longestSignature(chain[0]));
  const dryRun = buildSignedData(chain, buildSignedAttributes(new Uint8Array(32), chain[0]), dummy);
  const contentsLength = dryRun.length + SPARE_OCTETS + (request.timestampRoom ?? 0);
  const signature = update.allocate();
  const { reason, signingTime } = request;
  const entries = { signingTime, signerName: commonName(chain[0]), contentsLength };
  const seal = (text: PdfObject): PdfObject => update.seal(signature, text);
  update.setRaw(signature, signatureDictionary(reason === undefined ? entries : { ...entries, reason }, seal));
  const size = toVisible(view, boxOf(rect));
  const { cornerText } = request.appearance;
  const drawing =
    cornerText !== undefined
      ? drawCornerText(update, view, cornerText)
      : image
        ? drawImage(update, image, size)
        : drawsNothing;
  const appearance = addAppearance(update, drawing, view, size);
  const fieldName = uniqueFieldName(document, fieldNames[request.role]);
  addSignatureField(document, update, page, { fieldName, rect, signature, appearance, view, settlesForm });

  const finished = update.finish();
  const open = openSignature(finished.bytes, finished.offsets.get(signature.num) ?? 0, contentsLength);
  const { cms, signatureValue } = await makeCms(open.parts, chain, request.credential);
  open.close(cms);
  const withTimestamp = (token: Uint8Array): Uint8Array => {
    const stamped = addUnsignedAttribute(cms, OID.signatureTimeStamp, token);
    if (stamped.length > contentsLength) throw new PdfError('TSA_ANSWER_BROKEN', { hint: 'longer than its room' });
    open.close(stamped);
    return plainBytes(finished.bytes);
  };
  const bytesNow = plainBytes(finished.bytes);
  return { bytes: bytesNow, fieldName, page: page.number, rect, signatureValue, withTimestamp };
}

async function makeCms(
  parts: readonly Uint8Array[],
  chain: readonly [Certificate, ...Certificate[]],
  credential: SigningCredential,
): Promise<{ cms: Uint8Array; signatureValue: Uint8Array }> {
  const [signer] = chain;
  const attributes = buildSignedAttributes(hashParts('sha256', parts), signer);
  const value = await credential.signData(attributes);
  const oid = signer.publicKey?.asymmetricKeyType === 'ec' ? OID.ecdsaWithSha256 : OID.sha256WithRsa;
  // A token may hold another key than its certificate says; such a file must never leave this function.
  const check = checkSignature({ oid, parameters: undefined }, signer, attributes, value);
  if (check !== 'good') throw new PdfError('SIGN_KEY_MISMATCH', { name: commonName(signer) });
  return { cms: buildSignedData(chain, attributes, value), signatureValue: value };
}

/** @returns the person's signature a seal goes over */
function checkMayBeSigned(
  document: PdfDocument,
  { role, trust, signingTime, password }: SignRequest,
): SignatureReport | undefined {
  if (document.encryption?.maySign === false) throw new PdfError('SIGN_PERMISSION_FORBIDS');
  if (docMdpLevel(document) === 1) throw new PdfError('SIGN_DOCMDP_FORBIDS');
  const report = verifyPdf(document.bytes, { trust: trust ?? emptyTrust, now: signingTime, password });
  if (report.integrity === 'INVALID') throw new PdfError('SIGN_INVALID_EXISTING', { field: firstInvalid(report) });
  if (report.signatures.length === 0) refuseWhatWouldWarn(document);
  if (role !== 'seal') return undefined;
  const person = report.signatures.findLast(
    (signature) => signature.role === 'person' && signature.integrity === 'VALID',
  );
  if (!person) throw new PdfError('SIGN_NOT_PERSON_SIGNED');
  // Intact, but revoked or never meant for signing: a seal would vouch for it.
  if (person.verdict === 'INVALID') throw new PdfError('SIGN_INVALID_EXISTING', { field: person.fieldName });
  return person;
}

/**
 * Whether the form is to say that its fields are drawn already; it may not where that would hide a value.
 * @throws PdfError SIGN_WOULD_WARN for a file without signatures, of which the picture of its first would be lost
 */
function maySettleForm(document: PdfDocument): boolean {
  if (!isDrawnAnew(document)) return false;
  if (everyValueIsDrawn(document)) return true;
  if (readFields(document).some(({ type, value }) => type === 'Sig' && document.resolve(value) !== null)) return false;
  throw new PdfError('SIGN_WOULD_WARN', { notes: 'NEED_APPEARANCES' });
}

function firstInvalid(report: VerificationReport): string {
  return report.signatures.find((signature) => signature.integrity === 'INVALID')?.fieldName ?? '';
}

interface Place {
  readonly page: Page;
  readonly view: PageView;
  readonly rect: Rect;
}

function choosePlace(
  document: PdfDocument,
  request: SignRequest,
  image: DecodedPng | null,
  person: SignatureReport | undefined,
): Place {
  const pages = readPages(document);
  const { appearance, role } = request;
  if (appearance.cornerText !== undefined) {
    const page = pageAt(pages, 1);
    const view = readPageView(document, page);
    return { page, view, rect: rectOf(fromVisible(view, placeCornerText(view, appearance.cornerText))) };
  }
  const exact = appearance.rect;
  const wanted = exact ?? appearance.anchor;
  const onPersonsPage = role === 'seal' && !exact && person?.rect && person.page !== undefined;
  const page = pageAt(pages, onPersonsPage ? (person.page ?? 1) : (wanted?.page ?? pages.length));
  const view = readPageView(document, page);
  if (exact) return { page, view, rect: rectOf(exact) };
  const space = wanted && !onPersonsPage ? toVisible(view, wanted) : usualPlace(view);
  const visible =
    role !== 'seal'
      ? fitSignature(view, space, image ? image.width / image.height : USUAL_ASPECT)
      : placeSeal(
          onPersonsPage && person.rect ? toVisible(view, boxOf(person.rect)) : space,
          fromMillimetres(view, appearance.sealDiameterMm ?? SEAL_DIAMETER_MM),
          visibleSize(view),
        );
  return { page, view, rect: rectOf(fromVisible(view, visible)) };
}

function fitSignature(view: PageView, space: Box, aspect: number): Box {
  const width = Math.min(space.width, fromMillimetres(view, largestSignatureMm.width));
  const height = Math.min(space.height, fromMillimetres(view, largestSignatureMm.height));
  const x = space.x + (space.width - width) / 2;
  const y = space.y + (space.height - height) / 2;
  return fitCentred({ x, y, width, height }, aspect);
}

/** Where the signer's block of an official letter usually stands: right half, lower part (Decree 30/2020, Appendix I). */
function usualPlace(view: PageView): Box {
  const { width, height } = visibleSize(view);
  return { x: width * 0.55, y: height * 0.14, width: width * 0.36, height: height * 0.09 };
}
