import { useEffect, type ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { dueAtIssue, type WorkTime } from '#shared/domain/issue-hours.ts';
import { useCall } from '../../api/use-call.ts';
import { formatDeadline } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { deadlineWarning } from '../document/deadline-words.ts';
import type { FieldDetails } from '../document/document-fields-form.tsx';
import { ExpressHourChoices } from './express-hour-choices.tsx';
import type { LetterForm } from './letter-form.ts';
import type { UnsavedLetter } from './unsaved-letters.ts';
import styles from './issue-hours.module.css';

/** What the form says about the hours that are set at issue. */
interface IssueHours {
  /** What the deadline comes to now. */
  readonly dueAt: string | null;
  readonly details: Readonly<Partial<Record<'dueRule' | 'dueAt' | 'expressAt', FieldDetails>>>;
  /** Buttons after the field of the express hour. */
  readonly choices: ReactNode;
}

/**
 * Deadline and express hour of a letter being filled in: what a rule comes to, what is odd about an hour, usual hours.
 * @param onPropose takes the rule of the last letter of the type, while the clerk has not chosen herself
 */
export function useIssueHours(
  letter: UnsavedLetter,
  onChange: (part: Partial<LetterForm>) => void,
  onPropose: (dueRule: LetterForm['dueRule']) => void,
): IssueHours {
  const { t } = useTranslation();
  const now = useNow();
  const time = useCall('office.workTime', {}).data;
  const { form, sources } = letter;
  const followsLast = sources.dueRule === 'last';
  const { documentType } = form;
  const last = useCall('outgoing.lastDueRule', { documentType }, { enabled: followsLast }).data;

  const proposed = followsLast && last !== undefined && last.rule !== form.dueRule;
  useEffect(() => {
    if (proposed && last !== undefined) onPropose(last.rule);
  }, [proposed, last, onPropose]);

  const gone = form.expressAt !== null && Date.parse(form.expressAt) <= now;
  const dueAt = time === undefined ? form.dueAt : dueAtIssue(form, time, now);
  return {
    dueAt,
    details: {
      dueRule:
        followsLast && form.dueRule !== null ? { hint: t('outgoing.form.due.likeLast', { type: documentType }) } : {},
      dueAt: time === undefined || dueAt === null ? {} : dueDetails(t, form, dueAt, time, now),
      expressAt: {
        ...(form.expressAt === null ? {} : { help: formatDeadline(t, form.expressAt) }),
        ...(gone ? { error: t('outgoing.form.express.past') } : {}),
      },
    },
    choices: form.urgency === 'express-timed' && (
      <ExpressHourChoices className={styles.choices} onChoose={(expressAt) => onChange({ expressAt })} />
    ),
  };
}

function dueDetails(t: TFunction, form: LetterForm, dueAt: string, time: WorkTime, now: number): FieldDetails {
  const express = form.urgency === 'express-timed' && form.expressAt !== null ? Date.parse(form.expressAt) : null;
  const warning = deadlineWarning(t, { dueAt: Date.parse(dueAt), expressAt: express }, time, now);
  const due = formatDeadline(t, dueAt);
  return {
    value: dueAt,
    readOnly: form.dueRule !== null,
    help: form.dueRule === null ? due : t('outgoing.form.due.fromIssue', { due }),
    warning,
  };
}
