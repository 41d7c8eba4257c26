import { type Assignee, type AssigneeKind, type AssignmentPart, assigneeKey } from './handling.ts';
import { foldVietnamese } from './vietnamese-text.ts';

/** A unit of the office or a person in it, as "Chuyển tới" offers them. */
export interface ForwardTarget {
  readonly kind: AssigneeKind;
  readonly id: string;
  readonly name: string;
  /** Of a person. */
  readonly unitName: string;
  readonly isLeader: boolean;
}

/** What becomes of a document by what stands in "Chuyển tới"; what is no unit or person of the office stays text. */
export type ForwardStep<Target extends ForwardTarget = ForwardTarget> =
  | { readonly step: 'submit'; readonly leader: Target }
  | { readonly step: 'assign'; readonly assignees: readonly (Target & { readonly part: AssignmentPart })[] };

/** The entries of the field; they are parted by ";". */
export function forwardParts(text: string): readonly string[] {
  return text
    .split(/[;\n]/)
    .map(plain)
    .filter((part) => part !== '');
}

/** What stands in the field for each of them: the name, with the unit where several bear it. */
export function forwardLabel(target: ForwardTarget, all: readonly ForwardTarget[]): string {
  const isShared = all.some((other) => other !== target && plain(other.name) === plain(target.name));
  return isShared && target.unitName !== '' ? `${target.name} (${target.unitName})` : target.name;
}

/**
 * A leader of the agency who comes first is asked for an opinion (trình, NĐ 30/2020 Điều 23). Else whoever comes first leads,
 * the others help, and leaders are informed. Null when nobody of the office is named.
 */
export function forwardStep<Target extends ForwardTarget>(
  text: string,
  targets: readonly Target[],
): ForwardStep<Target> | null {
  const named = new Map<string, Target>();
  for (const part of forwardParts(text)) {
    const target = targetOf(part, targets);
    if (target !== null) named.set(assigneeKey(target), target);
  }
  const [first, ...others] = named.values();
  if (first === undefined) return null;
  if (leadsAgency(first)) return { step: 'submit', leader: first };
  const part = (target: Target): AssignmentPart => (leadsAgency(target) ? 'inform' : 'support');
  return {
    step: 'assign',
    assignees: [{ ...first, part: 'lead' }, ...others.map((target) => ({ ...target, part: part(target) }))],
  };
}

export function assigneesOf({ assignees }: Extract<ForwardStep, { step: 'assign' }>): readonly Assignee[] {
  return assignees.map(({ part, kind, id }) => ({ part, kind, id }));
}

const leadsAgency = ({ kind, isLeader, unitName }: ForwardTarget): boolean =>
  kind === 'person' && isLeader && unitName === '';

/** As it is written; else, where only one is meant, without accents and in any case. A name that several bear means nobody. */
function targetOf<Target extends ForwardTarget>(part: string, targets: readonly Target[]): Target | null {
  const labels = targets.map((target) => [target, plain(forwardLabel(target, targets))] as const);
  const exact = labels.filter(([, label]) => label === part);
  const found = exact.length > 0 ? exact : labels.filter(([, label]) => foldVietnamese(label) === foldVietnamese(part));
  const [only, ...others] = found;
  return only === undefined || others.length > 0 ? null : only[0];
}

function plain(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}
