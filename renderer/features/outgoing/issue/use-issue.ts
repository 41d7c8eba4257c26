import { useState } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '#shared/contract/contract.ts';
import type { NumberChoice } from '#shared/contract/outgoing.ts';
import { outgoingMachine, type OutgoingState } from '#shared/domain/outgoing-state.ts';
import type { CallFailure } from '../../../api/call-failure.ts';
import type { Outcome } from '../../../api/use-command.ts';
import { useCommand } from '../../../api/use-command.ts';

const issueSteps = ['number', 'sign', 'seal', 'queue'] as const;
/** `issue` ends it where nobody gets it over the exchange. */
export type IssueStep = (typeof issueSteps)[number] | 'issue';

/** How a letter leaves: over the exchange, here after it was signed, or here because it was signed by hand. */
export type IssueWay = 'exchange' | 'signed' | 'by-hand';

/** Steps from a state on, in their order. */
export function stepsFrom(state: OutgoingState, way: IssueWay): readonly IssueStep[] {
  const all: readonly IssueStep[] =
    way === 'exchange' ? issueSteps : way === 'signed' ? ['number', 'sign', 'seal', 'issue'] : ['number', 'issue'];
  // A number alone is no end of what is signed here.
  const first = all.findIndex(
    (step) => outgoingMachine.allows(state, step) && (step !== 'issue' || way === 'by-hand' || state === 'sealed'),
  );
  return first === -1 ? [] : all.slice(first);
}

interface Key {
  readonly id: string;
  readonly password: string;
}

export interface IssueInput {
  readonly id: string;
  readonly revision: number;
  readonly codeText: string;
  readonly recipients: number;
  readonly take: NumberChoice;
  readonly urgencyStamp: boolean;
  readonly byHand: boolean;
  readonly person: Key | null;
  readonly seal: Key | null;
}

export interface Issuing {
  /** Takes the steps one after the other; where one fails the letter stays as the step before left it. */
  readonly run: (
    steps: readonly IssueStep[],
    input: IssueInput,
  ) => Promise<{ state: OutgoingState; text: string } | null>;
  /** The step under way. */
  readonly step: IssueStep | 'passwords' | null;
  readonly failure: CallFailure | null;
}

/** The steps of the last look, in one go. Passwords are tried first, so that a wrong one costs no number. */
export function useIssue(): Issuing {
  const { t } = useTranslation();
  const check = useCommand('certificates.checkPassword');
  const number = useCommand('outgoing.assignNumber');
  const sign = useCommand('outgoing.sign');
  const seal = useCommand('outgoing.seal');
  const send = useCommand('outgoing.send');
  const issue = useCommand('outgoing.issue');
  const [step, setStep] = useState<Issuing['step']>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);

  const checkKeys = async (keys: readonly (Key | null)[]): Promise<CallFailure | null> => {
    for (const key of keys) {
      if (key === null) continue;
      const outcome = await check.run(key);
      if (!outcome.ok) return outcome.failure;
    }
    return null;
  };
  const take = (
    one: IssueStep,
    at: { readonly id: string; readonly revision: number },
    input: IssueInput,
  ): Promise<Outcome<CallOutput<'outgoing.send'>>> => {
    switch (one) {
      case 'number':
        return number.run({ ...at, take: input.take, urgencyStamp: input.urgencyStamp });
      case 'sign':
        return sign.run({ ...at, certificateId: input.person?.id ?? '', password: input.person?.password ?? '' });
      case 'seal':
        return seal.run({ ...at, certificateId: input.seal?.id ?? '', password: input.seal?.password ?? '' });
      case 'queue':
        return send.run(at);
      case 'issue':
        return issue.run({ ...at, byHand: input.byHand });
    }
  };

  const run: Issuing['run'] = async (steps, input) => {
    setFailure(null);
    setStep('passwords');
    try {
      const wrong = await checkKeys([
        steps.includes('sign') ? input.person : null,
        steps.includes('seal') ? input.seal : null,
      ]);
      if (wrong !== null) {
        setFailure(wrong);
        return null;
      }
      let at: { readonly id: string; readonly revision: number } = { id: input.id, revision: input.revision };
      let state: OutgoingState | null = null;
      let { codeText } = input;
      for (const one of steps) {
        setStep(one);
        const outcome = await take(one, at, input);
        if (!outcome.ok) {
          setFailure(outcome.failure);
          return null;
        }
        at = { id: outcome.value.id, revision: outcome.value.revision };
        state = outcome.value.state;
        if ('codeText' in outcome.value) codeText = String(outcome.value.codeText);
      }
      return state === null ? null : { state, text: doneWords(t, state, codeText, input.recipients) };
    } finally {
      setStep(null);
    }
  };
  return { run, step, failure };
}

function doneWords(t: TFunction, state: OutgoingState, code: string, count: number): string {
  switch (state) {
    case 'numbered':
      return t('outgoing.pane.toast.numbered', { code });
    case 'signed':
      return t('outgoing.pane.toast.signed', { code });
    case 'sealed':
      return t('outgoing.pane.toast.sealed', { code });
    case 'sent':
      return t('outgoing.pane.toast.issued', { code });
    default:
      return t('outgoing.pane.toast.queued', { count });
  }
}
