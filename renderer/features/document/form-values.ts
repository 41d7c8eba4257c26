import type { Direction } from '#shared/domain/direction.ts';
import {
  fieldDescription,
  fieldsOf,
  isAsked,
  isRequired,
  type AskedBy,
  type FieldKind,
  type FieldName,
  type FieldNameOf,
  type FieldValues,
} from '#shared/domain/document-fields.ts';

/** What one field of a form holds. */
export type FormValue = string | number | boolean | null;

/** A form while it is being filled in: as the register keeps it, but lists are texts of one line per entry, as typed. */
export type FormValues<D extends Direction> = {
  readonly [N in FieldNameOf<D>]: FieldValues<D>[N] extends readonly string[] ? string : FieldValues<D>[N];
};

type AnyForm = Readonly<Record<string, FormValue>>;

const emptyOfKind: Readonly<Record<FieldKind, FormValue>> = {
  text: '',
  'long-text': '',
  'document-type': '',
  day: null,
  instant: null,
  'due-rule': null,
  lines: '',
  flag: false,
  count: null,
  urgency: 'normal',
  paper: 'none',
};

export function emptyValues<D extends Direction>(direction: D): FormValues<D> {
  const entries = fieldsOf(direction).map((name) => [name, emptyOfKind[fieldDescription(name).kind]]);
  return Object.fromEntries(entries) as FormValues<D>;
}

/** The form of what the register keeps. */
export function valuesOf<D extends Direction>(direction: D, fields: FieldValues<D>): FormValues<D> {
  const entries = fieldsOf(direction).map((name) => {
    const value: unknown = fields[name];
    return [name, Array.isArray(value) ? value.join('\n') : value];
  });
  return Object.fromEntries(entries) as FormValues<D>;
}

/** What the register keeps of the form; a field that is not asked for now stays empty. */
export function fieldsFrom<D extends Direction>(direction: D, values: FormValues<D> & AskedBy): FieldValues<D> {
  const typed = values as AnyForm;
  const entries = fieldsOf(direction).map((name) => [name, keptValue(name, direction, values, typed[name])]);
  return Object.fromEntries(entries) as FieldValues<D>;
}

function keptValue(name: FieldName, direction: Direction, askedBy: AskedBy, value: FormValue | undefined): unknown {
  const { kind } = fieldDescription(name);
  const kept = isAsked(name, direction, askedBy) ? value : emptyOfKind[kind];
  return kind === 'lines' ? linesOf(String(kept)) : kept;
}

/** Fields that must be filled in before the form can be kept and that are still empty, in the order of the form. */
export function missingFields<D extends Direction>(
  direction: D,
  values: FormValues<D> & AskedBy,
): readonly FieldNameOf<D>[] {
  const typed = values as AnyForm;
  return fieldsOf(direction).filter((name) => {
    const value = typed[name];
    const empty = value === null || (typeof value === 'string' && value.trim() === '');
    return empty && isRequired(name, direction, values);
  });
}

/** Lines of a text as entries: empty ones and leading dashes go. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*[-–+•]\s*/u, '').trim())
    .filter((line) => line !== '');
}
