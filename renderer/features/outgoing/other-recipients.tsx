import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../components/button.tsx';
import { TextArea } from '../../components/text-field.tsx';
import { linesOf } from '../document/form-values.ts';
import type { LetterForm } from './letter-form.ts';
import styles from './other-recipients.module.css';

interface OtherRecipientsProps {
  readonly form: Pick<LetterForm, 'inside' | 'onPaper'>;
  readonly onChange: (part: Partial<Pick<LetterForm, 'inside' | 'onPaper'>>) => void;
}

/** Who gets the letter without the exchange: units of the office, which are one click, and those outside that get paper. */
export function OtherRecipients({ form, onChange }: OtherRecipientsProps) {
  const { t } = useTranslation();
  const units = useCall('people.list', {}).data?.units ?? [];
  const named = new Set(linesOf(form.inside));
  const offered = units.filter(({ name, active }) => active && !named.has(name));
  return (
    <div className={styles.others}>
      <div>
        <TextArea
          label={t('outgoing.others.inside')}
          placeholder={t('fields.onePerLine')}
          rows={2}
          value={form.inside}
          onChange={(inside) => onChange({ inside })}
          maxLength={8000}
        />
        {offered.length > 0 && (
          <div className={styles.units} role="group" aria-label={t('outgoing.others.units')}>
            {offered.map(({ id, name }) => (
              <Button
                key={id}
                variant="quiet"
                icon="plus"
                onClick={() => onChange({ inside: [...linesOf(form.inside), name].join('\n') })}
              >
                {name}
              </Button>
            ))}
          </div>
        )}
      </div>
      <TextArea
        label={t('outgoing.others.onPaper')}
        placeholder={t('fields.onePerLine')}
        rows={2}
        value={form.onPaper}
        onChange={(onPaper) => onChange({ onPaper })}
        maxLength={8000}
      />
    </div>
  );
}
