import type { Direction } from './direction.ts';
import { fieldDescription, fieldsOf, type FieldName, type FieldValues } from './document-fields.ts';
import { tidy } from './notation.ts';
import { normalizeText } from './vietnamese-text.ts';

/** Text is kept in Unicode NFC, whatever the keyboard or the file produced; a notation also without stray spaces. */
export function tidyFields<D extends Direction>(direction: D, fields: FieldValues<D>): FieldValues<D> {
  const entries = fieldsOf(direction).map((name) => [name, tidyValue(name, fields[name])]);
  return Object.fromEntries(entries) as FieldValues<D>;
}

function tidyValue(name: FieldName, value: unknown): unknown {
  if (name === 'notation') return tidy(value as string);
  switch (fieldDescription(name).kind) {
    case 'text':
    case 'long-text':
    case 'document-type':
      return normalizeText(value as string);
    case 'lines':
      return (value as readonly string[]).map((line) => normalizeText(line)).filter((line) => line !== '');
    default:
      return value;
  }
}
