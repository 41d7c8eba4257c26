import type { TFunction } from 'i18next';
import type { Direction } from '#shared/domain/direction.ts';
import type { FieldNameOf } from '#shared/domain/document-fields.ts';

/** What a field is called on the screen. */
export function nameField<D extends Direction>(t: TFunction, direction: D, name: FieldNameOf<D>): string {
  // A direction chosen at run time cannot be followed by the types; the catalogues are held to have each of its fields.
  return t(`fields.${direction}.${name}` as 'fields.incoming.agencyName');
}
