import type { CallInput } from '#shared/contract/contract.ts';
import type { HandlingChoice } from '#shared/contract/handling.ts';
import { type Assignee, type AssignmentPart, assigneeKey, isSameAssignee } from '#shared/domain/handling.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import type { ChoosingKeys } from '../../components/combo-box.tsx';

export type Assignees = CallInput<'handling.assign'>['assignees'];

/** Enter leads, Shift+Enter helps, Alt+Enter is informed. */
export function partOfKeys({ shift, alt }: ChoosingKeys): AssignmentPart {
  if (alt) return 'inform';
  return shift ? 'support' : 'lead';
}

/** With one more, or another part for one of them. Whoever led before helps from now on. */
export function withAssignee(assignees: Assignees, added: Assignee): Assignees {
  const others = assignees
    .filter((one) => !isSameAssignee(one, added))
    .map((one) => (added.part === 'lead' && one.part === 'lead' ? { ...one, part: 'support' as const } : one));
  return added.part === 'lead' ? [added, ...others] : [...others, added];
}

/** Those that match what is typed: names, titles and units, by words in any order, accents or none, initials too. */
export function matchingChoices(choices: readonly HandlingChoice[], typed: string): readonly HandlingChoice[] {
  const words = foldVietnamese(typed)
    .split(/\s+/u)
    .filter((word) => word !== '');
  return choices.filter(({ name, title, unitName }) => {
    const said = foldVietnamese(`${name} ${title} ${unitName}`).split(/[^\p{L}\p{N}]+/u);
    const initials = said.map((word) => word.slice(0, 1)).join('');
    return words.every((word) => said.some((one) => one.startsWith(word)) || initials.includes(word));
  });
}

export const choiceKey = (choice: Pick<HandlingChoice, 'kind' | 'id'>): string => assigneeKey(choice);
