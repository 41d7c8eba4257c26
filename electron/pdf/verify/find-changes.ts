import type { Finding, FindingCode, FindingParams, Severity } from '#shared/domain/verification.ts';
import { readPageView, readRect, boxOf } from '../sign/geometry.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { isArray, isDict, isNamed, isRef } from '../syntax/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '../syntax/objects.ts';
import { declaredCounts, readPages } from '../syntax/page-tree.ts';
import type { Page } from '../syntax/page-tree.ts';
import { ObjectComparison } from './compare-objects.ts';
import { docMdpLevel, locksField } from './permissions.ts';
import { readFields } from './signature-fields.ts';
import type { FormField } from './signature-fields.ts';

const pageKeysComparedApart = new Set(['Annots', 'Parent', 'Resources', 'MediaBox', 'CropBox', 'Rotate']);
const pageKeysWithoutMeaning = ['LastModified', 'Metadata', 'PieceInfo', 'Tabs'];
const catalogKeysComparedApart = new Set(['Pages', 'AcroForm', 'DSS', 'Extensions', 'Metadata', 'Version']);
const formKeysComparedApart = new Set(['Fields', 'SigFlags', 'DR']);
const fieldLinks = new Set(['Parent', 'Kids', 'P']);
const valueKeys = new Set(['V', 'AP', 'AS', 'MK', 'DA', 'I', 'RV', 'M', 'F']);
/** A signature picture larger than this part of the page can only be meant to cover it. */
const LARGEST_APPEARANCE = 0.15;

/**
 * What later revisions changed, against a whitelist: further signatures, timestamps and validation data are free, form
 * values and notes where nobody forbade them are reported, anything else is a forbidden change.
 * @param before the file as it was signed
 * @param after the file as it is now
 * @param signature the dictionary of the signature in question
 */
export function findChanges(before: PdfDocument, after: PdfDocument, signature: PdfDict): Finding[] {
  return new ChangeFinder(before, after, signature).run();
}

class ChangeFinder {
  readonly #before: PdfDocument;
  readonly #after: PdfDocument;
  readonly #signature: PdfDict;
  readonly #comparison: ObjectComparison;
  readonly #findings: Finding[] = [];
  readonly #level: number;
  readonly #compared = new Set<number>();
  /** Object numbers of the signatures that existed already. */
  readonly #signaturesBefore = new Set<number>();
  #fieldsBefore = new Map<number, FormField>();
  #fieldsAfter = new Map<number, FormField>();

  constructor(before: PdfDocument, after: PdfDocument, signature: PdfDict) {
    this.#before = before;
    this.#after = after;
    this.#signature = signature;
    this.#comparison = new ObjectComparison(before, after);
    this.#level = docMdpLevel(before) ?? 3;
  }

  run(): Finding[] {
    const pagesBefore = readPages(this.#before);
    const pagesAfter = readPages(this.#after);
    this.#fieldsBefore = new Map(readFields(this.#before).map((field) => [field.reference.num, field]));
    this.#fieldsAfter = new Map(readFields(this.#after).map((field) => [field.reference.num, field]));
    for (const { type, value } of this.#fieldsBefore.values()) {
      if (type === 'Sig' && isRef(value)) this.#signaturesBefore.add(value.num);
    }
    this.#assumeComparedApart(pagesBefore, pagesAfter);
    this.#comparePageList(pagesBefore, pagesAfter);
    for (const page of pagesBefore) {
      const now = pagesAfter.find((candidate) => candidate.reference.num === page.reference.num);
      if (now) this.#comparePage(page, now);
    }
    this.#compareForm();
    this.#compareCatalog();
    return this.#findings;
  }

  #report(code: FindingCode, severity: Severity, params: FindingParams = {}): void {
    const repeated = this.#findings.some(
      (finding) => finding.code === code && JSON.stringify(finding.params) === JSON.stringify(params),
    );
    if (!repeated) this.#findings.push({ code, severity, params, scope: 'integrity' });
  }

  /** Reports a change that is tolerated from DocMDP level `needed` on, and forbidden below it. */
  #reportUnderPermission(needed: number, code: FindingCode, params: FindingParams): void {
    if (this.#level >= needed) this.#report(code, 'warn', params);
    else {
      this.#report(code, 'invalid', params);
      this.#report('CHANGE_NOT_PERMITTED', 'invalid', { level: this.#level });
    }
  }

