import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { formatTime } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { expressHours } from './express-hours.ts';

interface ExpressHourChoicesProps {
  readonly className: string | undefined;
  readonly onChoose: (expressAt: string) => void;
}

/** Hours that are usual for an express document, by one click. */
export function ExpressHourChoices({ className, onChoose }: ExpressHourChoicesProps) {
  const { t } = useTranslation();
  const hours = expressHours(useNow());
  return (
    <div className={className} role="group" aria-label={t('outgoing.form.express.choices')}>
      <Button onClick={() => onChoose(hours.inOneHour)}>
        {t('outgoing.form.express.inOneHour', { time: formatTime(hours.inOneHour) })}
      </Button>
      {hours.today.map((at) => (
        <Button key={at} onClick={() => onChoose(at)}>
          {formatTime(at)}
        </Button>
      ))}
    </div>
  );
}
