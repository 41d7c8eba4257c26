import type { Finding, FindingCode, FindingParams, Severity } from '#shared/domain/verification.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { dict, isArray, isDict, isRef } from '../syntax/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '../syntax/objects.ts';
import { declaredCounts, readPages } from '../syntax/page-tree.ts';
import type { Page } from '../syntax/page-tree.ts';
import { ObjectComparison, sameReference } from './compare-objects.ts';
import { misusedEntries } from './catalog-entries.ts';
import { compareFormDefaults } from './form-defaults.ts';
import { changedDescriptions } from './metadata.ts';
import { docMdpLevel, locksField } from './permissions.ts';
import { readFields } from './signature-fields.ts';
import type { FormField } from './signature-fields.ts';
import {
  CoveredArea,
  isContainer,
  isDocumentTimestamp,
  isInvisible,
  isPlainSignatureField,
  isSigning,
} from './signature-widgets.ts';
import { onlyTagsWidgets } from './structure-tree.ts';

const pageKeysComparedApart = new Set(['Annots', 'Parent', 'LastModified', 'Metadata', 'PieceInfo', 'Tabs']);
const inheritableKeys = ['Resources', 'MediaBox', 'CropBox', 'Rotate'];
const nodeKeysComparedApart = new Set(['Kids', 'Count', 'Parent']);
const catalogKeysComparedApart = new Set([
  'Pages',
  'AcroForm',
  'DSS',
  'Extensions',
  'Metadata',
  'Version',
  'StructTreeRoot',
]);
const formKeysComparedApart = new Set(['Fields', 'SigFlags', 'DR', 'DA', 'Q', 'NeedAppearances']);
const fieldLinks = new Set(['Parent', 'Kids', 'P']);
const valueKeys = new Set(['V', 'AP', 'AS', 'MK', 'DA', 'I', 'RV', 'M', 'F']);
/** What viewers show of /Info; the other entries are rewritten by whatever program saves the file. */
const shownInformation = ['Title', 'Author', 'Subject', 'Keywords'];

export interface ChangesFor {
  /** The signature in question. */
  readonly signature: PdfDict;
  /** Numbers of the fields whose own signature is intact and covers a revision. */
  readonly vouched: ReadonlySet<number>;
}

/**
 * What later revisions changed, against a whitelist: further signatures, timestamps and validation data are free, form
 * values and notes where nobody forbade them are reported, anything else is a forbidden change (ISO 32000-2, 12.8.2).
 * @param before the file as it was signed
 * @param after the file as it is now
 */
export function findChanges(before: PdfDocument, after: PdfDocument, changes: ChangesFor): Finding[] {
  return new ChangeFinder(before, after, changes).run();
}

class ChangeFinder {
  readonly #before: PdfDocument;
  readonly #after: PdfDocument;
  readonly #signature: PdfDict;
  readonly #vouched: ReadonlySet<number>;
  readonly #comparison: ObjectComparison;
  readonly #covered: CoveredArea;
  readonly #findings: Finding[] = [];
  readonly #reported = new Set<string>();
  readonly #level: number;
  readonly #compared = new Set<number>();
  /** Object numbers of the signatures that existed already. */
  readonly #signaturesBefore = new Set<number>();
  /** Object numbers of the notes and widgets that pages listed already. */
  readonly #notesBefore = new Set<number>();
  /** Object numbers of the widgets added to any page. */
  readonly #widgetsAdded = new Set<number>();
  #pagesAfter: readonly Page[] = [];
  #fieldsBefore = new Map<number, FormField>();
  #fieldsAfter = new Map<number, FormField>();

  constructor(before: PdfDocument, after: PdfDocument, { signature, vouched }: ChangesFor) {
    this.#before = before;
    this.#after = after;
    this.#signature = signature;
    this.#vouched = vouched;
    this.#comparison = new ObjectComparison(before, after);
    this.#covered = new CoveredArea(after);
    this.#level = docMdpLevel(before) ?? 3;
  }

