import type { TFunction } from 'i18next';
import type { ForwardStep } from '#shared/domain/forward.ts';

/** What registering does beside giving the number; undefined where nobody of the office is named. */
export function describeForward(t: TFunction, step: ForwardStep | null): string | undefined {
  if (step === null) return undefined;
  if (step.step === 'submit') return t('incoming.forward.submits', { leader: step.leader.name });
  const named = (part: 'lead' | 'support' | 'inform'): string =>
    step.assignees
      .filter((one) => one.part === part)
      .map(({ name }) => name)
      .join(', ');
  const [support, inform] = [named('support'), named('inform')];
  return [
    t('incoming.forward.leads', { lead: named('lead') }),
    support === '' ? '' : t('incoming.forward.supports', { names: support }),
    inform === '' ? '' : t('incoming.forward.informs', { names: inform }),
  ]
    .filter((part) => part !== '')
    .join('; ');
}
