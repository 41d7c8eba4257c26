import { z } from 'zod';
import type { Direction } from '../domain/direction.ts';
import {
  fieldDescription,
  fieldsOf,
  fieldUse,
  listedFieldsOf,
  paperStates,
  type FieldName,
  type FieldNameOf,
  type FieldValues,
  type ListedFieldName,
} from '../domain/document-fields.ts';
import { dueRuleSchema } from '../domain/due-rule.ts';
import { daySchema, instantSchema, urgencySchema } from './common.ts';

const MAX_LINES = 200;

/** The fields of a direction's form. Text is trimmed; what is required may not be empty. */
export function fieldsSchema<D extends Direction>(direction: D): z.ZodType<FieldValues<D>, FieldValues<D>> {
  const shape = Object.fromEntries(fieldsOf(direction).map((name) => [name, inputSchema(name, direction)]));
  // The compiler cannot follow names through a loop; tests/contract holds schema and type together.
  return z.strictObject(shape) as unknown as z.ZodType<FieldValues<D>, FieldValues<D>>;
}

function inputSchema(name: FieldName, direction: Direction): z.ZodType {
  const { kind, max = 0 } = fieldDescription(name);
  switch (kind) {
    case 'text':
    case 'long-text':
    case 'document-type': {
      const text = z.string().trim().max(max);
      return fieldUse(name, direction).required === true ? text.min(1) : text;
    }
    case 'lines':
      // One line each: that is how they are printed and kept.
      return z
        .array(
          z
            .string()
            .trim()
            .max(max)
            .regex(/^[^\r\n]*$/),
        )
        .max(MAX_LINES);
    case 'count':
      return z.int().min(1).max(max).nullable().default(null);
    default:
      return valueSchema(name);
  }
}

function valueSchema(name: FieldName): z.ZodType {
  switch (fieldDescription(name).kind) {
    case 'text':
    case 'long-text':
    case 'document-type':
      return z.string();
    case 'lines':
      return z.array(z.string());
    case 'day':
      return daySchema.nullable();
    case 'instant':
      return instantSchema.nullable();
    case 'due-rule':
      return dueRuleSchema.nullable();
    case 'flag':
      return z.boolean();
    case 'count':
      return z.int().nullable();
    case 'urgency':
      return urgencySchema;
    case 'paper':
      return z.enum(paperStates);
  }
}

type ListedShape<D extends Direction> = {
  [N in ListedFieldName<D>]: z.ZodType<FieldValues<D>[N & FieldNameOf<D>]>;
};

/** The fields that a row of a list brings. */
export function listedFieldsShape<D extends Direction>(direction: D): ListedShape<D> {
  return Object.fromEntries(listedFieldsOf(direction).map((name) => [name, valueSchema(name)])) as ListedShape<D>;
}

/** The fields that stand in the direction's printed book, by name; each is shown as text. */
export const bookFieldValuesSchema = z.record(z.string(), z.string().nullable());
