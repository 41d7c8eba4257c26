import type { PdfDocument } from '../syntax/document.ts';
import { isArray, isDict, isNamed, isName, isString } from '../syntax/objects.ts';
import type { PdfDict } from '../syntax/objects.ts';
import { readTextString } from '../syntax/write-object.ts';

/** What a certifying signature allows later (ISO 32000-2, table 257): 1 nothing, 2 forms and signatures, 3 also notes. */
export type DocMdpLevel = 1 | 2 | 3;

/** The level set by the certifying signature; undefined when the document is not certified. */
export function docMdpLevel(document: PdfDocument): DocMdpLevel | undefined {
  const permissions = document.getDict(document.catalog, 'Perms');
  const signature = permissions && document.getDict(permissions, 'DocMDP');
  if (!signature) return undefined;
  const parameters = transformParameters(document, signature, 'DocMDP');
  const level = parameters ? document.get(parameters, 'P') : null;
  return level === 1 || level === 3 ? level : 2;
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
