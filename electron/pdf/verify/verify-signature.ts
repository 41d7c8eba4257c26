import type {
  Finding,
  FindingCode,
  FindingParams,
  PadesLevel,
  Severity,
  SignatureReport,
} from '#shared/domain/verification.ts';
import { verdictOf } from '#shared/domain/verification.ts';
import { isAgencyCertificate } from '../crypto/certificate.ts';
import type { Certificate } from '../crypto/certificate.ts';
import { commonName, judgeCertificate } from '../crypto/certification-path.ts';
import type { OnUnproven, PathMaterial } from '../crypto/certification-path.ts';
import { readRevocationList } from '../crypto/crl.ts';
import { ifReadable } from '../crypto/der.ts';
import type { OcspAnswer } from '../crypto/ocsp.ts';
import { OID } from '../crypto/oids.ts';
import { CLOCK_SKEW_MS } from '../crypto/revocation.ts';
import { PdfError } from '../pdf-error.ts';
import { readRect } from '../sign/geometry.ts';
import { openPdf } from '../syntax/document.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { isDict, isName, isRef, isString } from '../syntax/objects.ts';
import type { PdfDict } from '../syntax/objects.ts';
import { readPages } from '../syntax/page-tree.ts';
import { readTextString } from '../syntax/write-object.ts';
import { checkByteRange, coveredRevision } from './byte-range.ts';
import type { SignedRange } from './byte-range.ts';
import { checkCms } from './check-cms.ts';
import type { CmsCheck } from './check-cms.ts';
import { findChanges } from './find-changes.ts';
import { ObjectComparison } from './compare-objects.ts';
import { reachedLevel } from './reached-level.ts';
import type { Archive } from './reached-level.ts';
import { readSecurityStore } from './security-store.ts';
import type { SecurityStore } from './security-store.ts';
import { objectOfValue, readFields, widgetOf } from './signature-fields.ts';
import type { FormField } from './signature-fields.ts';

/** What the reader of a signature trusts, as parsed from configuration. */
export interface Trust {
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly crls: readonly Uint8Array[];
  readonly answers: readonly OcspAnswer[];
  readonly onUnproven: OnUnproven;
}

export interface Moments {
  readonly now: Date;
  /** Time of the next document time stamp over the signature that is trusted, or the present. */
  readonly known: Date;
}

export interface SignatureSubject {
  readonly document: PdfDocument;
  readonly field: FormField;
  /** Findings about the whole file that touch every signature. */
  readonly shared: readonly Finding[];
  /** The security store of the whole document, read when it is asked for first. */
  readonly store: () => SecurityStore;
}

const kindBySubfilter: ReadonlyMap<string, 'cades' | 'pkcs7' | 'timestamp'> = new Map([
  ['ETSI.CAdES.detached', 'cades'],
  ['adbe.pkcs7.detached', 'pkcs7'],
  ['ETSI.RFC3161', 'timestamp'],
]);
const obsoleteSubfilters = new Set(['adbe.pkcs7.sha1', 'adbe.x509.rsa_sha1']);

/**
 * Judges one signature in two steps, because what a later signature may change is decided by whether that signature is
 * itself intact: first each alone, then its later changes and trust.
 */
export class SignatureVerifier {
  readonly #document: PdfDocument;
  readonly #field: FormField;
  readonly #findings: Finding[];
  #dictionary: PdfDict | undefined;
  #signed: PdfDocument | undefined;
  #cms: CmsCheck | undefined;
  #revisionEnd = 0;
  #covers = false;
  readonly #store: () => SecurityStore;
  #intact = false;
  #provenTime: Date | undefined;

  constructor({ document, field, shared, store }: SignatureSubject) {
    this.#store = store;
    this.#document = document;
    this.#field = field;
    this.#findings = [...shared];
  }

