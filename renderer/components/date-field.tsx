import { useTranslation } from 'react-i18next';
import { END_OF_OFFICE_HOURS } from '#shared/domain/vn-date.ts';
import { dateTimeText, dayText, parseDateTimeText, parseDayText } from './date-text.ts';
import { useNow } from '../i18n/use-now.ts';
import { ParsedField, type ParsedFieldBase } from './parsed-field.tsx';

/** `yyyy-MM-dd` */
type DateProps = ParsedFieldBase<string>;

/** A day as typed text, dd/MM/yyyy. Tidied up when the field is left, never while typing. */
export function DateField(props: DateProps) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <ParsedField
      {...props}
      parse={(text) => parseDayText(text, now)}
      format={dayText}
      complaint={t('common.notADate')}
    />
  );
}

interface DateTimeProps extends Omit<DateProps, 'value'> {
  /** RFC 3339 instant in UTC. */
  readonly value: string | null;
  /** Hour taken when only a day is typed; the end of the working day when left out. */
  readonly defaultTime?: string;
}

/** A day and an hour of Vietnam as typed text, dd/MM/yyyy HH:mm. */
export function DateTimeField({ defaultTime = END_OF_OFFICE_HOURS, ...props }: DateTimeProps) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <ParsedField
      {...props}
      parse={(text) => parseDateTimeText(text, defaultTime, now)}
      format={dateTimeText}
      complaint={t('common.notADateTime')}
    />
  );
}
