import { useTranslation } from 'react-i18next';
import { dueRuleKinds, formatDueRule, parseDueRule, type DueRuleKind } from '#shared/domain/due-rule.ts';
import { Field, type FieldBase } from '../../components/field.tsx';
import type { FormValue } from './form-values.ts';
import styles from './due-rule-field.module.css';

interface DueRuleFieldProps extends FieldBase {
  readonly name: string;
  readonly value: FormValue;
  readonly onChange: (value: FormValue) => void;
}

const FIRST_COUNT: Readonly<Record<DueRuleKind, number>> = { 'working-days': 5, 'working-hours': 4 };
const MOST: Readonly<Record<DueRuleKind, number>> = { 'working-days': 250, 'working-hours': 2000 };

/** How a deadline is counted: by day and hour (null), or so many working days or hours from issue. */
export function DueRuleField({ name, value, onChange, ...base }: DueRuleFieldProps) {
  const { t } = useTranslation();
  const rule = typeof value === 'string' ? parseDueRule(value) : null;
  const kind = rule?.kind ?? 'fixed';
  return (
    <Field {...base}>
      {(wiring) => (
        <div className={styles.rule}>
          {rule !== null && (
            <input
              className={wiring.className}
              type="number"
              min={1}
              max={MOST[rule.kind]}
              // A rule that is left empty is none; the number stays until another one is typed.
              value={rule.kind === 'working-days' ? rule.days : rule.hours}
              aria-label={t('fields.dueRule.count')}
              onChange={(event) => {
                const next = formatDueRule(rule.kind, event.target.valueAsNumber);
                if (parseDueRule(next) !== null) onChange(next);
              }}
            />
          )}
          <select
            {...wiring}
            name={name}
            value={kind}
            onChange={(event) => {
              const chosen = dueRuleKinds.find((each) => each === event.target.value);
              onChange(chosen === undefined ? null : formatDueRule(chosen, FIRST_COUNT[chosen]));
            }}
          >
            {(['fixed', ...dueRuleKinds] as const).map((each) => (
              <option key={each} value={each}>
                {t(`fields.dueRule.kind.${each}`)}
              </option>
            ))}
          </select>
        </div>
      )}
    </Field>
  );
}
