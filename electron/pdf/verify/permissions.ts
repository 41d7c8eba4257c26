import type { PdfDocument } from '../syntax/document.ts';
import { isArray, isDict, isNamed, isName, isString } from '../syntax/objects.ts';
import type { PdfDict, PdfObject } from '../syntax/objects.ts';
import { readTextString } from '../syntax/write-object.ts';
import { readFields, signedFields } from './signature-fields.ts';

/** What a signature allows later (ISO 32000-2, table 257): 1 nothing, 2 forms and signatures, 3 also notes. */
export type DocMdpLevel = 1 | 2 | 3;

/**
 * The strictest level any signature of the file sets; undefined when none does. Levels come from the certifying
 * signature, named by the catalog's /Perms, from the own transform of every other one (ISO 32000-2, 12.8.2.2), and from
 * the /Lock of its field, which reaches beyond the field by /P (ISO 32000-2, table 235).
 */
export function docMdpLevel(document: PdfDocument): DocMdpLevel | undefined {
  const permissions = document.getDict(document.catalog, 'Perms');
  const certifying = permissions && document.getDict(permissions, 'DocMDP');
  const levels: DocMdpLevel[] = certifying ? [transformLevel(document, certifying) ?? 2] : [];
  for (const field of signedFields(readFields(document), document)) {
    const value = document.resolve(field.value);
    const own = isDict(value) ? transformLevel(document, value) : undefined;
    const lock = document.getDict(field.dict, 'Lock');
    const locked = lock?.entries.has('P') === true ? levelOf(document.get(lock, 'P')) : undefined;
    for (const level of [own, locked]) if (level !== undefined) levels.push(level);
  }
  return levels.toSorted((a, b) => a - b)[0];
}

function transformLevel(document: PdfDocument, signature: PdfDict): DocMdpLevel | undefined {
  const parameters = transformParameters(document, signature, 'DocMDP');
  return parameters && levelOf(document.get(parameters, 'P'));
}

function levelOf(value: PdfObject): DocMdpLevel {
  return value === 1 || value === 3 ? value : 2;
}

function transformParameters(document: PdfDocument, signature: PdfDict, method: string): PdfDict | undefined {
  for (const item of document.getArray(signature, 'Reference')) {
    const reference = document.resolve(item);
    if (isDict(reference) && isNamed(document.get(reference, 'TransformMethod'), method)) {
      return document.getDict(reference, 'TransformParams');
    }
  }
  return undefined;
}

/** Whether a signature's FieldMDP forbids changing the named field. */
export function locksField(document: PdfDocument, signature: PdfDict, fieldName: string): boolean {
  const parameters = transformParameters(document, signature, 'FieldMDP');
  if (!parameters) return false;
  const action = document.get(parameters, 'Action');
  const fields = document.get(parameters, 'Fields');
  const listed = (isArray(fields) ? fields : []).some((item) => {
    const value = document.resolve(item);
    if (!isString(value)) return false;
    const listedName = readTextString(value.bytes);
    return fieldName === listedName || fieldName.startsWith(`${listedName}.`);
  });
  if (!isName(action)) return false;
  return action.name === 'All' || (action.name === 'Include' ? listed : action.name === 'Exclude' && !listed);
}
