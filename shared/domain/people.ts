import { isNotation } from './notation.ts';
import { foldVietnamese, normalizeText } from './vietnamese-text.ts';

/**
 * An account of Windows as it is compared: lower case, without its domain, because what a program is told of who runs
 * it is the name alone.
 */
export function foldAccount(account: string): string {
  return normalizeText(account.slice(account.lastIndexOf('\\') + 1))
    .trim()
    .toLocaleLowerCase('en');
}

interface UnitChoice {
  readonly id: string;
  readonly name: string;
  readonly abbreviation: string;
}

/** Why a unit cannot be kept like this beside the active ones; null when it can. */
export function faultOfUnit(
  unit: UnitChoice,
  others: readonly (UnitChoice & { readonly active: boolean })[],
): 'UNIT_NAME_TAKEN' | 'UNIT_ABBREVIATION_WRONG' | null {
  if (unit.abbreviation !== '' && !isNotation(unit.abbreviation)) return 'UNIT_ABBREVIATION_WRONG';
  const isSame = (other: UnitChoice) => foldVietnamese(other.name) === foldVietnamese(unit.name);
  return others.some((other) => other.active && other.id !== unit.id && isSame(other)) ? 'UNIT_NAME_TAKEN' : null;
}