  run(): Finding[] {
    const pagesBefore = readPages(this.#before);
    const pagesAfter = readPages(this.#after);
    this.#pagesAfter = pagesAfter;
    this.#fieldsBefore = new Map(readFields(this.#before).map((field) => [field.reference.num, field]));
    this.#fieldsAfter = new Map(readFields(this.#after).map((field) => [field.reference.num, field]));
    for (const { type, value } of this.#fieldsBefore.values()) {
      if (type === 'Sig' && isRef(value)) this.#signaturesBefore.add(value.num);
    }
    this.#assumeComparedApart(pagesBefore, pagesAfter);
    this.#comparePageList(pagesBefore, pagesAfter);
    const now = new Map(pagesAfter.map((page) => [page.reference.num, page]));
    for (const page of new Map(pagesBefore.map((listed) => [listed.reference.num, listed])).values()) {
      const same = now.get(page.reference.num);
      if (same) this.#comparePage(page, same);
    }
    this.#compareForm();
    this.#compareCatalog();
    this.#compareInformation();
    return this.#findings;
  }

  #report(code: FindingCode, severity: Severity, params: FindingParams = {}): void {
    const key = `${code} ${JSON.stringify(params)}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.#findings.push({ code, severity, params, scope: 'integrity' });
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
    for (const { reference, dict: page } of pagesBefore) {
      const annotations = this.#before.getArray(page, 'Annots').filter(isRef);
      for (const annotation of annotations) this.#notesBefore.add(annotation.num);
      if (!now.has(reference.num)) continue;
      this.#comparison.assume(reference, reference);
      for (const annotation of annotations) this.#comparison.assume(annotation, annotation);
    }
    for (const [num, field] of this.#fieldsBefore) {
      if (this.#fieldsAfter.has(num)) this.#comparison.assume(field.reference, field.reference);
    }
  }

  /** The same pages in the same order, below the same nodes, and nothing else about those nodes changed. */
  #comparePageList(before: readonly Page[], after: readonly Page[]): void {
    const was = before.map((page) => page.reference.num);
    const is = after.map((page) => page.reference.num);
    const counts = [this.#before, this.#after].map((document) => declaredCounts(document).join());
    // Viewers believe /Count: one made smaller hides the last pages.
    const same =
      counts[0] === counts[1] &&
      before.length === after.length &&
      before.every((page, i) => sameReference(page.reference, after[i]?.reference) && this.#samePath(page, after[i]));
    if (!same) {
      const [old, now] = [new Set(was), new Set(is)];
      const added = is.filter((num) => !old.has(num)).length;
      const removed = was.filter((num) => !now.has(num)).length;
      this.#report('PAGES_CHANGED', 'invalid', { added, removed });
    }
    const nodes = new Map(before.flatMap((page) => page.path.map((node) => [node.num, node])));
    for (const node of nodes.values()) {
      const [old, now] = [this.#before.resolve(node), this.#after.resolve(node)];
      const changed =
        !isDict(old) ||
        !isDict(now) ||
        this.#comparison.differingKeys(old, now, nodeKeysComparedApart).length > 0 ||
        !this.#sameLink('Parent', old, now);
      if (changed) this.#report('DOCUMENT_CHANGED', 'invalid', { key: 'Pages' });
    }
  }

  /** Some viewers inherit along /Parent, others along the way down the tree (ISO 32000-2, 7.7.3.4): both must stay. */
  #samePath(before: Page, after: Page | undefined): boolean {
    return (
      after?.path.length === before.path.length &&
      before.path.every((node, i) => sameReference(node, after.path[i])) &&
      this.#sameLink('Parent', before.dict, after.dict)
    );
  }

  #sameLink(key: string, before: PdfDict, after: PdfDict): boolean {
    const [was, is] = [before.entries.get(key), after.entries.get(key)];
    if (was === undefined || is === undefined) return was === is;
    if (isRef(was) ? !sameReference(was, is) : isRef(is)) return false;
    // What is compared elsewhere counts as the same; a parent that no tree leads to is compared here.
    return this.#comparison.same(was, is);
  }

  #comparePage(before: Page, after: Page): void {
    const keys = this.#comparison.differingKeys(before.dict, after.dict, pageKeysComparedApart);
    for (const key of inheritableKeys) {
      if (!this.#comparison.sameEntry(key, before.inherited.get(key), after.inherited.get(key))) keys.push(key);
    }
    if (keys.length > 0) this.#report('PAGE_CONTENT_CHANGED', 'invalid', { page: before.number });
    this.#compareAnnotations(before, after);
  }

  /** What was listed stays, in its order: later ones are painted over earlier ones (ISO 32000-2, 12.5.2). */
  #compareAnnotations(before: Page, after: Page): void {
    const was = this.#before.getArray(before.dict, 'Annots');
    const is = this.#after.getArray(after.dict, 'Annots');
    const page = before.number;
    const known = was.every((item, i) =>
      isRef(item) ? sameReference(item, is[i]) : !isRef(is[i]) && this.#comparison.same(item, is[i]),
    );
    if (!known || !this.#isStillList(before, after)) this.#reportUnderPermission(3, 'ANNOTATION_CHANGED', { page });
    for (const item of was) if (isRef(item)) this.#compareAnnotation(item, page);
    const old = new Set(was.filter(isRef).map((item) => item.num));
    for (const item of is.slice(known ? was.length : 0)) {
      if (!isRef(item)) {
        if (known) this.#reportUnderPermission(3, 'ANNOTATION_CHANGED', { page });
      } else if (known || !old.has(item.num)) this.#checkAddedAnnotation(item, after);
    }
  }

  /** Where something else than a list stands, some readers show no notes and some refuse the page. */
  #isStillList({ dict: before }: Page, { dict: after }: Page): boolean {
    const [was, is] = [before.entries.get('Annots'), after.entries.get('Annots')];
    if (is === undefined) return was === undefined || isArray(this.#before.resolve(was));
    return isArray(this.#after.resolve(is)) || (was !== undefined && this.#comparison.same(was, is));
  }

  #compareAnnotation(reference: PdfRef, page: number): void {
    if (this.#fieldsBefore.has(reference.num)) {
      this.#compareField(reference.num, page);
      return;
    }
    const was = this.#before.resolve(reference);
    const is = this.#after.resolve(reference);
    const same =
      isDict(was) && isDict(is)
        ? this.#comparison.differingKeys(was, is, fieldLinks).length === 0 &&
          [...fieldLinks].every((key) => this.#sameLink(key, was, is))
        : this.#comparison.same(was, is);
    if (!same) this.#reportUnderPermission(3, 'ANNOTATION_CHANGED', { page });
  }

  #checkAddedAnnotation(reference: PdfRef, page: Page): void {
    const field = this.#fieldsAfter.get(reference.num);
    const widget = this.#after.resolve(reference);
    if (!field || field.type !== 'Sig' || !isDict(widget)) {
      this.#reportUnderPermission(3, 'ANNOTATION_CHANGED', { page: page.number });
      return;
    }
    // A picture on a page where it was not, or on two pages, is none of its signature's.
    const elsewhere = this.#notesBefore.has(reference.num) || this.#widgetsAdded.has(reference.num);
    const known = this.#fieldsBefore.has(reference.num) && !this.#isVouched(field);
    if (elsewhere || known) this.#report('ANNOTATION_CHANGED', 'invalid', { page: page.number });
    this.#widgetsAdded.add(reference.num);
    this.#addCovered(widget, page);
  }

  #addCovered(widget: PdfDict, page: Page): void {
    if (this.#covered.add(widget, page)) this.#report('SIGNATURE_COVERS_PAGE', 'warn', { page: page.number });
  }

  #isVouched(field: FormField): boolean {
    return field.holder !== undefined && this.#vouched.has(field.holder);
  }

  #compareForm(): void {
    for (const num of this.#fieldsBefore.keys()) this.#compareField(num, undefined);
    const added = [...this.#fieldsAfter.values()].filter((field) => !this.#fieldsBefore.has(field.reference.num));
    const widgets = new Set<number>();
    for (const field of added) {
      this.#checkAddedField(field);
      // A signature field has one widget (ISO 32000-2, 12.7.5.5); more would tile a page between them.
      if (field.type !== 'Sig' || field.holder === undefined || !field.dict.entries.has('Rect')) continue;
      if (widgets.has(field.holder)) this.#report('FIELD_CHANGED', 'invalid', { field: field.name });
      widgets.add(field.holder);
    }
    const was = this.#before.getDict(this.#before.catalog, 'AcroForm');
    const is = this.#after.getDict(this.#after.catalog, 'AcroForm');
    const keys = is
      ? this.#comparison.differingKeys(was ?? dict({}), is, formKeysComparedApart)
      : was
        ? ['Fields']
        : [];
    if (keys.length > 0) this.#report('DOCUMENT_CHANGED', 'invalid', { key: 'AcroForm' });
    if (was && is && !this.#keepsSignatureFlags(was, is)) {
      this.#report('DOCUMENT_CHANGED', 'invalid', { key: 'AcroForm SigFlags' });
    }
    const defaults = compareFormDefaults(this.#before, this.#after, this.#fieldsBefore.values(), this.#comparison);
    for (const { key, effect } of defaults) {
      const params = { key: `AcroForm ${key}` };
      if (effect === 'harmful') this.#report('DOCUMENT_CHANGED', 'invalid', params);
      else this.#reportUnderPermission(2, 'DOCUMENT_CHANGED', params);
    }
  }

  /** Once a form says that there are signatures, readers that look for that go on finding them (ISO 32000-2, table 225). */
  #keepsSignatureFlags(before: PdfDict, after: PdfDict): boolean {
    const [was, is] = [this.#before.get(before, 'SigFlags'), this.#after.get(after, 'SigFlags')];
    const exist = (flags: PdfObject): boolean => typeof flags === 'number' && flags % 2 === 1;
    return exist(is) || (!exist(was) && (typeof is === 'number' || !after.entries.has('SigFlags')));
  }

  #checkAddedField(field: FormField): void {
    // Another widget for an old signature would show a picture that this signature never covered.
    const old = isRef(field.value) && this.#signaturesBefore.has(field.value.num);
    const vouched = this.#isVouched(field);
    const plain =
      field.type === 'Sig'
        ? isPlainSignatureField(this.#after, field, vouched)
        : field.type === '' && isContainer(this.#after, field);
    // Viewers read the value along /Parent, wherever that leads.
    const upwards = field.dict.entries.get('Parent');
    const isInPlace = upwards === undefined || sameReference(upwards, field.parent);
    if (old || !plain || !isInPlace) this.#report('FIELD_CHANGED', 'invalid', { field: field.name });
    else if (field.value !== undefined && !vouched) this.#report('FIELD_CHANGED', 'invalid', { field: field.name });
    else if (field.value !== undefined || field.type === 'Sig') this.#checkMayBeAdded(field);
  }

  /** Where nothing may change, only proof for what is there may come: a time stamp without picture (ISO 32000-2, table 257). */
  #checkMayBeAdded(field: FormField): void {
    if (this.#level > 1) return;
    if (isDocumentTimestamp(this.#after, field) && isInvisible(this.#after, field.dict)) return;
    this.#report('CHANGE_NOT_PERMITTED', 'invalid', { level: this.#level });
  }

  #compareField(num: number, page: number | undefined): void {
    if (this.#compared.has(num)) return;
    this.#compared.add(num);
    const was = this.#fieldsBefore.get(num);
    const is = this.#fieldsAfter.get(num);
    if (!was) return;
    if (!is || was.name !== is.name || was.type !== is.type || !sameReference(was.reference, is.reference)) {
      this.#report('FIELD_CHANGED', 'invalid', { field: was.name });
      return;
    }
    const keys = this.#comparison.differingKeys(was.dict, is.dict, fieldLinks);
    const placed = !was.dict.entries.has('P') && was.type === 'Sig' && this.#isVouched(is);
    if (!this.#sameLink('Parent', was.dict, is.dict) || !(placed || this.#sameLink('P', was.dict, is.dict))) {
      this.#report('FIELD_CHANGED', 'invalid', { field: was.name });
    }
    if (!this.#keepsKids(was, is)) this.#report('FIELD_CHANGED', 'invalid', { field: was.name });
    if (keys.length === 0) return;
    if (was.type === 'Sig') this.#judgeSignatureField(was, is, keys);
    else this.#judgeFormField(was, keys, page);
  }

  /** What a field was made of stays; only a container may get more fields, and an empty signature field its widget. */
  #keepsKids(was: FormField, is: FormField): boolean {
    const old = this.#before.get(was.dict, 'Kids');
    const now = this.#after.get(is.dict, 'Kids');
    if (old === null && now === null) return was.dict.entries.has('Kids') === is.dict.entries.has('Kids');
    if (!isArray(now) || (old !== null && !isArray(old))) return false;
    const kids = old ?? [];
    if (!kids.every((kid, i) => sameReference(kid, now[i]))) return false;
    if (kids.length === now.length) return old !== null;
    return was.type === '' || (was.type === 'Sig' && was.value === undefined && this.#isVouched(is));
  }

  #judgeSignatureField(was: FormField, is: FormField, keys: readonly string[]): void {
    if (!isDict(this.#before.resolve(was.value))) {
      const page = this.#pageOf(is.reference);
      if (page && is.dict.entries.has('AP')) this.#addCovered(is.dict, page);
      const signing = this.#isVouched(is) && isSigning(keys);
      if (!signing) this.#report('FIELD_CHANGED', 'invalid', { field: was.name });
      else if (locksField(this.#before, this.#signature, was.name)) {
        this.#report('CHANGE_NOT_PERMITTED', 'invalid', { level: this.#level });
      } else this.#checkMayBeAdded(is);
      return;
    }
    const code = keys.includes('V') ? 'SIGNATURE_DICT_CHANGED' : 'SIGNATURE_APPEARANCE_CHANGED';
    this.#report(code, 'invalid', { field: was.name });
  }

  #pageOf({ num }: PdfRef): Page | undefined {
    return this.#pagesAfter.find(({ dict: page }) =>
      this.#after.getArray(page, 'Annots').some((item) => isRef(item) && item.num === num),
    );
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
    // First, because bookmarks may lead to elements of the tree.
    if (!this.#keepsStructure()) this.#report('DOCUMENT_CHANGED', 'invalid', { key: 'StructTreeRoot' });
    const keys = this.#comparison.differingKeys(was, is, catalogKeysComparedApart);
    keys.push(...misusedEntries(this.#before, this.#after, this.#comparison));
    for (const key of keys) this.#report('DOCUMENT_CHANGED', 'invalid', { key });
  }

  #keepsStructure(): boolean {
    const [was, is] = [this.#before.catalog, this.#after.catalog].map(({ entries }) => entries.get('StructTreeRoot'));
    if (this.#comparison.sameEntry('StructTreeRoot', was, is)) return true;
    const isNewWidget = ({ num }: PdfRef): boolean => this.#widgetsAdded.has(num) && !this.#fieldsBefore.has(num);
    return onlyTagsWidgets(this.#before, this.#after, this.#comparison, isNewWidget);
  }

  /** Window titles and lists of files show these; what the page says stays signed (ISO 32000-2, 14.3.3). */
  #compareInformation(): void {
    const was = this.#before.getDict(this.#before.trailer, 'Info');
    const is = this.#after.getDict(this.#after.trailer, 'Info');
    for (const key of shownInformation) {
      if (this.#comparison.same(was?.entries.get(key), is?.entries.get(key))) continue;
      this.#report('DOCUMENT_CHANGED', 'warn', { key: `Info ${key}` });
    }
    for (const key of changedDescriptions(this.#before, this.#after)) {
      this.#report('DOCUMENT_CHANGED', 'warn', { key: `Metadata ${key}` });
    }
  }
}
