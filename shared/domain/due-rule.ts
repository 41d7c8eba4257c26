import { z } from 'zod';
import { deadlineRuleSchema, type DeadlineRule } from './working-time.ts';

/** Ways of counting a deadline from the moment of issue. */
export const dueRuleKinds = ['working-days', 'working-hours'] as const;
export type DueRuleKind = (typeof dueRuleKinds)[number];

/** A deadline counted from the moment of issue, as a document keeps it: `working-days:5` (trong 5 ngày làm việc). */
export type DueRule = `${DueRuleKind}:${number}`;

export type CountedRule = Exclude<DeadlineRule, { readonly kind: 'fixed' }>;

export const dueRuleSchema = z.custom<DueRule>((value) => typeof value === 'string' && parseDueRule(value) !== null);

/** Null for what is no rule, or counts more than `deadlineRuleSchema` allows. */
export function parseDueRule(text: string): CountedRule | null {
  const match = /^(working-days|working-hours):([1-9]\d{0,3})$/.exec(text);
  if (!match) return null;
  const count = Number(match[2]);
  const rule = deadlineRuleSchema.safeParse(
    match[1] === 'working-days' ? { kind: 'working-days', days: count } : { kind: 'working-hours', hours: count },
  );
  return rule.success && rule.data.kind !== 'fixed' ? rule.data : null;
}

export function formatDueRule(kind: DueRuleKind, count: number): DueRule {
  return `${kind}:${count}`;
}
