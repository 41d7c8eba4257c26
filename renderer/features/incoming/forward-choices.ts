import type { ForwardChoice } from '#shared/contract/incoming.ts';
import type { HandlingChoice } from '#shared/contract/handling.ts';
import { forwardLabel } from '#shared/domain/forward.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';

export interface OfferedForward extends ForwardChoice {
  readonly id: string;
  /** A unit or a person of the office, who gets it with the number; null for what was typed before. */
  readonly kind: HandlingChoice['kind'] | null;
  /** Where the last letter of the same agency went. */
  readonly isLast: boolean;
}

const SHOWN = 8;

/** What stands before the last ";" with it, and what is being typed behind it. */
export function lastPart(value: string): { readonly before: string; readonly wanted: string } {
  const at = value.lastIndexOf(';');
  return at === -1
    ? { before: '', wanted: value.trim() }
    : { before: `${value.slice(0, at + 1)} `, wanted: value.slice(at + 1).trim() };
}

/**
 * What begins with, then what contains the typed words, accents or none: what was typed before, then units and people of the
 * office. What is in the field already is left out.
 */
export function choicesFor(
  last: ForwardChoice | null,
  choices: readonly ForwardChoice[],
  people: readonly HandlingChoice[],
  value: string,
): readonly OfferedForward[] {
  const { before, wanted } = lastPart(value);
  const folded = foldVietnamese(wanted);
  const taken = new Set(before.split(';').map((part) => part.trim()));
  const offered = [
    ...(last === null ? [] : [{ ...last, isLast: true }]),
    ...choices.filter(({ text }) => text !== last?.text).map((choice) => ({ ...choice, isLast: false })),
    ...people
      .map((one) => ({ text: forwardLabel(one, people), times: one.times, isLast: false }))
      .filter(({ text }) => text !== last?.text && !choices.some((choice) => choice.text === text)),
  ];
  const kinds = new Map(people.map((one) => [forwardLabel(one, people), one.kind]));
  const matching = offered
    .filter(({ text }) => foldVietnamese(text).includes(folded) && text !== wanted && !taken.has(text))
    .map((choice) => ({ ...choice, id: choice.text, kind: kinds.get(choice.text) ?? null }));
  const begins = ({ text }: OfferedForward) => foldVietnamese(text).startsWith(folded);
  return [...matching.filter(begins), ...matching.filter((choice) => !begins(choice))].slice(0, SHOWN);
}
