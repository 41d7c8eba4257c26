import type { PdfDocument } from '../syntax/document.ts';
import { readFields } from '../verify/signature-fields.ts';

/** `base` with the first number that no field has. */
export function uniqueFieldName(document: PdfDocument, base: string): string {
  const taken = new Set(readFields(document).map((field) => field.name));
  for (let number = 1; ; number += 1) if (!taken.has(`${base}${number}`)) return `${base}${number}`;
}
