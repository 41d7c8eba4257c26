import type { Direction } from '#shared/domain/direction.ts';
import { fieldsOf, fieldUse, type documentFields, type FieldNameOf } from '#shared/domain/document-fields.ts';

type Described = typeof documentFields;

/** Fields of a direction that are a column of its list. */
export type ColumnField<D extends Direction = Direction> = D extends Direction
  ? {
      [N in FieldNameOf<D>]: Described[N] extends Readonly<Record<D, { readonly list: { readonly column: number } }>>
        ? N
        : never;
    }[FieldNameOf<D>]
  : never;

export interface FieldColumn {
  readonly name: ColumnField;
  /** CSS pixels at first; null takes the room that is left. */
  readonly width: number | null;
  readonly soft: boolean;
}

/** The described columns of a direction's list, in the order of its form. */
export function columnFieldsOf(direction: Direction): readonly FieldColumn[] {
  return fieldsOf(direction).flatMap((name) => {
    const { list } = fieldUse(name, direction);
    if (list === undefined || list === 'tag') return [];
    const width = list.column === 0 ? null : list.column;
    return [{ name: name as ColumnField, width, soft: list.soft === true }];
  });
}
