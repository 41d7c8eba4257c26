import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/use-call.ts';
import { DateTimeField } from '../../components/date-field.tsx';
import { formatDeadline } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { deadlineWarning } from './deadline-words.ts';

interface UntilFieldProps {
  /** RFC 3339 instant in UTC. */
  readonly value: string | null;
  /** The deadline that it must be later than, if it must. */
  readonly after?: string | null;
  readonly onChange: (value: string | null) => void;
}

/** A deadline to come: refused when it is past or no later than another, warned of on a day off or outside office hours. */
export function UntilField({ value, after = null, onChange }: UntilFieldProps) {
  const { t } = useTranslation();
  const now = useNow();
  const time = useCall('office.workTime', {}).data;
  const problem = untilProblem(value, after, now);
  return (
    <DateTimeField
      label={t('document.terms.until')}
      value={value}
      required
      error={problem === null ? null : t(`document.terms.${problem}`)}
      help={value === null ? undefined : formatDeadline(t, value)}
      warning={
        value === null || time === undefined || problem !== null
          ? undefined
          : deadlineWarning(t, { dueAt: Date.parse(value), expressAt: null }, time, now)
      }
      onChange={(next) => onChange(next)}
    />
  );
}

/** Why it can be no deadline from now on; null when it can, or when there is none yet. @param now milliseconds since 1970 */
export function untilProblem(value: string | null, after: string | null, now: number): 'past' | 'notLater' | null {
  if (value === null) return null;
  if (Date.parse(value) <= now) return 'past';
  return after !== null && Date.parse(value) <= Date.parse(after) ? 'notLater' : null;
}
