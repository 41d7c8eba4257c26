import type { TFunction } from 'i18next';
import { relationKinds, type RelationSide } from '#shared/domain/relation.ts';

/** "Trả lời", or "Được trả lời bằng" where the other one does. */
export function nameRelation(t: TFunction, { kind, passive }: RelationSide): string {
  return t(passive ? `relations.passive.${kind}` : `relations.active.${kind}`);
}

/** Every way in which two documents can stand to each other, as one value each. */
export const relationSides: readonly RelationSide[] = [false, true].flatMap((passive) =>
  relationKinds.map((kind) => ({ kind, passive })),
);

export const sideValue = ({ kind, passive }: RelationSide): string => (passive ? `${kind}-by` : kind);

export const sideOf = (value: string): RelationSide | undefined =>
  relationSides.find((side) => sideValue(side) === value);