  /** Structure, cryptography and coverage. @returns whether the signature is intact by itself */
  inspect(): boolean {
    this.#document.budget.checkTime();
    const value = this.#document.resolve(this.#field.value);
    const known = this.#findings.length;
    this.#dictionary = isDict(value) ? value : undefined;
    if (!this.#dictionary) this.#report('SIGNATURE_STRUCTURE', 'invalid', { hint: 'no dictionary' });
    else {
      const range = this.#checkStructure(this.#dictionary);
      if (range) {
        this.#checkCoverage(this.#dictionary, range);
        this.#cms = this.#checkCryptography(this.#dictionary, range);
      }
    }
    this.#intact = verdictOf(this.#findings.slice(known)) !== 'INVALID';
    return this.#intact;
  }

  /**
   * Later changes and trust. The index is set by the caller.
   * @param vouched numbers of the fields whose signatures are intact by themselves
   * @param archives all intact document time stamps, oldest first
   */
  conclude(
    vouched: ReadonlySet<number>,
    trust: Trust,
    moments: Moments,
    archives: readonly Archive[],
  ): SignatureReport {
    this.#document.budget.checkTime();
    if (this.#signed && this.#dictionary) {
      const changes = { signature: this.#dictionary, vouched };
      this.#findings.push(...findChanges(this.#signed, this.#document, changes));
    }
    if (this.#cms?.signer) this.#judgeTrust(this.#cms.signer, this.#cms, trust, moments);
    return this.#finish(this.#level(archives, trust, moments.now));
  }

  #report(code: FindingCode, severity: Severity, params: FindingParams = {}): void {
    this.#findings.push({ code, severity, params, scope: 'integrity' });
  }

  #checkStructure(dictionary: PdfDict): SignedRange | undefined {
    const place = this.#document.span(objectOfValue(this.#field));
    const range = place ? checkByteRange(this.#document, dictionary, place) : 'not an object of its own';
    if (typeof range !== 'string') return range;
    this.#report('SIGNATURE_STRUCTURE', 'invalid', { hint: range });
    return undefined;
  }

  #checkCoverage(dictionary: PdfDict, range: SignedRange): void {
    this.#revisionEnd = range.end;
    const covered = coveredRevision(this.#document, range.end);
    if (covered === undefined) {
      this.#report('NOT_COVERED', 'invalid');
      return;
    }
    const isLast = covered === this.#document.revisions.at(-1)?.end;
    const signed = isLast ? this.#document : this.#openSigned(range.end);
    if (!signed) {
      this.#report('NOT_COVERED', 'invalid');
      return;
    }
    const then = isLast ? dictionary : this.#dictionaryThen(signed);
    if (!then) {
      this.#report('NOT_COVERED', 'invalid');
      return;
    }
    this.#covers = true;
    if (isLast) return;
    if (!new ObjectComparison(signed, this.#document).same(then, dictionary)) {
      this.#report('SIGNATURE_DICT_CHANGED', 'invalid', { field: this.#field.name });
    }
    this.#signed = signed;
  }

  #openSigned(end: number): PdfDocument | undefined {
    try {
      return openPdf(this.#document.bytes.subarray(0, end), this.#document.budget, this.#document);
    } catch (error) {
      if (error instanceof PdfError && error.code === 'PDF_BROKEN') return undefined;
      throw error;
    }
  }

  /** The dictionary in the signed revision, where the same field must already lead to the same object. */
  #dictionaryThen(signed: PdfDocument): PdfDict | undefined {
    const field = readFields(signed).find(
      ({ name, type, value }) => name === this.#field.name && type === 'Sig' && value !== undefined,
    );
    if (!field || objectOfValue(field) !== objectOfValue(this.#field)) return undefined;
    const then = signed.resolve(field.value);
    return isDict(then) ? then : undefined;
  }

  #checkCryptography(dictionary: PdfDict, range: SignedRange): CmsCheck | undefined {
    const subFilter = this.#nameEntry(dictionary, 'SubFilter');
    const kind = kindBySubfilter.get(subFilter);
    if (kind === undefined) {
      if (obsoleteSubfilters.has(subFilter)) this.#report('SUBFILTER_OBSOLETE', 'indet', { subFilter });
      else this.#report('SUBFILTER_UNKNOWN', subFilter === '' ? 'invalid' : 'indet', { subFilter });
      return undefined;
    }
    const { bytes } = this.#document;
    const parts = [bytes.subarray(0, range.before), bytes.subarray(range.after, range.end)];
    const check = checkCms(range.contents, parts, kind);
    this.#findings.push(...check.findings);
    return check;
  }

  /**
   * A document time stamp is judged by what is known of it, a signature at the time that a trusted time stamp over it proves;
   * without one the present decides, or the next document time stamp.
   */
  #judgeTrust(signer: Certificate, cms: CmsCheck, trust: Trust, { now, known }: Moments): void {
    const store = this.#store();
    const given = [...trust.crls, ...cms.crls].flatMap((der) => ifReadable(readRevocationList, der));
    const materialFor = (one: CmsCheck): PathMaterial => ({
      anchors: trust.anchors,
      pool: [...trust.intermediates, ...one.certificates, ...cms.certificates, ...store.certificates],
      lists: [...given, ...store.lists],
      answers: [...trust.answers, ...store.answers],
      onUnproven: trust.onUnproven,
    });
    if (this.#isTimestamp()) {
      this.#findings.push(...judgeStamp(cms, materialFor(cms), known));
      return;
    }
    let at = known;
    for (const token of cms.tokens) {
      const doubt = judgeStamp(token, materialFor(token), known).find(({ severity }) => severity !== 'warn');
      if (doubt) {
        const name = token.signer ? commonName(token.signer) : '';
        this.#findings.push({
          code: 'TIMESTAMP_UNPROVEN',
          severity: 'info',
          params: { name, cause: doubt.code },
          scope: 'trust',
        });
      } else if (token.time && token.time < at) at = token.time;
    }
    if (at < now) this.#provenTime = at;
    this.#findings.push(...judgeCertificate(signer, 'document', materialFor(cms), { at, known }));
  }