  #assumeComparedApart(pagesBefore: readonly Page[], pagesAfter: readonly Page[]): void {
    const now = new Set(pagesAfter.map((page) => page.reference.num));
    for (const { reference, dict } of pagesBefore) {
      if (!now.has(reference.num)) continue;
      this.#comparison.assume(reference, reference);
      for (const annotation of this.#before.getArray(dict, 'Annots')) {
        if (isRef(annotation)) this.#comparison.assume(annotation, annotation);
      }
    }
    for (const [num, field] of this.#fieldsBefore) {
      if (this.#fieldsAfter.has(num)) this.#comparison.assume(field.reference, field.reference);
    }
  }

  #comparePageList(before: readonly Page[], after: readonly Page[]): void {
    const was = before.map((page) => page.reference.num);
    const is = after.map((page) => page.reference.num);
    const counts = [this.#before, this.#after].map((document) => declaredCounts(document).join());
    // Viewers believe /Count: one made smaller hides the last pages.
    if (counts[0] === counts[1] && was.length === is.length && was.every((num, i) => num === is[i])) return;
    const added = is.filter((num) => !was.includes(num)).length;
    const removed = was.filter((num) => !is.includes(num)).length;
    this.#report('PAGES_CHANGED', 'invalid', { added, removed });
  }

  #comparePage(before: Page, after: Page): void {
    const except = new Set([...pageKeysComparedApart, ...pageKeysWithoutMeaning]);
    const keys = this.#comparison.differingKeys(before.dict, after.dict, except);
    for (const key of ['Resources', 'MediaBox', 'CropBox', 'Rotate']) {
      if (!this.#comparison.sameEntry(key, before.inherited.get(key), after.inherited.get(key))) keys.push(key);
    }
    if (keys.length > 0) this.#report('PAGE_CONTENT_CHANGED', 'invalid', { page: before.number });
    this.#compareAnnotations(before, after);
  }

