import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import { comingProblems, isHarmful, type ComingProblem } from '#shared/domain/coming-problems.ts';
import { formatPhone } from '#shared/domain/phone-number.ts';
import { escalationTargets } from '#shared/domain/escalation-policy.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatRemaining } from '../../i18n/format.ts';
import { momentText, nameOf, officerOf } from './rota-words.ts';
import { useRota, type RotaContextValue } from './rota-form.ts';
import styles from './rota.module.css';

const SHOWN = 3;

interface ComingFaultsProps {
  /** The week that holds an instant is to be shown. */
  readonly onShow: (at: number) => void;
  /** The code is sent for the number of an officer. */
  readonly onSendCode: (officerId: string) => void;
}

/** What is going to hurt: consequence, time left and remedy of each, above the grid. */
export function ComingFaults({ onShow, onSendCode }: ComingFaultsProps) {
  const { t } = useTranslation();
  const context = useRota();
  const { rota, duty, now } = context;
  const [all, setAll] = useState(false);
  const problems = comingProblems(rota, duty, now);
  if (problems.length === 0) return null;
  const shown = all ? problems : problems.slice(0, SHOWN);
  return (
    <ul className={styles.faults}>
      {shown.map((problem) => (
        <li key={JSON.stringify([problem.code, problem.params, problem.span])} data-harmful={isHarmful(problem)}>
          <Icon name="warning" />
          <p>
            <strong>{titleOf(t, context, problem)}</strong> <span>{consequenceOf(t, context, problem)}</span>
          </p>
          <Remedy problem={problem} onShow={onShow} onSendCode={onSendCode} />
        </li>
      ))}
      {problems.length > SHOWN ? (
        <li>
          <Button variant="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('rota.problems.less') : t('rota.problems.more', { count: problems.length - SHOWN })}
          </Button>
        </li>
      ) : null}
    </ul>
  );
}

function wordsOf(t: TFunction, { rota, now }: RotaContextValue, { params, span }: ComingProblem) {
  const from = span === null ? '' : momentText(t, span.from);
  const person = (id: string | number | undefined) => nameOf(t, rota, String(id ?? '')) ?? '';
  return {
    name: person(params['officerId']),
    other: person(params['otherId']),
    told: person(params['told']),
    from,
    when: span !== null && span.from <= now ? t('rota.problems.onDutyNow') : t('rota.problems.nextDuty', { from }),
    to: span === null ? '' : momentText(t, span.to),
  };
}

function titleOf(t: TFunction, context: RotaContextValue, problem: ComingProblem): string {
  return t(`rota.problems.title.${problem.code}`, wordsOf(t, context, problem));
}

function consequenceOf(t: TFunction, context: RotaContextValue, problem: ComingProblem): string {
  const { code, params, span, later } = problem;
  const words = wordsOf(t, context, problem);
  const target = escalationTargets.find((each) => each === params['target']) ?? 'on-duty';
  const what =
    code === 'step-unreachable'
      ? t(`rota.problems.consequence.step-unreachable.${target}`)
      : code === 'gap' && params['told'] === ''
        ? t('rota.problems.consequence.gapCall')
        : t(`rota.problems.consequence.${code}`, words);
  // What is about an officer says when he is on duty next.
  const left = span === null || !timed.has(code) ? null : leftUntil(t, span.from, context.now);
  const again = later === 0 ? null : t('rota.problems.repeats', { count: later });
  return [what, left, again].filter((part) => part !== null).join(' · ');
}

const timed: ReadonlySet<ComingProblem['code']> = new Set(['gap', 'overlap', 'unknown-officer', 'step-unreachable']);

function leftUntil(t: TFunction, at: number, now: number): string {
  return at <= now ? t('rota.problems.running') : formatRemaining(t, new Date(at).toISOString(), now);
}

function Remedy({ problem, onShow, onSendCode }: ComingFaultsProps & { readonly problem: ComingProblem }) {
  const { t } = useTranslation();
  const { rota, select, substitute } = useRota();
  const { code, params, span, later } = problem;
  const officer = officerOf(rota, String(params['officerId'] ?? ''));
  const pattern = (
    <Button variant="quiet" onClick={() => select({ kind: 'pattern' })}>
      {t('rota.problems.remedy.pattern')}
    </Button>
  );
  switch (code) {
    case 'gap':
    case 'unknown-officer':
      if (span === null || later > 0) return pattern;
      return (
        <Button
          variant="quiet"
          onClick={() => {
            onShow(span.from);
            substitute(span.from, span.to);
          }}
        >
          {t('rota.problems.remedy.fill')}
        </Button>
      );
    case 'overlap':
      return pattern;
    case 'number-not-verified':
      return officer?.phone ? (
        <Button variant="quiet" onClick={() => onSendCode(officer.id)}>
          {t('rota.problems.remedy.code', { phone: formatPhone(officer.phone) })}
        </Button>
      ) : null;
    case 'no-number':
    case 'landline-only':
    case 'no-email':
    case 'duplicate-phone':
      return (
        <Button variant="quiet" onClick={() => select({ kind: 'officers', officerId: officer?.id ?? null })}>
          {t('rota.problems.remedy.number')}
        </Button>
      );
    case 'step-unreachable':
      if (params['target'] === 'supervisor' || params['target'] === 'on-duty') return null;
      if (params['target'] === 'next-on-duty') return pattern;
      return (
        <Button variant="quiet" onClick={() => select({ kind: 'office' })}>
          {t(params['target'] === 'head-of-office' ? 'rota.problems.remedy.head' : 'rota.problems.remedy.office')}
        </Button>
      );
    case 'substitution-reversed':
    case 'substitution-past':
      return (
        <Button
          variant="quiet"
          onClick={() => select({ kind: 'substitution', id: String(params['substitutionId'] ?? '') })}
        >
          {t('rota.problems.remedy.open')}
        </Button>
      );
  }
}