  #isTimestamp(): boolean {
    return this.#dictionary !== undefined && this.#nameEntry(this.#dictionary, 'SubFilter') === 'ETSI.RFC3161';
  }

  /** The intact document time stamp that this is, or undefined. */
  archive(): Archive | undefined {
    if (!this.#intact || !this.#isTimestamp() || !this.#cms || !(this.#signed || this.#covers)) return undefined;
    const store = this.#signed ? readSecurityStore(this.#signed) : this.#store();
    return { cms: this.#cms, revisionEnd: this.#revisionEnd, store };
  }

  /** The time stamps over the signature itself that are intact. */
  get tokens(): readonly CmsCheck[] {
    return this.#cms?.tokens ?? [];
  }

  get revisionEnd(): number {
    return this.#revisionEnd;
  }

  #level(archives: readonly Archive[], trust: Trust, now: Date): PadesLevel | undefined {
    const dictionary = this.#dictionary;
    if (!this.#intact || !this.#cms || !dictionary) return undefined;
    if (this.#nameEntry(dictionary, 'SubFilter') !== 'ETSI.CAdES.detached') return undefined;
    const later = archives.filter(({ revisionEnd }) => revisionEnd > this.#revisionEnd);
    return reachedLevel(this.#cms, later, this.#store(), trust.anchors, now);
  }

  #nameEntry(dictionary: PdfDict, key: string): string {
    const value = this.#document.get(dictionary, key);
    return isName(value) ? value.name : '';
  }

  #textEntry(dictionary: PdfDict | undefined, key: string): string | undefined {
    const value = dictionary && this.#document.get(dictionary, key);
    return isString(value) ? readTextString(value.bytes) : undefined;
  }

  #finish(level: PadesLevel | undefined): SignatureReport {
    const dictionary = this.#dictionary;
    const cms = this.#cms;
    const signer = cms?.signer;
    const subFilter = dictionary ? this.#nameEntry(dictionary, 'SubFilter') : '';
    const claimed = parsePdfDate(this.#textEntry(dictionary, 'M')) ?? cms?.signingTime;
    const reason = this.#textEntry(dictionary, 'Reason');
    return {
      index: 0,
      fieldName: this.#field.name,
      role: subFilter === 'ETSI.RFC3161' ? 'timestamp' : signer && isAgencyCertificate(signer) ? 'seal' : 'person',
      signerName: signer ? commonName(signer) : '',
      signerTitle: signer?.subject.get(OID.title) ?? '',
      organisation: signer?.subject.get(OID.organization) ?? '',
      issuer: signer?.issuer.get(OID.commonName) ?? '',
      serial: signer?.serial ?? '',
      ...(signer ? { notBefore: signer.notBefore.toISOString(), notAfter: signer.notAfter.toISOString() } : {}),
      ...(claimed ? { claimedTime: claimed.toISOString() } : {}),
      ...(this.#provenTime ? { provenTime: this.#provenTime.toISOString() } : {}),
      ...(level === undefined ? {} : { level }),
      ...(reason === undefined ? {} : { reason }),
      subFilter,
      ...this.#appearance(),
      verdict: verdictOf(this.#findings),
      integrity: verdictOf(this.#findings, 'integrity'),
      coversWholeRevision: this.#covers,
      revisionEnd: this.#revisionEnd,
      findings: this.#findings,
    };
  }

  #appearance(): Pick<SignatureReport, 'page' | 'rect'> {
    const widget = widgetOf(this.#document, this.#field);
    const rect = widget && readRect(this.#document, widget.entries.get('Rect'));
    if (!rect || rect[0] === rect[2] || rect[1] === rect[3]) return {};
    const page = readPages(this.#document).find(({ dict }) =>
      this.#document.getArray(dict, 'Annots').some((item) => isRef(item) && this.#document.resolve(item) === widget),
    );
    return page ? { page: page.number, rect } : {};
  }
}

/** Trust in the authority of a time stamp that is intact (RFC 3161, 2.3 and 4.3): now, and when it was made. */
function judgeStamp({ signer, time }: CmsCheck, material: PathMaterial, known: Date): Finding[] {
  if (!signer || !time) return [];
  const findings = judgeCertificate(signer, 'timestamp', material, { at: known, known });
  const name = commonName(signer);
  const early = time < signer.notBefore;
  if (early || time.getTime() > known.getTime() + CLOCK_SKEW_MS) {
    const date = (early ? signer.notBefore : time).toISOString();
    findings.push({ code: 'CERT_NOT_YET_VALID', severity: 'indet', params: { name, date }, scope: 'trust' });
  }
  return findings;
}

/** `D:YYYYMMDDHHmmSS+07'00'` (ISO 32000-2, 7.9.4); undefined when unreadable. */
function parsePdfDate(text: string | undefined): Date | undefined {
  const match = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-])(\d\d)'?(\d\d)?'?)?/.exec(text ?? '');
  if (!match) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const sign = match[7] === '-' ? -1 : 1;
  const offset = sign * (Number(match[8] ?? 0) * 60 + Number(match[9] ?? 0));
  return new Date(Date.UTC(year, month - 1, day, hour, minute - offset, second));
}