  #compareAnnotations(before: Page, after: Page): void {
    const was = this.#before.getArray(before.dict, 'Annots');
    const is = this.#after.getArray(after.dict, 'Annots');
    const wasNumbers = new Set(was.filter(isRef).map((item) => item.num));
    const isNumbers = new Set(is.filter(isRef).map((item) => item.num));
    const page = before.number;
    const wasDirect = was.filter((item) => !isRef(item));
    const isDirect = is.filter((item) => !isRef(item));
    if (!this.#comparison.same(wasDirect, isDirect) || [...wasNumbers].some((num) => !isNumbers.has(num))) {
      this.#reportUnderPermission(3, 'ANNOTATION_CHANGED', { page });
    }
    for (const item of is.filter(isRef)) {
      if (wasNumbers.has(item.num)) this.#compareAnnotation(item, page);
      else this.#checkAddedAnnotation(item, after);
    }
  }

  #compareAnnotation(reference: PdfRef, page: number): void {
    if (this.#fieldsBefore.has(reference.num)) {
      this.#compareField(reference.num, page);
      return;
    }
    const was = this.#before.resolve(reference);
    const is = this.#after.resolve(reference);
    if (!isDict(was) || !isDict(is)) {
      if (!this.#comparison.same(was, is)) this.#reportUnderPermission(3, 'ANNOTATION_CHANGED', { page });
    } else if (this.#comparison.differingKeys(was, is, fieldLinks).length > 0) {
      this.#reportUnderPermission(3, 'ANNOTATION_CHANGED', { page });
    }
  }

  #checkAddedAnnotation(reference: PdfRef, page: Page): void {
    const field = this.#fieldsAfter.get(reference.num);
    const dict = this.#after.resolve(reference);
    const signed = field?.type === 'Sig' && isDict(this.#after.resolve(field.value));
    if (!field || !isDict(dict) || field.type !== 'Sig' || (!signed && dict.entries.has('AP'))) {
      this.#reportUnderPermission(3, 'ANNOTATION_CHANGED', { page: page.number });
      return;
    }
    this.#checkSize(dict, page);
  }

  #checkSize(widget: PdfDict, page: Page): void {
    const rect = readRect(this.#after, widget.entries.get('Rect'));
    const crop = boxOf(readPageView(this.#after, page).crop);
    const box = rect && boxOf(rect);
    if (box && box.width * box.height > crop.width * crop.height * LARGEST_APPEARANCE) {
      this.#report('SIGNATURE_COVERS_PAGE', 'warn', { page: page.number });
    }
  }

  #compareForm(): void {
    for (const num of this.#fieldsBefore.keys()) this.#compareField(num, undefined);
    for (const [num, field] of this.#fieldsAfter) {
      if (!this.#fieldsBefore.has(num)) this.#checkAddedField(field);
    }
    const was = this.#before.getDict(this.#before.catalog, 'AcroForm');
    const is = this.#after.getDict(this.#after.catalog, 'AcroForm');
    if (!was || !is) {
      if (was) this.#report('DOCUMENT_CHANGED', 'invalid', { key: 'AcroForm' });
      return;
    }
    const keys = this.#comparison.differingKeys(was, is, formKeysComparedApart);
    if (!this.#onlyAdds(was.entries.get('DR'), is.entries.get('DR'), 2)) keys.push('DR');
    if (keys.length > 0) this.#report('DOCUMENT_CHANGED', 'invalid', { key: 'AcroForm' });
  }

  /** Whether nothing that was in a resource dictionary changed; new names down to `depth` levels are harmless. */
  #onlyAdds(before: PdfObject | undefined, after: PdfObject | undefined, depth: number): boolean {
    const was = this.#before.resolve(before);
    const is = this.#after.resolve(after);
    if (was === null) return true;
    if (depth === 0 || !isDict(was) || !isDict(is)) return this.#comparison.same(before, after);
    return [...was.entries].every(([key, value]) => this.#onlyAdds(value, is.entries.get(key), depth - 1));
  }

  #checkAddedField(field: FormField): void {
    const value = this.#after.resolve(field.value);
    // Another widget for an old signature would show a picture that this signature never covered.
    const old = isRef(field.value) && this.#signaturesBefore.has(field.value.num);
    if (old || (field.type !== 'Sig' && !isArray(this.#after.get(field.dict, 'Kids')))) {
      this.#report('FIELD_CHANGED', 'invalid', { field: field.name });
    } else if (isDict(value) && this.#level === 1 && !isNamed(value.entries.get('Type'), 'DocTimeStamp')) {
      this.#report('CHANGE_NOT_PERMITTED', 'invalid', { level: this.#level });
    }
  }

  #compareField(num: number, page: number | undefined): void {
    if (this.#compared.has(num)) return;
    this.#compared.add(num);
    const was = this.#fieldsBefore.get(num);
    const is = this.#fieldsAfter.get(num);
    if (!was) return;
    if (!is || was.name !== is.name || was.type !== is.type) {
      this.#report('FIELD_CHANGED', 'invalid', { field: was.name });
      return;
    }
    const keys = this.#comparison.differingKeys(was.dict, is.dict, fieldLinks);
    if (keys.length === 0) return;
    if (was.type === 'Sig') this.#judgeSignatureField(was, keys);
    else this.#judgeFormField(was, keys, page);
  }

  #judgeSignatureField(was: FormField, keys: readonly string[]): void {
    if (!isDict(this.#before.resolve(was.value))) {
      const allowed = keys.every((key) => valueKeys.has(key)) && this.#level > 1;
      if (!allowed) this.#report('FIELD_CHANGED', 'invalid', { field: was.name });
      return;
    }
    const code = keys.includes('V') ? 'SIGNATURE_DICT_CHANGED' : 'SIGNATURE_APPEARANCE_CHANGED';
    this.#report(code, 'invalid', { field: was.name });
  }

  #judgeFormField(was: FormField, keys: readonly string[], page: number | undefined): void {
    const params = page === undefined ? { field: was.name } : { field: was.name, page };
    if (!keys.every((key) => valueKeys.has(key))) this.#report('FIELD_CHANGED', 'invalid', { field: was.name });
    else if (locksField(this.#before, this.#signature, was.name)) {
      this.#report('FORM_CHANGED', 'invalid', params);
      this.#report('CHANGE_NOT_PERMITTED', 'invalid', { level: this.#level });
    } else this.#reportUnderPermission(2, 'FORM_CHANGED', params);
  }

  #compareCatalog(): void {
    const was = this.#before.catalog;
    const is = this.#after.catalog;
    const keys = this.#comparison.differingKeys(was, is, catalogKeysComparedApart);
    if (was.entries.has('DSS') && !is.entries.has('DSS')) keys.push('DSS');
    for (const key of keys) this.#report('DOCUMENT_CHANGED', 'invalid', { key });
  }
}
